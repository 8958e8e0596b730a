"""What a build was asked for is written down and can be asked for again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import build
from pipeline import manifest
from pipeline.manifest import Order, last_order, write_manifest


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(manifest, "CACHE", tmp_path)
    monkeypatch.setattr(manifest, "MANIFEST", tmp_path / "build.json")
    return tmp_path


def write(order: Order, cache: Path) -> None:
    runs, studies = {"default": cache / "runs" / "a.npz"}, {"nulls": cache / "studies" / "b.json"}
    write_manifest(order, "abc", runs, studies)


SAMPLE = Order("sample", None, "cpu", "short", "cpu")
MNIST = Order("mnist", "/data/MNIST set", "cuda", "full", "cuda")


def test_results_are_named_with_their_places(cache: Path) -> None:
    write(SAMPLE, cache)
    about = json.loads((cache / "build.json").read_text())
    assert about["results"] == {"run:default": "runs/a.npz", "study:nulls": "studies/b.json"}
    assert (about["checksum"], about["source"], about["root"]) == ("abc", "sample", None)


@pytest.mark.parametrize("order", [SAMPLE, MNIST], ids=["sample", "mnist"])
def test_the_last_order_can_be_given_again(order: Order, cache: Path) -> None:
    write(order, cache)
    asked = build.arguments(["figures", *last_order()])
    assert (asked.data, asked.root, asked.studies) == (order.source, order.root, order.studies)
    assert asked.device == order.wanted


def test_a_gpu_that_auto_chose_is_not_demanded_the_next_time(cache: Path) -> None:
    write(replace(MNIST, wanted="auto"), cache)
    assert "cuda" not in last_order()


@pytest.mark.parametrize(
    "text", [None, "", "[]", '{"source": "sample"}'], ids=["none", "empty", "list", "older"]
)
def test_without_a_whole_manifest_the_defaults_hold(text: str | None, cache: Path) -> None:
    if text is not None:
        (cache / "build.json").write_text(text)
    assert last_order() == []


def test_an_unchanged_manifest_is_left_alone(cache: Path) -> None:
    write(SAMPLE, cache)
    before = (cache / "build.json").stat()
    write(SAMPLE, cache)
    after = (cache / "build.json").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_damaged_manifest_is_written_again(cache: Path) -> None:
    (cache / "build.json").write_bytes(b"\xff\x00")
    write(SAMPLE, cache)
    assert json.loads((cache / "build.json").read_text())["device"] == "cpu"
