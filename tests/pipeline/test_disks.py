"""A disk that is full or read-only: one line says so, and what was made before is as it was."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from checkout import Checkout, assert_refused, assert_same
from cnnfilters.files import write_atomically

pytestmark = pytest.mark.slow


@contextmanager
def disk(folder: Path, *, size: int) -> Iterator[None]:
    """A small file system in memory."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only an administrator of Linux can mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def crowded(undisturbed: Checkout, tmp_path: Path) -> Iterator[Checkout]:
    """A checkout that has been built and whose disk has no room for a second site."""
    checkout = Checkout(tmp_path / "repo")
    used = sum(len(data) + 4096 for data in undisturbed.made().values())
    with disk(checkout.tiny, size=used + 400_000):
        shutil.copytree(undisturbed.tiny, checkout.tiny, dirs_exist_ok=True)
        yield checkout


@pytest.mark.full
def test_a_full_disk_keeps_the_earlier_site(crowded: Checkout, undisturbed: Checkout) -> None:
    done = crowded.build("site", "--force")
    assert_refused(done, "No space left on device: ")
    assert str(crowded.tiny / "site-new") in done.stderr
    assert "; make room and build again" in done.stderr
    _assert_kept(crowded, undisturbed)


def test_a_read_only_disk_keeps_the_earlier_site(crowded: Checkout, undisturbed: Checkout) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(crowded.tiny)], check=True)
    done = crowded.build("site", "--force")
    assert_refused(done, "Read-only file system: ")
    assert str(crowded.tiny) in done.stderr
    assert done.stderr.count("\n") == 1
    _assert_kept(crowded, undisturbed)


def _assert_kept(checkout: Checkout, undisturbed: Checkout) -> None:
    """Everything but the stamp, without which the next build makes the site."""
    made, expected = checkout.made(), undisturbed.made()
    stamp = "stamps/site.json"
    assert_same({**made, stamp: b""}, {**expected, stamp: b""})


@pytest.mark.full
def test_a_first_build_says_where_there_is_no_room(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "repo")
    with disk(checkout.tiny, size=100_000):
        done = checkout.build("train")
        assert_refused(done, f"No space left on device: '{checkout.tiny / 'runs'}")
        assert done.stderr.count("\n") == 1
        assert not list(checkout.tiny.rglob("*.npz*"))


def test_a_file_that_does_not_fit_leaves_the_earlier_one(tmp_path: Path) -> None:
    path = tmp_path / "disk" / "result.txt"
    with disk(path.parent, size=100_000):
        write_atomically(path, "earlier")
        with pytest.raises(OSError, match=r"No space left on device: .*result\.txt"):
            write_atomically(path, b"x" * 200_000)
        assert path.read_text() == "earlier"
        assert list(path.parent.iterdir()) == [path]
