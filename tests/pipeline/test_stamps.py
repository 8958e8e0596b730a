"""A step is done again unless what it wrote is there as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.places import Places
from pipeline.stamps import begin_if_stale, clear, stamp


@pytest.fixture
def outputs(places: Places) -> list[Path]:
    """Two files that the step `step` has made from `key`."""
    paths = [places.root / "figures" / name for name in ("one.svg", "zwei ü.svg")]
    paths[0].parent.mkdir()
    for path in paths:
        path.write_text("<svg/>")
    stamp(places, "step", "key", paths)
    return paths


@pytest.mark.usefixtures("outputs")
def test_a_step_is_fresh_after_its_stamp(places: Places) -> None:
    assert not begin_if_stale(places, "step", "key")


@pytest.mark.usefixtures("outputs")
@pytest.mark.parametrize(("name", "key"), [("step", "other key"), ("other step", "key")])
def test_another_step_or_key_is_not(name: str, key: str, places: Places) -> None:
    assert begin_if_stale(places, name, key)


def truncate(path: Path) -> None:
    path.write_text("<sv")


def lengthen(path: Path) -> None:
    path.write_text("<svg/>\n")


@pytest.mark.parametrize("damage", [Path.unlink, truncate, lengthen])
def test_a_missing_or_resized_output_is_made_again(
    damage: Callable[[Path], None], outputs: list[Path], places: Places
) -> None:
    damage(outputs[1])
    assert begin_if_stale(places, "step", "key")


@pytest.mark.usefixtures("outputs")
@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", "{}", '{"key": "key"}', '{"key": "key", "outputs": [1]}', "\udcff"],
)
def test_a_damaged_stamp_counts_as_none(text: str, places: Places) -> None:
    path = places.stamps / "step.json"
    path.write_bytes(text.encode(errors="surrogateescape"))
    assert begin_if_stale(places, "step", "key")


@pytest.mark.usefixtures("outputs")
def test_a_stamp_that_did_not_hold_does_not_come_back(places: Places) -> None:
    assert begin_if_stale(places, "step", "new key")  # the step would now write
    assert begin_if_stale(places, "step", "key")


@pytest.mark.usefixtures("outputs")
def test_a_cleared_step_is_done_again(places: Places) -> None:
    clear(places, "step")
    clear(places, "never done")
    assert begin_if_stale(places, "step", "key")


def test_a_missing_output_gets_no_stamp(outputs: list[Path], places: Places) -> None:
    clear(places, "step")
    outputs[0].unlink()
    with pytest.raises(FileNotFoundError, match=r"one\.svg"):
        stamp(places, "step", "key", outputs)
    assert begin_if_stale(places, "step", "key")
