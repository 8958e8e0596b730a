"""A pass is remembered until something that the test read changes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from remembered import ROOT, Memory, Recorder

TESTS = """
import functools, pathlib, subprocess, sys
import pytest
HERE = pathlib.Path(__file__).parent
TITLE = (HERE / "docs" / "title.md").read_text()

@pytest.fixture(scope="session")
def words():
    return (HERE / "docs" / "words.md").read_text()

@pytest.mark.parametrize("page", ["a", "b"])
def test_page(page):
    assert "bad" not in (HERE / "site" / f"{page}.html").read_text()

def test_words(words):
    assert "bad" not in words + TITLE

def test_process():
    subprocess.run([sys.executable, "-c", "", str(HERE)], check=True)
"""
CONFTEST = """
import sys
sys.path[:0] = PLACES
import remembered, pathlib
from remembered import pytest_configure
remembered.ROOT = pathlib.Path(__file__).parent
remembered.MEMORY = remembered.ROOT / ".cnnfilters" / "passed.json"
"""
FILES = {"docs/title.md": "T", "docs/words.md": "W", "site/a.html": "A", "site/b.html": "B"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with four tests; the last starts a process that could read anything."""
    tests = ROOT / "tests"
    settings = CONFTEST.replace("PLACES", repr([str(tests), str(tests / "site")]))
    ignored = {".gitignore": "site\n.c*\n"}
    files = {**FILES, **ignored, "test_all.py": TESTS, "conftest.py": settings, "style.css": ""}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    return tmp_path


def run(project: Path, **settings: str) -> tuple[int, set[str]]:
    """The status, and the tests that ran."""
    inherited = {name: value for name, value in os.environ.items() if name != "CI"}
    options = ["-v", "-n", "1", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", "."]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "."],
        cwd=project,
        env={**inherited, "REMEMBER": "1", **settings},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    ran = re.findall(r"^\[gw0\].* (?:PASSED|FAILED) test_all\.py::(\S+)", done.stdout, re.MULTILINE)
    return done.returncode, set(ran)


UNHEARD = {"test_process"}  # nobody hears what a process reads
EVERY = {"test_page[a]", "test_page[b]", "test_words", *UNHEARD}


CHANGES = [  # each beside those before, and what runs again
    ("site/a.html", {"test_page[a]"}),
    ("docs/words.md", {"test_words"}),  # read by a fixture that many share
    ("docs/title.md", EVERY),  # read while the file was collected
    ("style.css", EVERY),
    ("new.css", EVERY),
    ("site/new.html", EVERY),
]


def test_what_read_a_change_runs_again(project: Path) -> None:
    assert run(project) == (0, EVERY)
    assert run(project) == (0, UNHEARD)
    for changed, again in CHANGES:
        with (project / changed).open("a", encoding="utf-8") as file:
            file.write("\n")
        assert run(project) == (0, again | UNHEARD), changed


def test_a_failure_is_tried_until_it_passes(project: Path) -> None:
    page = project / "site" / "a.html"
    page.write_text("bad")
    assert run(project)[0] == 1
    assert run(project) == (1, {"test_page[a]", *UNHEARD})
    page.write_text("good")
    assert run(project)[0] == 0
    assert run(project) == (0, UNHEARD)


@pytest.mark.parametrize("settings", [{"CI": "true"}, {"REMEMBER": ""}], ids=["in CI", "not asked"])
def test_nothing_is_left_out(project: Path, settings: dict[str, str]) -> None:
    run(project)
    assert run(project, **settings) == (0, EVERY)


def test_a_memory_of_other_code_is_none(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "passed.json", tmp_path, "one")
    memory.save({"test": []}, set())
    assert Memory(memory.file, tmp_path, "one").holds("test")
    assert not Memory(memory.file, tmp_path, "other").holds("test")


def test_what_is_opened_elsewhere_is_not_heard(tmp_path: Path) -> None:
    project, heard = tmp_path / "project", set[str]()
    project.mkdir()
    for name in ("a.md", "b.py"):
        (project / name).touch()
    (tmp_path / "c.md").touch()
    with Recorder(project).into(heard):
        for file in (project / "a.md", project / "b.py", tmp_path / "c.md"):
            file.read_text()
    (project / "a.md").read_text()
    assert heard == {"a.md"}
