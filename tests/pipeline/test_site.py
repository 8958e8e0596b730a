"""The site is built beside the old one, which stays until the new one is whole."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import SimpleNamespace

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


Calls = list[list[str]]


@pytest.fixture
def mkdocs(root: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """The calls of something that writes one page where mkdocs would write all."""
    calls: Calls = []

    def run(command: list[str], **_: object) -> SimpleNamespace:
        if "mkdocs" in command:
            calls.append(command)
            new = Path(command[-1])
            new.mkdir()
            (new / "index.html").write_text("new")
        return SimpleNamespace(returncode=0, stdout="1700000000\n")

    monkeypatch.setattr(subprocess, "run", run)
    return calls


def test_a_new_site_takes_the_place_of_the_old(root: Path, mkdocs: Calls) -> None:
    assert site.build_site()
    assert (root / "site" / "index.html").read_text() == "new"
    assert not (root / "new").exists()
    assert not (root / "old").exists()
    assert "--strict" in mkdocs[0]
    assert "-q" not in mkdocs[0]  # it would switch strict off


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
    def refuse(command: list[str], **_: object) -> SimpleNamespace:
        (root / "new").mkdir(exist_ok=True)
        return SimpleNamespace(returncode=1, stdout="")

    monkeypatch.setattr(subprocess, "run", refuse)
    with pytest.raises(BuildError, match="the lines above say why"):
        site.build_site()
    assert (root / "site" / "index.html").read_text() == "old site/index.html"
    assert not (root / "new").exists()


@pytest.mark.parametrize("git", [OSError("no git"), subprocess.CalledProcessError(128, "git")])
def test_without_history_the_date_is_fixed(git: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise git

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(subprocess, "run", fail)
    assert site._environment()["SOURCE_DATE_EPOCH"] == "0"
