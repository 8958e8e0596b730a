"""A step is done again unless what it wrote is there as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import stamps
from pipeline.stamps import begin_if_stale, clear, stamp


@pytest.fixture
def outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two files that the step `step` has made from `key`."""
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    monkeypatch.setattr(stamps, "STAMPS", tmp_path / "stamps")
    paths = [tmp_path / "figures" / name for name in ("one.svg", "zwei ü.svg")]
    paths[0].parent.mkdir()
    for path in paths:
        path.write_text("<svg/>")
    stamp("step", "key", paths)
    return paths


@pytest.mark.usefixtures("outputs")
def test_a_step_is_fresh_after_its_stamp() -> None:
    assert not begin_if_stale("step", "key")


@pytest.mark.usefixtures("outputs")
@pytest.mark.parametrize(("name", "key"), [("step", "other key"), ("other step", "key")])
def test_another_step_or_key_is_not(name: str, key: str) -> None:
    assert begin_if_stale(name, key)


def truncate(path: Path) -> None:
    path.write_text("<sv")


def lengthen(path: Path) -> None:
    path.write_text("<svg/>\n")


@pytest.mark.parametrize("damage", [Path.unlink, truncate, lengthen])
def test_a_missing_or_resized_output_is_made_again(
    damage: Callable[[Path], None], outputs: list[Path]
) -> None:
    damage(outputs[1])
    assert begin_if_stale("step", "key")


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", "{}", '{"key": "key"}', '{"key": "key", "outputs": [1]}', "\udcff"],
)
def test_a_damaged_stamp_counts_as_none(text: str, outputs: list[Path]) -> None:
    path = stamps.STAMPS / "step.json"
    path.write_bytes(text.encode(errors="surrogateescape"))
    assert begin_if_stale("step", "key")


@pytest.mark.usefixtures("outputs")
def test_a_stamp_that_did_not_hold_does_not_come_back() -> None:
    assert begin_if_stale("step", "new key")  # the step would now write, and might be killed
    assert begin_if_stale("step", "key")


@pytest.mark.usefixtures("outputs")
def test_a_cleared_step_is_done_again() -> None:
    clear("step")
    clear("never done")
    assert begin_if_stale("step", "key")


def test_a_missing_output_gets_no_stamp(outputs: list[Path]) -> None:
    clear("step")
    outputs[0].unlink()
    with pytest.raises(FileNotFoundError, match=r"one\.svg"):
        stamp("step", "key", outputs)
    assert begin_if_stale("step", "key")
