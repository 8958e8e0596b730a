"""What a server may do to a download, tried with a server that does it."""

from __future__ import annotations

import gzip
import hashlib
import os
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest

from cnnfilters import mirrors
from cnnfilters.mirrors import download

NAME = "t10k-labels-idx1-ubyte"
CONTENT = bytes(range(256)) * 40
FILES = {NAME: hashlib.md5(CONTENT).hexdigest()}
PACKED = gzip.compress(CONTENT)
LOGIN = b"\n<!DOCTYPE html><title>Sign in to the network</title>"
RESET = struct.pack("ii", 1, 0)  # linger for no time: what is unsent is dropped, and said so


class Answer(BaseHTTPRequestHandler):
    """Each folder of the server has its own fault."""

    let_go = Event()  # ends answers that never come to an end

    def do_GET(self) -> None:
        getattr(self, f"do_{self.path.split('/')[1]}")()

    def log_message(self, *_: object) -> None:
        """Nothing: a test's output is its own."""

    def send(self, body: bytes, *, status: int = 200, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def do_good(self) -> None:
        self.send(PACKED)

    def do_slow(self) -> None:
        time.sleep(0.3)
        self.send(PACKED)

    def do_forbidden(self) -> None:
        self.send(LOGIN, status=403)

    def do_missing(self) -> None:
        self.send(b"", status=404)

    def do_busy(self) -> None:
        self.send(b"", status=503)

    def do_page(self) -> None:
        self.send(LOGIN)

    def do_login(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/page/sign-in")
        self.end_headers()

    def do_circle(self) -> None:
        self.send_response(302)
        self.send_header("Location", self.path)
        self.end_headers()

    def do_other(self) -> None:
        self.send(gzip.compress(CONTENT[::-1]))

    def do_raw(self) -> None:
        self.send(CONTENT)

    def do_short(self) -> None:
        self.send(PACKED[: len(PACKED) // 2])

    def do_broken(self) -> None:
        self.send(PACKED[: len(PACKED) // 2], length=len(PACKED))

    def do_chunks(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"4\r\n" + PACKED[:4] + b"\r\nnonsense\r\n")

    def do_reset(self) -> None:
        self.do_broken()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self.connection.close()

    def do_silence(self) -> None:
        self.do_broken()
        self.wfile.flush()
        self.let_go.wait(20)

    def do_bomb(self) -> None:
        self.send(gzip.compress(bytes(100 * len(CONTENT))))

    def do_flood(self) -> None:
        self.send(gzip.compress(bytes(20 * len(CONTENT)), compresslevel=0))


class Server(ThreadingHTTPServer):
    """Says nothing when a reader hangs up, as readers here do."""

    def handle_error(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def answering() -> Iterator[str]:
    with Server(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        Answer.let_go.set()
        server.shutdown()
    Answer.let_go.clear()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Its address; a file of some size is too large, and waiting has an end soon."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(mirrors, "LARGEST", 10 * len(CONTENT))
    monkeypatch.setattr(mirrors, "PATIENCE", 0.5)
    with answering() as address:
        yield address


Mirrors = Callable[..., None]


@pytest.fixture
def ask(server: str, monkeypatch: pytest.MonkeyPatch) -> Mirrors:
    """Makes folders of the server the mirrors."""

    def ask_them(*folders: str) -> None:
        monkeypatch.setattr(mirrors, "MIRRORS", tuple(f"{server}/{name}/" for name in folders))

    return ask_them


def test_a_file_is_unpacked_into_a_folder_that_is_made(ask: Mirrors, tmp_path: Path) -> None:
    ask("good")
    download(FILES, tmp_path / "ein ☃" / "raw")
    assert (tmp_path / "ein ☃" / "raw" / NAME).read_bytes() == CONTENT


FAULTS = {
    "forbidden": "HTTP Error 403",
    "missing": "HTTP Error 404",
    "busy": "HTTP Error 503",
    "page": "came an HTML page",
    "login": "came an HTML page",
    "circle": "infinite loop",
    "other": f"came a file whose MD5 is [0-9a-f]{{32}}, not {FILES[NAME]}",
    "raw": "incorrect header check",
    "short": "came only its beginning",
    "broken": "came only its beginning|IncompleteRead",
    "chunks": "IncompleteRead",
    "reset": "Connection reset|came only its beginning",
    "silence": "timed out",
    "bomb": "came too much",
    "flood": "came only its beginning",  # as much as anyone reads
}


@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_fault_the_next_mirror_is_asked(fault: str, ask: Mirrors, tmp_path: Path) -> None:
    ask(fault, "good")
    download(FILES, tmp_path)
    assert (tmp_path / NAME).read_bytes() == CONTENT


@pytest.mark.parametrize("fault", FAULTS)
def test_if_all_fail_each_says_why_and_nothing_is_left(
    fault: str, ask: Mirrors, tmp_path: Path
) -> None:
    ask("missing", fault)
    reasons = rf"{NAME}\.gz: from http://\S+/missing/ HTTP Error 404.*, from http://\S+/{fault}/ "
    with pytest.raises(ConnectionError, match=rf"^{reasons}.*({FAULTS[fault]})") as caught:
        download(FILES, tmp_path / "raw")
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_without_a_server_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mirrors, "MIRRORS", ("http://127.0.0.1:9/", "http://nowhere.invalid/"))
    monkeypatch.setenv("no_proxy", "*")
    with pytest.raises(ConnectionError, match=r"Connection refused.*nowhere\.invalid/ <urlopen"):
        download(FILES, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_kept_and_nobody_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mirrors, "MIRRORS", ())
    (tmp_path / NAME).write_bytes(b"of the reader's own")
    download(FILES, tmp_path)
    assert (tmp_path / NAME).read_bytes() == b"of the reader's own"


PROGRAM = f"""
import sys
from pathlib import Path
from cnnfilters import mirrors
mirrors.MIRRORS = (sys.argv[1],)
print("asks", flush=True)
mirrors.download({FILES!r}, Path(sys.argv[2]))
"""


def downloading(address: str, folder: Path) -> subprocess.Popen[str]:
    """A process that downloads, once it has said that it asks."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, address, str(folder)],
        env=os.environ | {"no_proxy": "127.0.0.1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "asks\n"
    return process


def test_a_kill_leaves_nothing_and_the_next_run_begins_again(
    server: str, ask: Mirrors, tmp_path: Path
) -> None:
    with downloading(f"{server}/silence/", tmp_path) as process:
        time.sleep(0.3)  # half of the file has come by now
        process.kill()
    assert list(tmp_path.iterdir()) == []
    ask("good")
    download(FILES, tmp_path)
    assert (tmp_path / NAME).read_bytes() == CONTENT


def test_two_at_once_both_end_with_the_whole_file(server: str, tmp_path: Path) -> None:
    processes = [downloading(f"{server}/slow/", tmp_path) for _ in range(2)]
    assert [process.wait(30) for process in processes] == [0, 0]
    for process in processes:
        process.__exit__(None, None, None)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
    assert (tmp_path / NAME).read_bytes() == CONTENT
