"""What `docs/measured/` holds comes out again: two networks of every arm, trained anew."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from cnnfilters.experiments import EXPERIMENTS
from cnnfilters.provenance import versions
from pipeline.machine import processor
from pipeline.manifest import Order
from pipeline.measure import LIBRARIES, measure_one
from pipeline.measured import About, read_study
from pipeline.places import ROOT, Places
from pipeline.scope import Scope

Arms = Mapping[str, Mapping[str, list[float]]]
ROUNDED = 2e-6  # the file has six digits
TWO = Scope(size={"seeds": 2})
ASK_OTHERS = ("anew", "read")  # quantities of a network that ask others of its arm: here it has one
ANOTHER = About("2026-11-30", "", "another machine", {}, "", 10, 1250)
KEPT: Arms = {"default": {"edge": [0.5, 0.6, 0.7, 0.55]}}


def differing(kept: Arms, again: Arms, *, exact: bool) -> list[str]:
    """What came out otherwise: in the sixth digit, or beyond what the kept networks span.

    Another processor adds in another order; what that moves in a training is as good as another
    seed. The span is widened by its own width, as of hundreds of further values some lie outside.
    """
    return [
        f"{arm}, {quantity}, network {seed}: {value:g}, and {kept[arm][quantity][seed]:g} is kept"
        for arm, measured in again.items()
        for quantity, values in measured.items()
        for seed, value in enumerate(values)
        if not _agrees(
            value, kept[arm][quantity], seed, exact=exact and not quantity.endswith(ASK_OTHERS)
        )
    ]


def _agrees(value: float, kept: list[float], seed: int, *, exact: bool) -> bool:
    if exact:
        return value == pytest.approx(kept[seed], rel=ROUNDED, abs=1e-9)
    margin = max(kept) - min(kept)
    return min(kept) - margin <= value <= max(kept) + margin


def same_machine(about: About) -> bool:
    """Whether a measurement here gives the same to the last bit."""
    here = {"python": platform.python_version(), **versions(*LIBRARIES)}
    return about.versions == here and about.machine == f"{processor()}, {os.cpu_count()} cores"


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """Where two networks of every arm are trained; experiments share them."""
    root = tmp_path_factory.mktemp("reference")
    (root / "scripts").symlink_to(ROOT / "scripts")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        yield replace(Places.of(root), scope=TWO)


@pytest.mark.full
@pytest.mark.xdist_group("reference")
@pytest.mark.parametrize("name", EXPERIMENTS)
def test_what_was_measured_comes_out_again(workshop: Places, name: str) -> None:
    kept, about = read_study(Places.of(ROOT), name, "sample")
    measure_one(workshop, name, Order("sample", None, "cpu", "reference", "cpu"))
    again, _ = read_study(workshop, name, "sample")
    assert differing(kept["arms"], again["arms"], exact=same_machine(about)) == []


@pytest.mark.parametrize(
    ("value", "exact", "wrong"),
    [
        (0.6, True, 0),
        (0.60001, True, 1),
        (0.60001, False, 0),
        (0.89, False, 0),
        (0.91, False, 1),
        (float("nan"), False, 1),
    ],
)
def test_a_planted_value_is_found(value: float, exact: bool, wrong: int) -> None:
    assert len(differing(KEPT, {"default": {"edge": [0.5, value]}}, exact=exact)) == wrong


def test_what_asks_other_networks_is_held_to_their_span() -> None:
    kept = {"default": {"plain read": KEPT["default"]["edge"]}}
    for value, wrong in ((0.89, 0), (0.91, 1)):
        assert len(differing(kept, {"default": {"plain read": [value]}}, exact=True)) == wrong


def test_another_machine_is_told_apart() -> None:
    assert not same_machine(ANOTHER)
