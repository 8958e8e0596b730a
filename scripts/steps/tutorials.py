"""Execute the tutorials that changed, or whose code, data or libraries did."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cnnfilters.digits import data_checksum
from cnnfilters.files import write_atomically
from cnnfilters.provenance import code_digest, digest, imported_names, versions
from pipeline.device import NO_GPU
from pipeline.places import Places
from pipeline.processes import BuildError, run_step, side_by_side
from pipeline.stamps import begin_if_stale, stamp

LIBRARIES = ("ipykernel", "jupytext", "matplotlib", "nbclient", "numpy", "torch")
SECONDS = 300  # for one cell
BARE = re.compile(r'!\[\s*\]|<img(?![^>]*\balt="[^"]+")')  # an image without words
PICTURES = ("image/png", "image/svg+xml", "image/jpeg")


def execute(places: Places, device: str, *, force: bool = False) -> list[str]:
    """Execute what changed.

    Args:
        places: Of this build.
        device: Where the networks of this build were trained; on "cpu" a tutorial sees no GPU, so
            that it finds those networks and gives the same numbers.
        force: Execute all.

    Returns:
        The names of the tutorials that were executed.
    """
    sources = places.scope.pages(places.docs, "*.py")
    stale = [
        path
        for path in sources
        if force or begin_if_stale(places, _stamp(path), _key(path, device))
    ]
    if stale:
        hidden = NO_GPU if device == "cpu" else {}
        run_step(Execute(places, device, tuple(stale)), environment=hidden)
    outputs = {_output(places, path) for path in sources}
    for left_over in set(places.notebooks.glob("*/*.ipynb")) - outputs:
        left_over.unlink()
    return [path.stem for path in stale]


def _stamp(source: Path) -> str:
    return f"tutorial-{source.stem}"


def _output(places: Places, source: Path) -> Path:
    return places.notebooks / "tutorials" / f"{source.stem}.ipynb"


def _key(source: Path, device: str) -> str:
    """The digest of what a tutorial depends on: no other module's change executes it again."""
    text = source.read_text(encoding="utf-8")
    modules = sorted(imported_names(text, _name(source)))
    data, libraries = data_checksum("sample"), versions(*LIBRARIES)
    return digest(text, code_digest(*modules), data, device, libraries)


def renew(places: Places, source: Path, device: str) -> None:
    """Execute one tutorial, keep it with its outputs, and note what it was made from."""
    key, output = _key(source, device), _output(places, source)
    write_atomically(output, executed(source, places.root))
    stamp(places, _stamp(source), key, [output])


def executed(source: Path, root: Path) -> str:
    """One tutorial with its outputs, as a notebook's text.

    Args:
        source: The tutorial.
        root: The folder that it works in.

    Raises:
        BuildError: A cell raised, or shows a picture without words.
    """
    import jupytext
    import nbformat

    notebook = jupytext.read(source)
    notebook.metadata = {
        "kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}
    }
    _run_cells(notebook, source, root)
    _check_pictures(notebook, source)
    for index, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{index}"
        cell.metadata = {}  # holds the time of execution
    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]  # nbformat has no types
    return text + "\n"


def _run_cells(notebook: Any, source: Path, root: Path) -> None:
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from traitlets.config import Config

    with TemporaryDirectory() as folder:
        # sockets in files: no port is opened; their default place is a folder that may be shared
        sockets = {"transport": "ipc", "ip": str(Path(folder, "kernel"))}
        client = NotebookClient(
            notebook,
            timeout=SECONDS,
            resources={"metadata": {"path": str(root)}},
            config=Config() if sys.platform == "win32" else Config(KernelManager=sockets),
        )
        try:
            client.execute()
        except CellExecutionError as error:
            reason = f"{error.ename}: {error.evalue}"
        except (CellTimeoutError, DeadKernelError) as error:
            reason = str(error).splitlines()[0]
        else:
            return
        raise BuildError(f"{_name(source)}, cell {client.code_cells_executed}: {reason}")


def _name(source: Path) -> str:
    return f"tutorials/{source.name}"


def _check_pictures(notebook: Any, source: Path) -> None:
    """Refuse a picture without words: mkdocs-jupyter would publish it with a placeholder."""
    number = 0  # of code cells so far
    for cell in notebook.cells:
        number += cell.cell_type == "code"
        if BARE.search(cell.source if cell.cell_type == "markdown" else ""):
            raise BuildError(
                f"{_name(source)}, text after cell {number}: a picture without alt text"
            )
        if any(_is_bare(output.get("data", {})) for output in cell.get("outputs", [])):
            raise BuildError(
                f"{_name(source)}, cell {number}: a picture without alt text; "
                "end the cell with a figure of cnnfilters.figures"
            )


def _is_bare(data: Mapping[str, str]) -> bool:
    shown = data.get("text/html") or data.get("text/markdown", "")
    return bool(BARE.search(shown)) or (not shown and any(mime in data for mime in PICTURES))


@dataclass(frozen=True)
class Execute:
    """The step's own process, which has others execute."""

    places: Places
    device: str
    sources: tuple[Path, ...]

    def run(self) -> None:
        """Execute all of them."""
        names = ", ".join(path.stem for path in self.sources)
        print(f"tutorials: executing {names}", flush=True)
        calls = {path.name: (self.places, path, self.device) for path in self.sources}
        side_by_side("tutorials", renew, calls, self.places.scope.workers)
