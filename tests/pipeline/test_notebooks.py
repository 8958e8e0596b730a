"""Notebooks for elsewhere: no outputs, the package first, links that lead back to the site."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from traitlets.config import Config

import build
from pipeline import notebooks
from pipeline.places import ROOT, Places

REPOSITORY = "https://example.org/owner/name"
TEXT = """# %% [markdown]
# # Kernels
# Kernels grow; see [maps](../learning/14-maps.md?lab.digit=4#lab),
# [the next one](02-more.ipynb) and [elsewhere](https://example.org/x.md).

# %%
1 + 1
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one tutorial, and no address known."""
    (tmp_path / "docs" / "tutorials").mkdir(parents=True)
    (tmp_path / "docs" / "tutorials" / "01-kernels.py").write_text(TEXT, encoding="utf-8")
    (tmp_path / "LICENSE").write_text("MIT, CC BY 4.0 ©", encoding="utf-8")
    for name in ("REPO_URL", "SITE_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def written(folder: Path, *options: str) -> nbformat.NotebookNode:
    said = notebooks.write_notebooks(
        Places.of(folder),
        [str(folder / "out"), "--repository", REPOSITORY, *options],
    )
    assert said == f"wrote 1 notebooks without outputs to {folder / 'out'}"
    return nbformat.read(folder / "out" / "01-kernels.ipynb", as_version=4)


def test_the_first_cell_installs_the_package(folder: Path) -> None:
    first = written(folder, "--revision", "v1.0").cells[0]
    assert first.cell_type == "code"
    assert first.source == f'%pip install --quiet "cnnfilters @ git+{REPOSITORY}@v1.0"'


def test_beside_them_stand_what_they_are_and_the_licence(folder: Path) -> None:
    written(folder, "--site", "https://example.org/site/")
    readme = (folder / "out" / "README.md").read_text(encoding="utf-8")
    assert readme.startswith(
        "# Tutorials of [https://example.org/site/](https://example.org/site/)\n"
    )
    assert f"`docs/tutorials` of [the repository]({REPOSITORY})" in readme
    assert (folder / "out" / "LICENSE").read_text(encoding="utf-8") == "MIT, CC BY 4.0 ©"
    written(folder)  # where no site is known
    readme = (folder / "out" / "README.md").read_text(encoding="utf-8")
    assert readme.startswith(f"# Tutorials of [{REPOSITORY}]({REPOSITORY})\n")


def test_it_is_valid_and_holds_no_output(folder: Path) -> None:
    made = written(folder)
    nbformat.validate(made)
    code = [cell for cell in made.cells if cell.cell_type == "code"]
    assert len(code) == 2
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    assert len({cell.id for cell in made.cells}) == len(made.cells)


def test_the_same_input_gives_the_same_bytes(folder: Path) -> None:
    written(folder)
    before = (folder / "out" / "01-kernels.ipynb").read_bytes()
    written(folder)
    assert (folder / "out" / "01-kernels.ipynb").read_bytes() == before


def test_links_lead_to_the_site(folder: Path) -> None:
    text = written(folder, "--site", "https://example.org/repo").cells[1].source
    assert "[maps](https://example.org/repo/learning/14-maps/?lab.digit=4#lab)" in text
    assert "[the next one](https://example.org/repo/tutorials/02-more/)" in text
    assert "[elsewhere](https://example.org/x.md)" in text


def test_without_the_sites_address_its_links_are_plain_words(folder: Path) -> None:
    text = written(folder).cells[1].source
    assert "see maps,\nthe next one and [elsewhere](https://example.org/x.md)." in text


def test_addresses_may_stand_in_the_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPO_URL", "https://example.org/other/")
    monkeypatch.setenv("SITE_URL", "https://example.org/repo/")
    notebooks.write_notebooks(Places.of(folder), [str(folder / "out")])
    cells = nbformat.read(folder / "out" / "01-kernels.ipynb", as_version=4).cells
    assert cells[0].source.endswith('git+https://example.org/other"')
    assert "https://example.org/repo/learning/14-maps/" in cells[1].source


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "say where the package is"),
        (["--repository", 'https://x"; import os #'], "is no web address"),
        (["--repository", "file:///etc"], "is no web address"),
        (["--repository", REPOSITORY, "--revision", "a b"], "is no name of a branch"),
        (["--repository", REPOSITORY, "--site", "owner/name"], "is no web address"),
    ],
)
def test_what_cannot_be_an_address_is_refused(
    options: list[str], message: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        notebooks.write_notebooks(Places.of(folder), [str(folder / "out"), *options])
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_the_command_line_says_a_failure_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "out").write_text("a file where the folder should be")
    assert build.main(["notebooks", str(folder / "out"), "--repository", REPOSITORY]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_tutorial_of_the_site_runs_from_its_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = (
        ROOT / "docs" / "tutorials" / "02-arithmetic.py"
    )  # without torch's training: two seconds
    made = notebooks.notebook(source, repository=REPOSITORY, site="https://example.org/")
    assert made.cells[0].source.startswith("%pip install")
    made.cells[0].source = "import cnnfilters"  # nothing is installed by a test
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    away = {"metadata": {"path": str(tmp_path)}}
    sockets = {"transport": "ipc", "ip": str(tmp_path / "kernel")}
    config = Config() if sys.platform == "win32" else Config(KernelManager=sockets)
    NotebookClient(made, timeout=60, resources=away, config=config).execute()
    code = [cell for cell in made.cells[1:] if cell.cell_type == "code"]
    assert code
    assert all(cell.outputs for cell in code)  # each ends in a value
    assert "error" not in {output.output_type for cell in code for output in cell.outputs}
