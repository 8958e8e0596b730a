"""The benchmark asks before it measures, and what is published meets what the page promises."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import fmean, median

import pytest

import benchmark
from benchmarks import training
from benchmarks.building import copied, without_hooks
from pages import speed
from pipeline.machine import processor
from pipeline.places import ROOT
from pipeline.processes import BuildError


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["speed"], "unknown question 'speed': choose from training"),
        (["training"], "training needs --root DIR"),
        (["lab", "--rounds", "0"], "0 is no whole number above 0"),
        (["lab", "--threads", "two"], "two is no whole number above 0"),
    ],
)
def test_what_cannot_be_measured_is_refused(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        benchmark.arguments(arguments)
    assert caught.value.code == 2
    assert message in capsys.readouterr().err


def test_every_question_has_somebody_to_answer_it() -> None:
    assert {"training", *benchmark._sheets()} == set(benchmark.QUESTIONS)


def test_the_processor_has_a_name(tmp_path: Path) -> None:
    about = tmp_path / "cpuinfo"
    about.write_text("processor : 0\nmodel name\t: A fine one\n")
    assert processor(about) == "A fine one"
    assert processor(tmp_path / "none")


def test_numbers_are_written_with_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = benchmark.Sheet("All.", ("arm", "s"), [("one", "1.5")], {"one": [1.5]})
    monkeypatch.setattr(benchmark, "_sheets", lambda: {"growth": lambda _: sheet})
    file = tmp_path / "speed.json"
    assert benchmark.main(["growth", "--json", str(file)]) == 0
    assert "arm    s\none  1.5" in capsys.readouterr().out
    filled = speed.fill("<!-- speed: growth -->\n\n<!-- speed: machine -->\n", "x.md", file)
    assert filled.startswith(
        "| arm | s |\n|---|---:|\n| one | 1.5 |\n\nAll.\n{: .cf-below }\n\nMeasured on 20"
    )


def test_a_page_that_asks_for_what_was_not_measured_is_refused() -> None:
    with pytest.raises(BuildError, match=r"how-fast\.md: no benchmark has 'heat'"):
        speed.fill("<!-- speed: heat -->", "how-fast.md", ROOT / "docs" / speed.PUBLISHED)
    assert speed.fill("No mark.", "x.md", Path("nowhere")) == "No mark."


def test_the_copy_is_built_without_our_hooks_and_leaves_the_checkout_alone() -> None:
    from mkdocs.config import load_config

    with copied() as root:
        config = load_config(str(without_hooks(root)))
        assert config.hooks == {}
        assert Path(config.docs_dir) == root / "bare"
        assert "material/search" in config.plugins
        assert (root / "bare/tutorials/01-convolution-from-scratch.ipynb").is_file()
    assert not root.exists()


@pytest.fixture(scope="module")
def published() -> dict[str, dict]:
    """What the page shows, unrounded."""
    sheets = json.loads((ROOT / "docs" / speed.PUBLISHED).read_text(encoding="utf-8"))["sheets"]
    return {name: sheet["measured"] for name, sheet in sheets.items()}


def test_the_published_trainings_meet_their_goals(published: dict[str, dict]) -> None:
    found = published["training"]
    taken = {name: median(each["seconds"]) for name, each in found.items()}
    right = {name: fmean(each["accuracy"]) for name, each in found.items()}
    assert right[training.QUICK] >= 0.9892
    assert taken[training.QUICK] <= taken[training.SOURCE] / 8
    assert right[training.LONG] >= 0.993
    assert taken[training.LONG] <= taken[training.SOURCE] / 2


def test_the_published_builds_meet_their_goals(published: dict[str, dict]) -> None:
    least, script, bare, whole = map(median, list(published["building"].values())[:4])
    assert script - least < 1
    assert whole <= 1.3 * bare
    done = published["building"]["edited"]
    assert done.startswith("trained 0, drew 0 figures, executed 0 tutorials")


def test_the_published_visits_and_passes_meet_their_goals(published: dict[str, dict]) -> None:
    for kib, requests, whole in published["visits"].values():
        assert kib <= 200
        assert requests <= 25
        assert whole <= 300
    assert all(median(found) <= 8 for found in published["lab"].values())
