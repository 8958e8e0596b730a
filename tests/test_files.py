"""A file is there whole or not at all."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cnnfilters.files import bring_over, remove_partial, write_atomically

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


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with two files that are ours and one that is not."""
    folder = tmp_path / "old"
    folder.mkdir()
    for name in ("a.npz", "b.npz", "theirs.txt"):
        (folder / name).write_text(f"old {name}")
    return folder


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_what_is_ours_moves_and_what_is_not_stays(old: Path, tmp_path: Path) -> None:
    new = tmp_path / "made" / "new"
    assert bring_over(old, new, "*.npz") == 2
    assert texts(new) == {"a.npz": "old a.npz", "b.npz": "old b.npz"}
    assert texts(old) == {"theirs.txt": "old theirs.txt"}
    assert bring_over(old, new, "*.npz") == 0


def test_what_is_there_already_is_not_replaced(old: Path, tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_text("new")
    assert bring_over(old, tmp_path, "*.npz") == 1
    assert (tmp_path / "a.npz").read_text() == "new"
    assert (old / "a.npz").exists()


def test_without_an_earlier_folder_none_is_made(tmp_path: Path) -> None:
    assert bring_over(tmp_path / "old", tmp_path / "new", "*.npz") == 0
    assert not list(tmp_path.iterdir())


def test_files_move_to_another_disk_too(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other_disk(*_: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(Path, "replace", other_disk)
    assert bring_over(old, tmp_path / "new", "*.npz") == 2
    assert texts(tmp_path / "new") == {"a.npz": "old a.npz", "b.npz": "old b.npz"}
    assert set(texts(old)) == {"theirs.txt"}


def test_a_file_that_another_process_moved_is_no_fault(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [old / "gone.npz", old / "b.npz"]
    monkeypatch.setattr(Path, "glob", lambda *_: found)
    assert bring_over(old, tmp_path / "new", "*.npz") == 1


def test_a_folder_that_cannot_be_written_is_named_and_keeps_all(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "replace", no_permission)
    with pytest.raises(PermissionError):
        bring_over(old, tmp_path / "new", "*.npz")
    assert len(texts(old)) == 3
