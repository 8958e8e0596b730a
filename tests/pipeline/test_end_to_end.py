"""The tiny site, built again, and with faults in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from checkout import Checkout, Done, assert_refused, assert_same

FIGURE = "<!-- figure: film-strip -->"
TUTORIAL = "# %% [markdown]\n# # Look\n\n# %%\n4 * 4\n\n# %%\n5 * 5\n"
NOTHING = "trained 0, drew 0 figures, executed 0 tutorials, left the site as it was"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory, undisturbed: Checkout) -> Checkout:
    """Another checkout that has been built."""
    checkout = Checkout(tmp_path_factory.mktemp("dépôt 1") / "repo")
    shutil.copytree(undisturbed.tiny, checkout.tiny)
    return checkout


@contextmanager
def content(path: Path, text: str | bytes) -> Iterator[None]:
    """Another content for a while."""
    before = path.read_bytes()
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    yield
    path.write_bytes(before)


def imported(done: Done) -> set[str]:
    """The modules that `-X importtime` reports."""
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines}


def test_one_command_makes_everything(repository: Checkout) -> None:
    page = (repository.tiny / "site/index.html").read_text(encoding="utf-8")
    assert '<figure id="film-strip"' in page
    assert "{{" not in page
    assert (repository.tiny / "site/figures/film-strip-wide-light.svg").is_file()
    assert (repository.tiny / "site/tutorials/02-arithmetic/02-arithmetic.ipynb").is_file()
    assert json.loads((repository.tiny / "timings.json").read_text())["site"] > 0


def test_a_tiny_build_leaves_alone_what_others_made(repository: Checkout) -> None:
    assert not (repository.root / ".cnnfilters").exists()
    assert not (repository.root / "site").exists()


def test_a_second_time_nothing_is_done_and_the_build_says_so(repository: Checkout) -> None:
    before = repository.made()
    done = repository.build()
    assert done.returncode == 0, done.stderr
    assert NOTHING in done.stdout
    assert_same(repository.made(), before)


def test_with_nothing_to_draw_neither_torch_nor_matplotlib_is_imported(
    repository: Checkout,
) -> None:
    done = repository.build("figures", options=("-X", "importtime"))
    assert done.returncode == 0
    assert "numpy" in imported(done)
    assert not imported(done) & {"torch", "matplotlib", "nbclient", "mkdocs"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<!-- figure: five-rows -->", "index.md: unknown figure `five-rows`"),
        (f"{FIGURE}\n\n[there](nowhere.md)", "nowhere.md"),
    ],
    ids=["figure", "link"],
)
def test_a_bad_page_leaves_the_earlier_site(text: str, message: str, repository: Checkout) -> None:
    before, page = published(repository), repository.root / "docs" / "index.md"
    with content(page, page.read_text(encoding="utf-8").replace(FIGURE, text)):
        done = repository.build("site")
    assert_refused(done, message)
    assert done.stderr.splitlines()[-1].startswith("build: mkdocs did not build the site")
    assert_same(published(repository), before)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            TUTORIAL + "\n# %%\n1 / 0\n",
            "build: tutorials/02-arithmetic.py, cell 3: ZeroDivisionError: division",
        ),
        (TUTORIAL + "\n# %%\nif\n", "build: invalid syntax (02-arithmetic.py, line 11)"),
    ],
    ids=["raises", "no Python"],
)
def test_a_bad_tutorial_leaves_the_earlier_notebook(
    text: str, message: str, repository: Checkout
) -> None:
    before = published(repository)
    with content(repository.root / "docs/tutorials/02-arithmetic.py", text):
        assert_refused(repository.build("site"), message)
    assert_same(published(repository), before)


def test_a_damaged_run_is_named_and_nothing_drawn_from_it(repository: Checkout) -> None:
    before = published(repository)
    about = json.loads((repository.tiny / "build.json").read_text())
    run = repository.tiny / about["results"]["run:default"]
    with content(run, b"<html>not found</html>"):
        done = repository.build("figures", "--force")
    assert_refused(done, f"RunError: {run} is not a Run (no .npz archive); delete it and build")
    assert_same(published(repository), before)


def published(repository: Checkout) -> dict[str, bytes]:
    """All that the site and the notebooks consist of."""
    places = ("site/", "notebooks/", "generated/")
    return {name: data for name, data in repository.made().items() if name.startswith(places)}
