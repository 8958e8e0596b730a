"""What passed and has not changed since is not tried again by `make test` on one's own machine.

A pass is kept with the digest of all that could change it: the code, the versions, the browsers,
what a page loads and the names of all files together; and the content of each other file that the
test opened, as Python itself reports it: chapters, built pages, what a build left. The server of
the browser tests runs in the test's process, so the pages that a browser opens are among them.

CI, `make test-full` and pytest alone try everything.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from cnnfilters.files import write_atomically
from reads import UNHEARD, Recorder, common, digest

ROOT = Path(__file__).resolve().parents[1]
MEMORY = ROOT / ".cnnfilters" / "passed.json"
KEY = "remember"  # under which workers send what tests read
TEST, READS = pytest.StashKey[str](), pytest.StashKey[set[str]]()
PASSED = pytest.StashKey[bool]()
Reads = dict[str, str]  # from a file, relative to the project, to the digest of its content


def cases(found: Iterable[pytest.Item | pytest.Collector]) -> str:
    """One digest of the tests of a file and the plain values that they get: some come from pages.

    Args:
        found: What was collected in the file.
    """
    told = [
        (each.nodeid, [mark.name for mark in each.own_markers], _plain(call and call.params))
        for each in found
        for call in [getattr(each, "callspec", None)]
    ]
    return sha256(repr(told).encode()).hexdigest()[:16]


def _plain(value: object) -> object:
    """Numbers, text and sequences of them, which look the same in every process."""
    if isinstance(value, dict):
        return [(name, _plain(each)) for name, each in value.items()]
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | None) else type(value).__name__


class Memory:
    """The passes of earlier runs.

    Args:
        file: Where they are kept.
        root: What names of files are relative to.
        now: The digest of what all tests depend on.
    """

    def __init__(self, file: Path, root: Path, now: str) -> None:
        self.file, self.root, self.now, self.began = file, root, now, time.time()
        self.passed: dict[str, Reads] = {}
        self._digests: Reads = {}
        if file.is_file():
            kept = json.loads(file.read_text(encoding="utf-8"))
            self.passed = kept["passed"] if kept["common"] == now else {}

    def holds(self, test: str, needed: Iterable[str] = ()) -> bool:
        """Whether a test passed, and nothing that it read has changed.

        Args:
            test: Its name.
            needed: What must be among the files that it read.
        """
        reads = self.passed.get(test)
        return (
            reads is not None
            and reads.keys() >= {*needed}
            and all(self._digest(name) == was for name, was in reads.items())
        )

    def _digest(self, name: str) -> str:
        if name not in self._digests:
            self._digests[name] = digest(self.root / name)
        return self._digests[name]

    def save(self, passed: dict[str, list[str]], failed: set[str]) -> None:
        """Keep what passed now beside what passed before, and forget what failed.

        So is what read a file that was written since this began: which text passed, nobody knows.
        """
        self._digests.clear()
        for test, names in passed.items():
            self.passed[test] = {name: self._digest(name) for name in names}
        written = {name for names in passed.values() for name in names if self._is_written(name)}
        lost = failed | {test for test, names in passed.items() if not written.isdisjoint(names)}
        kept = {test: reads for test, reads in self.passed.items() if test not in lost}
        write_atomically(self.file, json.dumps({"common": self.now, "passed": kept}))

    def _is_written(self, name: str) -> bool:
        file = self.root / name
        times = [file.stat().st_mtime, file.stat().st_ctime] if file.is_file() else [0]
        return max(times) >= self.began


class Remembering:
    """What pytest does with the memory: leave out what it holds, and keep what passes.

    Workers run the tests and say what each read; the process that started them keeps it.

    Args:
        memory: The passes of earlier runs.
        recorder: Hears what is read.
    """

    def __init__(self, memory: Memory, recorder: Recorder) -> None:
        self.memory, self.recorder = memory, recorder
        self.left_out = sum(map(memory.holds, memory.passed))
        self.of_fixture, self.of_file = defaultdict[Any, set[str]](set), dict[str, set[str]]()
        self.passed, self.failed = dict[str, list[str]](), set[str]()

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> Iterator[None]:
        """What a file reads while it is collected, its tests depend on.

        Of built pages they depend on what became of them: the tests, and what each is given.
        """
        with self.recorder.into(names := set()):
            report = yield
        if isinstance(collector, pytest.Module):
            pages = {name for name in names if name.startswith("site/")}
            made = f"{collector.nodeid} with tests {cases(report.result or ())}"
            self.of_file[collector.nodeid] = {*names - pages, made}
        return report

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Leave out what passed."""
        known = {item for item in items if self.memory.holds(item.nodeid, self._read(item))}
        config.hook.pytest_deselected(items=[*known])
        items[:] = [item for item in items if item not in known]
        for item in items:
            item.stash[TEST] = item.nodeid  # others add the name of a group to it

    def _read(self, item: pytest.Item) -> set[str]:
        """What its file read while it was collected."""
        return self.of_file.get(item.nodeid.split("::")[0], set())

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
        """What a fixture reads, all who use it depend on."""
        with self.recorder.into(self.of_fixture[fixturedef]):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Hear what one test reads."""
        item.stash[READS] = names = {*self._read(item)}
        with self.recorder.into(names):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Iterator[None]:
        """Send with the last report of a test that passed what it read, sorted."""
        report = yield
        item.stash[PASSED] = item.stash.get(PASSED, True) and report.passed
        if report.when == "teardown":
            names = item.stash[READS]
            for used in item._request._fixture_defs.values():  # type: ignore[attr-defined]
                names.update(self.of_fixture[used])
            keeps = item.stash[PASSED] and UNHEARD not in names
            report.user_properties.append(
                (KEY, [item.stash[TEST], sorted(names) if keeps else None])
            )
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what a worker sends."""
        for test, names in (value for key, value in report.user_properties if key == KEY):
            if names is None:
                self.failed.add(test)
            else:
                self.passed[test] = names

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Keep it."""
        if not hasattr(session.config, "workerinput"):
            if common(self.memory.root) == self.memory.now:
                self.memory.save(self.passed, self.failed)
            if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and self.left_out:
                session.exitstatus = pytest.ExitCode.OK

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how many were left out."""
        if self.left_out:
            terminalreporter.write_line(
                f"{self.left_out:,} tests passed before, and nothing that they read has changed"
            )


def pytest_configure(config: pytest.Config) -> None:
    """Remember, where that is asked for; outside a repository nothing tells what has changed."""
    if os.environ.get("REMEMBER") and not os.environ.get("CI"):
        with suppress(OSError, subprocess.CalledProcessError):
            memory = Memory(MEMORY, ROOT, common(ROOT))
            config.pluginmanager.register(Remembering(memory, Recorder(ROOT)), "remembering")
