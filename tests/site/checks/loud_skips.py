"""A browser test that does not run is never quiet: counted at the end, and a failure in CI."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if os.environ.get("CI") and report.skipped and item.get_closest_marker("browser"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which a browser test may not be in CI: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    browser_tests = [report for report in skipped if "browser" in report.keywords]
    if browser_tests:
        line = f"{len(browser_tests)} BROWSER TESTS DID NOT RUN: no usable Chromium or Chrome"
        terminalreporter.write_sep("!", line, red=True, bold=True)
