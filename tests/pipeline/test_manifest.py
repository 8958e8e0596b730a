"""What a build was asked for is written down and can be asked for again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import build
from pipeline.manifest import Order, last_order, write_manifest
from pipeline.places import Places


def write(order: Order, places: Places) -> None:
    runs, studies = {"default": places.runs / "a.npz"}, {"nulls": places.studies / "b.json"}
    write_manifest(places, order, "abc", runs, studies, {"nulls": "measured once"})


SAMPLE = Order("sample", None, "cpu", "short", "cpu")
MNIST = Order("mnist", "/data/MNIST set", "cuda", "full", "cuda")


def test_results_are_named_with_their_places(places: Places) -> None:
    write(SAMPLE, places)
    about = json.loads(places.manifest.read_text())
    assert about["results"] == {"run:default": "runs/a.npz", "study:nulls": "studies/b.json"}
    assert about["origins"] == {"nulls": "measured once"}
    assert (about["checksum"], about["source"], about["root"]) == ("abc", "sample", None)


@pytest.mark.parametrize("order", [SAMPLE, MNIST], ids=["sample", "mnist"])
def test_the_last_order_can_be_given_again(order: Order, places: Places) -> None:
    write(order, places)
    asked = build.arguments(["figures", *last_order(places)])
    assert (asked.data, asked.root, asked.studies) == (order.source, order.root, order.studies)
    assert asked.device == order.wanted


def test_a_gpu_that_auto_chose_is_not_demanded_the_next_time(places: Places) -> None:
    write(replace(MNIST, wanted="auto"), places)
    assert "cuda" not in last_order(places)


@pytest.mark.parametrize(
    "text", [None, "", "[]", '{"source": "sample"}'], ids=["none", "empty", "list", "older"]
)
def test_without_a_whole_manifest_the_defaults_hold(text: str | None, places: Places) -> None:
    if text is not None:
        places.manifest.write_text(text)
    assert last_order(places) == []


def test_an_unchanged_manifest_is_left_alone(places: Places) -> None:
    write(SAMPLE, places)
    before = places.manifest.stat()
    write(SAMPLE, places)
    after = places.manifest.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_damaged_manifest_is_written_again(places: Places) -> None:
    places.manifest.write_bytes(b"\xff\x00")
    write(SAMPLE, places)
    assert json.loads(places.manifest.read_text())["device"] == "cpu"
