"""A pass is remembered until something that the test read changes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reads import UNHEARD, Recorder
from remembered import ROOT, Memory

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
FILES |= {"site/data.json": "{}", "site/search/index.json": "{}"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with four tests; the last starts a process that could read anything."""
    tests = ROOT / "tests"
    settings = CONFTEST.replace("PLACES", repr([str(tests), str(tests / "site")]))
    ignored = {".gitignore": "site\n.c*\n__pycache__\n"}
    files = {**FILES, **ignored, "test_all.py": TESTS, "conftest.py": settings, "style.css": ""}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    return tmp_path


def run(project: Path, **settings: str) -> tuple[int, set[str]]:
    """The status, and the tests that ran."""
    inherited = {name: value for name, value in os.environ.items() if name != "CI"}
    options = ["-v", "-p", "xdist", "-n", "1", "-p", "no:cacheprovider", "--rootdir", ".", "-c"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, os.devnull, "."],
        cwd=project,
        env={**inherited, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "REMEMBER": "1", **settings},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    ran = re.findall(
        r"^\[gw0\].* (?:PASSED|FAILED|SKIPPED|ERROR) test_all\.py::(\S+)", done.stdout, re.MULTILINE
    )
    return done.returncode, set(ran)


PROCESS = {"test_process"}  # nobody hears what a process reads
EVERY = {"test_page[a]", "test_page[b]", "test_words", *PROCESS}


CHANGES = [  # each beside those before, and what runs again
    ("site/a.html", {"test_page[a]"}),
    ("docs/words.md", {"test_words"}),  # read by a fixture that many share
    ("docs/title.md", EVERY),  # read while the file was collected
    ("style.css", EVERY),
    ("new.css", EVERY),
    ("site/new.html", EVERY),
    ("site/data.json", EVERY),  # a page that is kept open has loaded it, and asks no more
    ("site/search/index.json", set()),  # follows the words of pages; none of these read it
]


def test_what_read_a_change_runs_again(project: Path) -> None:
    assert run(project) == (0, EVERY)
    assert run(project) == (0, PROCESS)
    for changed, again in CHANGES:
        with (project / changed).open("a", encoding="utf-8") as file:
            file.write("\n")
        assert run(project) == (0, again | PROCESS), changed


def test_a_failure_is_tried_until_it_passes(project: Path) -> None:
    page = project / "site" / "a.html"
    page.write_text("bad")
    assert run(project)[0] == 1
    assert run(project) == (1, {"test_page[a]", *PROCESS})
    page.write_text("good")
    assert run(project)[0] == 0
    assert run(project) == (0, PROCESS)


NEVER_KEPT = """
import os, pathlib, subprocess, pytest
WORDS = pathlib.Path(__file__).parent / "docs" / "words.md"

def test_a_part_of_it_fails(subtests):
    with subtests.test():
        assert False

@pytest.fixture
def fails():
    yield
    assert False

def test_its_end_fails(fails):
    pass

def test_it_is_skipped():
    pytest.skip("not today")

def test_what_it_read_was_written_meanwhile():
    WORDS.read_text()
    WORDS.write_text("by somebody else")

def test_it_starts_a_shell():
    subprocess.run(["sh", "-c", "true"], check=True)

def test_it_forks():
    if child := os.fork():
        os.waitpid(child, 0)
    else:
        os._exit(0)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="neither forks nor has that shell")
def test_what_proves_nothing_is_tried_again(project: Path) -> None:
    (project / "test_all.py").write_text(NEVER_KEPT)
    every = {*re.findall(r"test_\w+", NEVER_KEPT)}
    assert [run(project) for _ in range(2)] == [(1, every)] * 2


EASILY_MISSED = """
import pathlib, pytest
HERE = pathlib.Path(__file__).parent
WORDS = HERE / "docs" / "words.md"

@pytest.fixture
def nothing():
    pass

@pytest.fixture(scope="session")
def title():
    return (HERE / "docs" / "title.md").read_text()

@pytest.fixture(scope="session")
def words():
    return WORDS.read_text()

def test_a_link(tmp_path):
    (tmp_path / "it").symlink_to(HERE / "docs")
    (tmp_path / "it" / "words.md").read_text()

def test_first(request, title, nothing):
    request.getfixturevalue("words")

def test_a_fixture_that_is_asked_for_by_its_name(request):
    request.getfixturevalue("words")

def test_beside_fixtures_that_read_less(title, nothing):
    WORDS.read_text()

def test_nothing():
    pass
"""
FROM_A_PAGE = """
import pathlib, pytest
PAGE = pathlib.Path(__file__).parent / "site" / "a.html"

@pytest.mark.parametrize("word", PAGE.read_text().split(), ids=["it"])
def test_word(word):
    pass
"""


def test_what_is_easily_missed_is_heard(project: Path) -> None:
    (project / "test_all.py").write_text(EASILY_MISSED)
    every = {*re.findall(r"test_\w+", EASILY_MISSED)}
    assert run(project) == (0, every)
    (project / "docs" / "words.md").write_text("Other")
    assert run(project) == (0, every - {"test_nothing"})


def test_a_test_runs_again_with_another_value_from_a_page(project: Path) -> None:
    (project / "test_all.py").write_text(FROM_A_PAGE)
    assert [run(project)[1] for _ in range(2)] == [{"test_word[it]"}, set()]
    (project / "site" / "a.html").write_text("Other")
    assert run(project) == (0, {"test_word[it]"})


def test_outside_a_repository_nothing_is_left_out(project: Path) -> None:
    shutil.rmtree(project / ".git")
    settings = {"GIT_CEILING_DIRECTORIES": str(project.parent)}
    assert [run(project, **settings) for _ in range(2)] == [(0, EVERY)] * 2


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


def test_two_who_heard_the_same_are_not_taken_for_each_other(tmp_path: Path) -> None:
    outer, inner = set[str](), set[str]()
    recorder = Recorder(tmp_path)
    with recorder.into(outer):
        with recorder.into(inner):
            (tmp_path / "a.md").touch()
        (tmp_path / "b.md").touch()
    assert (outer, inner) == ({"a.md", "b.md"}, {"a.md"})


@pytest.mark.parametrize(
    ("command", "heard"),
    [
        (("git", "--version"), set()),
        (("sh", "-c", "true"), {UNHEARD}),
        ((sys.executable, "-c", ""), {UNHEARD}),
    ],
    ids=["git", "shell", "Python"],
)
def test_a_process_that_may_read_anything_is_told(command: tuple[str], heard: set[str]) -> None:
    names = set[str]()
    with Recorder(ROOT).into(names):
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert names == heard
