"""A tutorial is executed when what it depends on changed, and is kept only if it is sound."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from pipeline.places import Places
from pipeline.processes import BuildError, explain
from steps import tutorials

TEXT = "# %% [markdown]\n# # Kernels\n# One of sixteen.\n"
ALT = 'alt="Kernel 4: left half positive."'


Write = Callable[[str], Path]


@pytest.fixture
def write(places: Places) -> Write:
    """Writes the one tutorial."""

    def write_it(text: str) -> Path:
        path = places.docs / "tutorials" / "01-kernels.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write_it


def notebook(places: Places) -> Path:
    return places.notebooks / "tutorials" / "01-kernels.ipynb"


def cells(*sources: str) -> str:
    return TEXT + "".join(f"\n# %%\n{source}\n" for source in sources)


# with a kernel


def test_cells_get_their_outputs_and_text_stays(places: Places, write: Write) -> None:
    source = write(cells("kernels = 4 * 4", "kernels"))
    tutorials.renew(places, source, "cpu")
    written = nbformat.read(notebook(places), as_version=4)
    assert written.cells[0].source == "# Kernels\nOne of sixteen."
    assert written.cells[2].outputs[0].data["text/plain"] == "16"
    assert tutorials.execute(places, "cpu") == []


def test_equal_tutorials_are_equal_files(places: Places, write: Write) -> None:
    source = write(cells("1 + 1"))
    written = []
    for _ in range(2):
        tutorials.renew(places, source, "cpu")
        written.append(notebook(places).read_bytes())
    assert written[0] == written[1]


@pytest.mark.parametrize(
    ("cell", "line"),
    [
        ("1 / 0", "cell 3: ZeroDivisionError: division by zero"),
        ("raise ValueError('a\\nb')", "cell 3: ValueError: a b"),
        ("import os\nos._exit(1)", "cell 3: Kernel died"),
        ("import time\ntime.sleep(60)", "cell 3: A cell timed out"),
    ],
    ids=["raises", "raises in lines", "dies", "hangs"],
)
def test_a_cell_that_fails_is_named_in_one_line(
    cell: str,
    line: str,
    places: Places,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tutorials, "SECONDS", 5)
    source = write(cells("1", "2", cell, "4"))
    with pytest.raises(BuildError) as caught:
        tutorials.renew(places, source, "cpu")
    assert explain(caught.value).startswith(f"tutorials/01-kernels.py, {line}")
    assert not notebook(places).exists()


# without one


def shown(**data: str) -> nbformat.NotebookNode:
    """A cell that displays something."""
    named = {name.replace("_", "/").replace("svg", "svg+xml"): text for name, text in data.items()}
    return new_code_cell("show()", outputs=[new_output("display_data", data=named)])


@pytest.mark.parametrize(
    "cell",
    [
        shown(image_png="iVBORw0K", text_plain="<Figure>"),
        shown(image_svg="<svg/>"),
        shown(text_html='<img src="a.png">'),
        shown(text_html='<p><img src="a.png" alt=""></p>'),
        shown(text_html=f'<img src="a.png" {ALT}><img src="b.png">'),
        shown(text_html='<table><img\nsrc="a.png"></table>', image_png="iVBORw0K"),
        shown(text_markdown="![](a.png)"),
    ],
    ids=["matplotlib", "SVG", "no alt", "empty alt", "second", "in a table", "Markdown"],
)
def test_a_picture_without_words_is_refused(cell: nbformat.NotebookNode) -> None:
    book = new_notebook(cells=[new_markdown_cell("# Kernels"), new_code_cell("1"), cell])
    message = r"^tutorials/01\.py, cell 2: a picture without alt text; end the cell with a figure"
    with pytest.raises(BuildError, match=message):
        tutorials._check_pictures(book, Path("docs/tutorials/01.py"))


@pytest.mark.parametrize("text", ["![](a.png)", "a\n\n![ ](a.png)", '<img src="a.png">'])
def test_a_picture_without_words_in_the_text_is_refused(text: str) -> None:
    book = new_notebook(cells=[new_code_cell("1"), new_markdown_cell(text)])
    with pytest.raises(BuildError, match=r"^tutorials/01\.py, text after cell 1: a picture"):
        tutorials._check_pictures(book, Path("docs/tutorials/01.py"))


@pytest.mark.parametrize(
    "cell",
    [
        shown(text_html=f'<img src="a.png" {ALT}>', text_plain="Figure"),
        shown(text_html=f"<img {ALT} src='a.png'>", image_png="iVBORw0K"),
        shown(text_plain="<img src=no picture>"),
        shown(text_html="<table><tr><td>![]</td></tr></table>".replace("![]", "!")),
        new_markdown_cell("![Kernel 4: left half positive.](a.png)"),
        new_code_cell("print('![]')"),
    ],
    ids=["alt", "alt first", "text", "table", "Markdown", "code"],
)
def test_what_has_words_or_is_no_picture_is_welcome(cell: nbformat.NotebookNode) -> None:
    tutorials._check_pictures(new_notebook(cells=[cell]), Path("01.py"))


# what is executed again

Key = Callable[..., str]


@pytest.fixture
def key(write: Write) -> Key:
    source = write(cells("from cnnfilters.run import Run", "1"))
    return lambda device="cpu": tutorials._key(source, device)


def test_a_changed_text_executes_it_again(key: Key, write: Write) -> None:
    before = key()
    write(cells("from cnnfilters.run import Run", "2"))
    assert key() != before


@pytest.mark.parametrize("what", ["code_digest", "data_checksum", "versions"])
def test_changed_code_data_or_libraries_execute_it_again(
    what: str, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key()
    monkeypatch.setattr(tutorials, what, lambda *_: "another")
    assert key() != before


def test_another_device_executes_it_again(key: Key) -> None:
    assert key("cuda") != key("cpu")


@pytest.mark.parametrize(("device", "hidden"), [("cpu", True), ("cuda", False)])
def test_on_the_cpu_a_tutorial_sees_no_gpu(
    device: str, *, hidden: bool, places: Places, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, str]] = []
    monkeypatch.setattr(
        tutorials, "run_step", lambda *_, environment: asked.append(dict(environment))
    )
    write(cells("1"))
    tutorials.execute(places, device)
    assert [environment.get("CUDA_VISIBLE_DEVICES") == "" for environment in asked] == [hidden]


def test_only_the_modules_that_it_imports_count(key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(tutorials, "code_digest", lambda *names: str(asked.append(names)))
    key()
    assert asked == [("cnnfilters.run", "cnnfilters.run.Run")]


def test_the_notebook_of_a_removed_tutorial_goes(places: Places) -> None:
    path = notebook(places)
    path.parent.mkdir(parents=True)
    path.write_text("{}")
    assert tutorials.execute(places, "cpu") == []
    assert not path.exists()


def test_a_tutorial_that_is_no_python_is_named_with_its_line(places: Places, write: Write) -> None:
    write("# %%\nx = 1\nif x")
    with pytest.raises(SyntaxError, match=r"\(01-kernels\.py, line 3\)"):
        tutorials.execute(places, "cpu")
