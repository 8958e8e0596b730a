"""A file is there whole or not at all."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cnnfilters.files import remove_partial, write_atomically

EARLIER = "what was there before"


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    path = tmp_path / "result.txt"
    path.write_text(EARLIER)
    return path


def no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def no_permission(*_: object) -> None:
    raise PermissionError(errno.EACCES, "Permission denied")


@pytest.mark.parametrize(
    ("content", "bytes_"), [("naïve → 7", "naïve → 7".encode()), (b"\x00\xff", b"\x00\xff")]
)
def test_the_content_arrives_in_a_folder_that_is_made(
    content: str | bytes, bytes_: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "new folder" / "☃.bin"
    write_atomically(path, content)
    assert path.read_bytes() == bytes_


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_web_server_may_read_the_file(earlier: Path) -> None:
    write_atomically(earlier, "new")
    assert earlier.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(
    ("function", "failure"),
    [("fsync", no_space), ("replace", no_permission), ("chmod", no_permission)],
    ids=["full disk", "read-only folder", "foreign file system"],
)
def test_a_failure_leaves_the_earlier_file_alone(
    function: str, failure: object, earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, function, failure)
    with pytest.raises(OSError, match=r"(No space left.*|Permission denied): .*result\.txt"):
        write_atomically(earlier, "new")
    assert earlier.read_text() == EARLIER
    assert list(earlier.parent.iterdir()) == [earlier]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_read_only_folder_is_refused(earlier: Path) -> None:
    earlier.parent.chmod(0o555)
    with pytest.raises(PermissionError):
        write_atomically(earlier, "new")
    earlier.parent.chmod(0o755)
    assert earlier.read_text() == EARLIER


def test_a_file_where_the_folder_should_be_is_refused(earlier: Path) -> None:
    with pytest.raises(OSError, match=r"result\.txt"):
        write_atomically(earlier / "inside.txt", "new")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no such signal")
def test_a_kill_while_writing_leaves_the_earlier_file_alone(earlier: Path) -> None:
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from cnnfilters.files import write_atomically\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_atomically(Path(sys.argv[1]), 'new')\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(earlier)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert earlier.read_text() == EARLIER
    assert len(list(earlier.parent.iterdir())) == 2
    remove_partial(earlier.parent.parent)
    assert list(earlier.parent.iterdir()) == [earlier]
