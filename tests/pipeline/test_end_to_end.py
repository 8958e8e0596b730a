"""A small repository, built from nothing, again, and with faults in it.

It is this one with a single figure, page and tutorial, and with trainings of a few steps under the
names of the headline Runs.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cnnfilters.config import headline_configs
from cnnfilters.digits import Digits
from cnnfilters.run import Run
from cnnfilters.store import run_path
from pipeline.places import ROOT
from pipeline.site import INSIDE

FACTS = ("accuracy", "accuracy_data", "train_data")
LESS = {  # what the catalogues are cut down to
    "figures/__init__.py": 'FIGURES = {"four-rows": FIGURES["four-rows"]}',
    "facts/__init__.py": f"FACTS = {{n: r for n, r in FACTS.items() if n in {FACTS}}}",
    "claims.py": "CLAIMS = {}",
    "experiments/__init__.py": "EXPERIMENTS = {}",
}
CONFIG = """\
site_name: Kernels
theme: {name: mkdocs}
plugins: []
hooks: [scripts/hooks/build_first.py, scripts/hooks/results.py]
"""
PAGE = "# Kernels\n\nAccuracy is {{ fact.accuracy }}.\n\n<!-- figure: four-rows -->\n"
TUTORIAL = "# %% [markdown]\n# # Look\n\n# %%\n4 * 4\n\n# %%\n5 * 5\n"
NOTHING = "trained 0, drew 0 figures, executed 0 tutorials, left the site as it was"

Done = subprocess.CompletedProcess[str]


class Repository:
    """A copy of the parts of this repository that make a site."""

    def __init__(self, root: Path, runs: dict[str, Run], checksum: str) -> None:
        self.root = root
        for folder in ("cnnfilters", "scripts"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / folder, root / folder, ignore=ignored)
        for module, line in LESS.items():
            with (root / "cnnfilters" / module).open("a", encoding="utf-8") as file:
                file.write(f"\n{line}\n")
        self.page, self.tutorial = root / "docs" / "index.md", root / "docs/tutorials/01-look.py"
        self.tutorial.parent.mkdir(parents=True)
        self.page.write_text(PAGE)
        self.tutorial.write_text(TUTORIAL)
        (root / "mkdocs.yml").write_text(CONFIG)
        for name, config in headline_configs().items():
            store = root / ".cache" / "runs"
            runs[name].save(run_path(config, checksum=checksum, device="cpu", store=store))

    def build(self, *arguments: str, options: tuple[str, ...] = ()) -> Done:
        """Run the script as a person would, from another folder."""
        command = [sys.executable, *options, str(self.root / "scripts/build.py"), *arguments]
        settings = {**os.environ, "LC_ALL": "C.UTF-8"}
        settings.pop(INSIDE, None)
        return subprocess.run(
            [*command, "--device", "cpu"],
            cwd=self.root.parent,
            env=settings,
            capture_output=True,
            text=True,
            check=False,
        )

    def made(self) -> dict[str, bytes]:
        """All that the site and the notebooks consist of."""
        folders = [
            self.root / "site",
            self.root / ".cache/notebooks",
            self.root / ".cache/generated",
        ]
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        return {str(path.relative_to(self.root)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def repository(
    tmp_path_factory: pytest.TempPathFactory, tiny_runs: dict[str, Run], digits: Digits
) -> Repository:
    return Repository(tmp_path_factory.mktemp("dépôt 1") / "repo", tiny_runs, digits.checksum)


@pytest.fixture(scope="module")
def first(repository: Repository) -> Done:
    """The first build of all."""
    return repository.build()


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


def assert_refused(done: Done, message: str) -> None:
    """One line says why, and no traceback."""
    assert done.returncode == 1, done.stderr
    assert [line for line in done.stderr.splitlines() if message in line], done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_one_command_makes_everything(repository: Repository, first: Done) -> None:
    assert first.returncode == 0, first.stderr
    assert "trained 0, drew 1 figures, executed 1 tutorials, built the site in" in first.stdout
    assert "data: 4,000 digits; accuracy" in first.stdout
    assert "1 figures and 1 pages in" in first.stdout
    assert "\r" not in first.stderr  # no progress bar where no one looks
    page = (repository.root / "site/index.html").read_text(encoding="utf-8")
    assert '<figure id="four-rows"' in page
    assert "{{" not in page
    assert (repository.root / "site/figures/four-rows-wide-light.svg").is_file()
    assert (repository.root / ".cache/notebooks/tutorials/01-look.ipynb").is_file()
    assert json.loads((repository.root / "build/timings.json").read_text())["site"] > 0


@pytest.mark.usefixtures("first")
def test_a_second_time_nothing_is_done_and_the_build_says_so(repository: Repository) -> None:
    before = repository.made()
    done = repository.build()
    assert done.returncode == 0, done.stderr
    assert NOTHING in done.stdout
    assert repository.made() == before


@pytest.mark.usefixtures("first")
def test_with_nothing_to_draw_neither_torch_nor_matplotlib_is_imported(
    repository: Repository,
) -> None:
    done = repository.build("figures", options=("-X", "importtime"))
    assert done.returncode == 0
    assert "numpy" in imported(done)
    assert not imported(done) & {"torch", "matplotlib", "nbclient", "mkdocs"}


@pytest.mark.usefixtures("first")
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (PAGE.replace("four-rows", "five-rows"), "index.md: unknown figure `five-rows`"),
        (PAGE + "[there](nowhere.md)\n", "nowhere.md"),
    ],
    ids=["figure", "link"],
)
def test_a_bad_page_leaves_the_earlier_site(
    text: str, message: str, repository: Repository
) -> None:
    before = repository.made()
    with content(repository.page, text):
        done = repository.build("site")
    assert_refused(done, message)
    assert done.stderr.splitlines()[-1].startswith("build: mkdocs did not build the site")
    assert repository.made() == before


@pytest.mark.usefixtures("first")
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TUTORIAL + "\n# %%\n1 / 0\n", "tutorials/01-look.py, cell 3: ZeroDivisionError: division"),
        (TUTORIAL + "\n# %%\nif\n", "build: invalid syntax (01-look.py, line 11)"),
    ],
    ids=["raises", "no Python"],
)
def test_a_bad_tutorial_leaves_the_earlier_notebook(
    text: str, message: str, repository: Repository
) -> None:
    before = repository.made()
    with content(repository.tutorial, text):
        assert_refused(repository.build("site"), message)
    assert repository.made() == before


@pytest.mark.usefixtures("first")
def test_a_damaged_run_is_named_and_nothing_drawn_from_it(repository: Repository) -> None:
    before = repository.made()
    about = json.loads((repository.root / ".cache/build.json").read_text())
    run = repository.root / ".cache" / about["results"]["run:default"]
    with content(run, b"<html>not found</html>"):
        done = repository.build("figures", "--force")
    assert_refused(done, f"RunError: {run} is not a Run (no .npz archive); delete it and build")
    assert repository.made() == before
