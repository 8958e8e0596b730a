"""Which browser is used, and that a missing one is never passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks import chromium, loud_skips

pytest_plugins = ["pytester"]
HOOKS = Path(loud_skips.__file__)
SKIPPED = "import pytest\n@pytest.mark.browser\ndef test_page(): pytest.skip('no Chromium')"


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """A machine without any; paths of other systems are looked for below `tmp_path`."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "MACOS", ())
    for name in chromium.WINDOWS_FOLDERS:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_no_browser_is_none(no_browser: pytest.MonkeyPatch) -> None:
    assert chromium.installed_chromium() is None


def test_a_browser_on_the_path_is_found(no_browser: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / ("chromium.exe" if chromium.os.name == "nt" else "chromium")
    program.touch(mode=0o755)
    assert chromium.installed_chromium() == str(program)


def test_a_browser_among_windows_programs_is_found(
    no_browser: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    no_browser.setenv("LOCALAPPDATA", str(tmp_path))
    program = tmp_path / chromium.WINDOWS_PLACES[0]
    program.parent.mkdir(parents=True)
    program.touch()
    assert chromium.installed_chromium() == str(program)


def run_skipped(pytester: pytest.Pytester) -> pytest.RunResult:
    """The outcome of a run whose only test is a browser test that is skipped."""
    pytester.makeini("[pytest]\nmarkers = browser: needs a Chromium")
    pytester.makeconftest(HOOKS.read_text(encoding="utf-8"))
    pytester.makepyfile(SKIPPED)
    return pytester.runpytest_subprocess()


def test_skipped_browser_tests_are_counted_aloud(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    result = run_skipped(pytester)
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines("*1 BROWSER TESTS DID NOT RUN*")


def test_a_skipped_browser_test_fails_in_ci(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    result = run_skipped(pytester)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines("*may not be in CI*")
