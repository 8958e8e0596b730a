"""The site is built beside the old one, which stays until the new one is whole."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from pipeline import site, stamps
from pipeline.processes import BuildError


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one page and an old site."""
    for name in ("ROOT", "CACHE", "DOCS", "GENERATED", "NOTEBOOKS", "SITE", "WORDS", "NEW", "OLD"):
        monkeypatch.setattr(site, name, tmp_path / name.lower())
    monkeypatch.setattr(site, "ROOT", tmp_path)
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    monkeypatch.setattr(stamps, "STAMPS", tmp_path / "stamps")
    for path in ("docs/index.md", "mkdocs.yml", "words", "site/index.html"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(f"old {path}")
    return tmp_path


Calls = list[tuple[str, ...]]


@pytest.fixture
def mkdocs(root: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """The calls of something that writes one page where mkdocs would write all."""
    calls: Calls = []

    def run_step(*call: str, **_: object) -> None:
        calls.append(call)
        (root / "new").mkdir()
        (root / "new" / "index.html").write_text("new")

    monkeypatch.setattr(site, "run_step", run_step)
    return calls


def test_a_new_site_takes_the_place_of_the_old(root: Path, mkdocs: Calls) -> None:
    assert site.build_site()
    assert (root / "site" / "index.html").read_text() == "new"
    assert not (root / "new").exists()
    assert not (root / "old").exists()
    assert mkdocs == [("site",)]


def test_an_unchanged_site_is_left_alone(mkdocs: Calls) -> None:
    assert [site.build_site() for _ in range(2)] == [True, False]
    assert len(mkdocs) == 1


@pytest.mark.parametrize(
    "path", ["docs/index.md", "mkdocs.yml", "words", "overrides/new.html", "scripts/hook.py"]
)
def test_whatever_a_page_depends_on_builds_it_again(path: str, root: Path, mkdocs: Calls) -> None:
    site.build_site()
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text("changed")
    assert site.build_site()


@pytest.mark.parametrize("name", ["SITE_URL", "REPO_URL"])
def test_another_address_builds_it_again(
    name: str, mkdocs: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build_site()
    monkeypatch.setenv(name, "https://example.org/repo/")
    assert site.build_site()


def test_a_missing_page_builds_it_again(root: Path, mkdocs: Calls) -> None:
    site.build_site()
    (root / "site" / "index.html").unlink()
    assert site.build_site()


def test_force_builds_it_again(mkdocs: Calls) -> None:
    site.build_site()
    assert site.build_site(force=True)
    assert len(mkdocs) == 2


def test_what_mkdocs_refuses_leaves_the_old_site(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str, **__: object) -> None:
        (root / "new").mkdir()
        raise BuildError("")

    monkeypatch.setattr(site, "run_step", refuse)
    with pytest.raises(BuildError, match="the lines above say why"):
        site.build_site()
    assert (root / "site" / "index.html").read_text() == "old site/index.html"
    assert not (root / "new").exists()


@pytest.mark.usefixtures("mkdocs")
def test_a_kill_between_the_halves_of_a_swap_loses_no_site(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(path: Path, target: Path) -> None:
        if path == root / "new":
            raise KeyboardInterrupt
        path.replace(target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            site.build_site()
    assert not (root / "site").exists()
    monkeypatch.setattr(site, "run_step", lambda *_, **__: pytest.fail("mkdocs"))
    with pytest.raises(pytest.fail.Exception):
        site.build_site()
    assert (root / "site" / "index.html").read_text() == "old site/index.html"


@pytest.mark.usefixtures("mkdocs")
def test_a_folder_that_a_server_reads_for_a_moment_is_waited_for(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals = iter([PermissionError(13, "in use"), PermissionError(13, "in use")])

    def rename(path: Path, target: Path) -> None:
        if refusal := next(refusals, None):
            raise refusal
        path.replace(target)

    monkeypatch.setattr(Path, "rename", rename)
    monkeypatch.setattr(site, "PAUSES", (0, 0, 0))
    assert site.build_site()
    assert (root / "site" / "index.html").read_text() != "old site/index.html"


@pytest.mark.usefixtures("mkdocs")
def test_a_folder_that_stays_in_use_is_named_and_the_old_site_stays(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Path) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "rename", refuse)
    monkeypatch.setattr(site, "PAUSES", (0, 0))
    with pytest.raises(BuildError, match=r"site is in use by another program; end it"):
        site.build_site()
    assert (root / "site" / "index.html").read_text() == "old site/index.html"


def test_mkdocs_is_strict_and_names_the_folder_on_a_full_disk(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def full(words: list[str]) -> None:
        asked.append(words)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mkdocs.__main__.cli", full)
    with pytest.raises(OSError, match=re.escape(f"No space left on device: '{root / 'new'}'")):
        site.main()
    assert asked == [["build", "--strict", "--site-dir", str(root / "new")]]  # -q: not strict


@pytest.mark.parametrize("git", [OSError("no git"), subprocess.CalledProcessError(128, "git")])
def test_without_history_the_date_is_fixed(git: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise git

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(subprocess, "run", fail)
    assert site._environment()["SOURCE_DATE_EPOCH"] == "0"
