"""Control-C, an output that nobody reads, and a second build at the same time."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest

from checkout import Checkout, assert_refused, assert_same

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals"),
]


def interrupt(checkout: Checkout, file: str, *, alone: bool) -> tuple[int, str]:
    """Press Control-C when a file appears; the status, and what was said to stderr."""
    with checkout.start() as build:
        while build.poll() is None and not (checkout.tiny / file).exists():
            time.sleep(0.01)
        (os.kill if alone else os.killpg)(build.pid, signal.SIGINT)
        _, said = build.communicate()
    return build.returncode, said


@pytest.mark.full
def test_control_c_is_quiet_and_the_next_build_completes(
    undisturbed: Checkout, tmp_path: Path
) -> None:
    checkout = Checkout(tmp_path / "repo")
    assert interrupt(checkout, "runs", alone=False) == (130, "")
    assert interrupt(checkout, "generated/figures", alone=True) == (130, "")
    done = checkout.build()
    assert done.returncode == 0, done.stderr
    assert_same(checkout.made(), undisturbed.made())


@pytest.mark.parametrize(
    "built",
    [
        pytest.param(False, id="from nothing", marks=pytest.mark.full),
        pytest.param(True, id="nothing to do"),
    ],
)
def test_an_output_that_nobody_reads_is_one_line(
    built: bool, undisturbed: Checkout, tmp_path: Path
) -> None:
    checkout = Checkout(tmp_path / "repo")
    if built:
        shutil.copytree(undisturbed.tiny, checkout.tiny)
    reader, writer = os.pipe()
    os.close(reader)
    done = checkout.build(stdout=writer)
    os.close(writer)
    assert_refused(done, "build: [Errno 32] Broken pipe; nobody reads the output any more")
    assert done.stderr.count("\n") == 1


@pytest.mark.full
def test_two_builds_at_once_do_not_harm_each_other(undisturbed: Checkout, tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "repo")
    both = [checkout.start() for _ in range(2)]
    said = [build.communicate() for build in both]
    assert [build.returncode for build in both] == [0, 0], said
    first, second = sorted(said, key=lambda outputs: "trained 0" in outputs[0])
    assert "trained 3, drew 3 figures, executed 1 tutorials, built the site in" in first[0]
    assert "data: 200 digits; accuracy" in first[0]
    assert "3 figures and 3 pages in" in first[0]
    assert "\r" not in first[1]  # no progress bar where no one looks
    assert "trained 0, drew 0 figures, executed 0 tutorials, left the site" in second[0]
    assert_same(checkout.made(), undisturbed.made())
