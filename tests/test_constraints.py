"""The pins of the documentation toolchain: complete, exact, allowed by pyproject.toml, and used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from constraints import PINS, ROOT, pins, wanted

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
USE = PINS.relative_to(ROOT).as_posix()


def pin_problems(text: str, requirements: list[str]) -> Iterator[str]:
    """What is wrong with a file of pins, for these requirements."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    names = [Requirement(line).name for line in lines]
    if names != sorted(set(names)):
        yield "not sorted, or twice"
    versions = {}
    for line in lines:
        name, equals, version = line.partition("==")
        if not equals or version.endswith("*"):
            yield f"{line} is no exact version"
        else:
            versions[name] = version
    for each in map(Requirement, requirements):
        version = versions.get(canonicalize_name(each.name))
        if version is None:
            yield f"{each.name} is not pinned"
        elif Version(version) not in each.specifier:
            yield f"{each.name} {version} is not {each.specifier}"


def unpinned_jobs(workflow: str) -> list[str]:
    """Steps that install the documentation toolchain in a workflow that names no pins."""
    content = yaml.safe_load(workflow)
    return [
        f"{job}: {step['name']}"
        for job, about in content["jobs"].items()
        for step in about["steps"]
        if "[docs" in step.get("run", "") or "make test" in step.get("run", "")
        if USE not in str([level.get("env", "") for level in (content, about, step)])
    ]


def test_every_tool_is_pinned_to_a_version_that_the_project_allows() -> None:
    assert list(pin_problems(PINS.read_text(encoding="utf-8"), wanted())) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("mkdocs==1.6.1\nzope==1", "A_Tool is not pinned"),
        ("a-tool==2.0\n", "A_Tool 2.0 is not <2"),
        ("a-tool>=1.0\n", "a-tool>=1.0 is no exact version"),
        ("a-tool==1.*\n", "a-tool==1.* is no exact version"),
        ("b==1\na-tool==1.1\n", "not sorted, or twice"),
    ],
)
def test_a_bad_pin_is_found(text: str, problem: str) -> None:
    assert problem in list(pin_problems(text, ["A_Tool[extra]<2"]))


def test_a_good_pin_passes() -> None:
    assert list(pin_problems("# Words.\na-tool==1.1\n", ["A_Tool[extra]<2"])) == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_install_what_is_pinned(path: Path) -> None:
    assert unpinned_jobs(path.read_text(encoding="utf-8")) == []


def test_a_workflow_that_installs_what_pip_likes_is_found() -> None:
    pages = (ROOT / ".github/workflows/pages.yml").read_text(encoding="utf-8")
    assert unpinned_jobs(pages.replace(USE, "other.txt")) == ["build: Build and test"]


def test_names_are_written_as_pip_compares_them() -> None:
    report = {"install": [{"metadata": {"name": "Some_Tool.x", "version": "1"}}]}
    assert pins(report) == {"some-tool-x": "1"}
