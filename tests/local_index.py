"""Package indexes on this machine, of tiny wheels, for tests of what the workflows install."""

from __future__ import annotations

import hashlib
import threading
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Parts = Mapping[str, str]


def write_wheel(
    index: Path, name: str, version: str, *, needs: Iterable[str] = (), parts: Parts | None = None
) -> str:
    """Add a package to an index.

    Args:
        index: Its folder.
        name: The package.
        version: Its version.
        needs: Requirements.
        parts: Texts by their paths in the wheel, beside an empty module.

    Returns:
        The file's SHA-256.
    """
    info = f"{name}-{version}.dist-info"
    about = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {each}" for each in needs)]
    texts = {
        f"{name}/__init__.py": "",
        **(parts or {}),
        f"{info}/METADATA": "\n".join(["Metadata-Version: 2.1", *about, ""]),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = f"{info}/RECORD"
    texts[record] = "".join(f"{path},,\n" for path in [*texts, record])
    path = index / name / f"{name}-{version}-py3-none-any.whl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as wheel:
        for place, text in texts.items():
            wheel.writestr(place, text)
    return hashlib.sha256(path.read_bytes()).hexdigest()


class _Quiet(SimpleHTTPRequestHandler):
    """The list of a folder's files is a page of a simple index (PEP 503)."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder while it is served."""
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
