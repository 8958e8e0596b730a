"""What passed and has not changed since is not tried again by `make test` on one's own machine.

A pass is kept with the digest of all that could change it: the code, the versions, the browser and
the names of all files together; and the content of each other file that the test opened, as Python
itself reports it: chapters, built pages, what a build left. The server of the browser tests runs in
the test's process, so what a page loads is among them.

CI, `make test-full` and pytest alone try everything.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest

from checks.chromium import installed_chromium
from cnnfilters.files import write_atomically

ROOT = Path(__file__).resolve().parents[1]
MEMORY = ROOT / ".cnnfilters" / "passed.json"
TEXT = ".md"
MADE = ("site/", "build/", ".cnnfilters/")
# The site map holds names and dates, the others nothing.
IGNORED = ("site/sitemap.xml", ".cnnfilters/lock", ".cnnfilters/npm.lock")
UNHEARD = "what a process of its own read"
KEY = "remember"  # under which workers send what tests read
TEST, READS = pytest.StashKey[str](), pytest.StashKey[set[str]]()
PASSED = pytest.StashKey[bool]()
Reads = dict[str, str]  # from a file, relative to the project, to the digest of its content


def digest(path: Path) -> str:
    """Of the content of a file; of one that is not there, nothing."""
    return sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else ""


@cache
def common(root: Path) -> str:
    """One digest of all that any test may depend on."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, capture_output=True, check=True, encoding="utf-8",
    ).stdout.split("\0")  # fmt: skip
    code = [name for name in sorted(set(listed)) if name and not name.endswith(TEXT)]
    browser = Path(installed_chromium() or os.devnull).resolve()
    parts = [
        *(f"{name} {digest(root / name)}" for name in code),
        *listed,
        *sorted(str(path.relative_to(root)) for path in (root / "site").rglob("*")),
        *sorted(f"{each.name}=={each.version}" for each in distributions()),
        *(sys.version, f"{browser} {browser.stat().st_size} {browser.stat().st_mtime_ns}"),
    ]
    return sha256("\n".join(parts).encode()).hexdigest()


class Memory:
    """The passes of earlier runs.

    Args:
        file: Where they are kept.
        root: What names of files are relative to.
        now: The digest of what all tests depend on.
    """

    def __init__(self, file: Path, root: Path, now: str) -> None:
        self.file, self.root, self.now = file, root, now
        self.passed: dict[str, Reads] = {}
        self._digests: Reads = {}
        if file.is_file():
            kept = json.loads(file.read_text(encoding="utf-8"))
            self.passed = kept["passed"] if kept["common"] == now else {}

    def holds(self, test: str) -> bool:
        """Whether a test passed, and nothing that it read has changed."""
        reads = self.passed.get(test)
        return reads is not None and all(self._digest(name) == was for name, was in reads.items())

    def _digest(self, name: str) -> str:
        if name not in self._digests:
            self._digests[name] = digest(self.root / name)
        return self._digests[name]

    def save(self, passed: dict[str, list[str]], failed: set[str]) -> None:
        """Keep what passed now beside what passed before, and forget what failed."""
        self._digests.clear()
        for test, names in passed.items():
            self.passed[test] = {name: self._digest(name) for name in names}
        kept = {test: reads for test, reads in self.passed.items() if test not in failed}
        write_atomically(self.file, json.dumps({"common": self.now, "passed": kept}))


class Recorder:
    """Which files of the project are opened, told to whoever listens.

    Args:
        root: The project.
    """

    def __init__(self, root: Path) -> None:
        self._root, self._listening = f"{root}{os.sep}", list[set[str]]()
        sys.addaudithook(self._hear)

    @contextmanager
    def into(self, names: set[str]) -> Iterator[None]:
        """Add to a set what is opened meanwhile."""
        self._listening.append(names)
        try:
            yield
        finally:
            self._listening.remove(names)

    def _hear(self, event: str, details: tuple[Any, ...]) -> None:
        if self._listening and event in {"open", "subprocess.Popen"}:
            name = self._process(*details[:3]) if event != "open" else self._file(details[0])
            for names in self._listening if name else ():
                names.add(name)

    def _file(self, path: object) -> str:
        """A file of the project, relative to it; else nothing."""
        if not isinstance(path, str | os.PathLike):
            return ""
        whole = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - a pathlib call might open more
        name = whole.removeprefix(self._root).replace(os.sep, "/")
        changing = whole.startswith(self._root) and (name.startswith(MADE) or name.endswith(TEXT))
        return name if changing and name not in IGNORED else ""

    def _process(self, _: object, arguments: Any, folder: object) -> str:
        """A Python that might read anything of the project: nobody hears what it opens."""
        own, *others = [arguments] if isinstance(arguments, str) else map(str, arguments)
        inside = any(self._root in each for each in (*others, f"{folder or self._root}{os.sep}"))
        return UNHEARD if "python" in Path(own).name and inside else ""


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

        Built pages are left out there: tests that are made from them open them again.
        """
        with self.recorder.into(names := set()):
            report = yield
        if isinstance(collector, pytest.Module):
            pages = {name for name in names if name.startswith("site/")}
            self.of_file[collector.nodeid] = names - pages
        return report

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Leave out what passed."""
        known = [item for item in items if self.memory.holds(item.nodeid)]
        config.hook.pytest_deselected(items=known)
        items[:] = [item for item in items if not self.memory.holds(item.nodeid)]
        for item in items:
            item.stash[TEST] = item.nodeid  # others add the name of a group to it

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
        """What a fixture reads, all who use it depend on."""
        with self.recorder.into(self.of_fixture[fixturedef]):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Hear what one test reads."""
        item.stash[READS] = names = set(self.of_file.get(item.nodeid.split("::")[0], ()))
        with self.recorder.into(names):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Iterator[None]:
        """Send with the last report of a test that passed what it read, sorted."""
        report = yield
        item.stash[PASSED] = item.stash.get(PASSED, True) and report.passed
        if report.when == "teardown":
            names = item.stash[READS]
            for used in item._fixtureinfo.name2fixturedefs.values():  # type: ignore[attr-defined]
                names.update(*(self.of_fixture[each] for each in used))
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
    """Remember, where that is asked for."""
    if os.environ.get("REMEMBER") and not os.environ.get("CI"):
        memory = Memory(MEMORY, ROOT, common(ROOT))
        config.pluginmanager.register(Remembering(memory, Recorder(ROOT)), "remembering")
