"""The site is built beside the old one, which stays until the new one is whole."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from pipeline.places import Places
from pipeline.processes import BuildError
from steps import site
from steps.site import Mkdocs


@pytest.fixture
def root(places: Places) -> Path:
    """A repository with one page and an old site."""
    for path in ("docs/index.md", "mkdocs.yml", "words.json", "site/index.html"):
        (places.root / path).parent.mkdir(exist_ok=True)
        (places.root / path).write_text(f"old {path}")
    return places.root


Calls = list[Mkdocs]


@pytest.fixture
def mkdocs(root: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """The calls of something that writes one page where mkdocs would write all."""
    calls: Calls = []

    def run_step(call: Mkdocs, **_: object) -> None:
        calls.append(call)
        call.folder.mkdir()
        (call.folder / "index.html").write_text("new")

    monkeypatch.setattr(site, "run_step", run_step)
    return calls


def test_a_new_site_takes_the_place_of_the_old(root: Path, places: Places, mkdocs: Calls) -> None:
    assert site.build_site(places)
    assert (root / "site" / "index.html").read_text() == "new"
    assert not (root / "site-new").exists()
    assert not (root / "site-old").exists()
    assert mkdocs == [Mkdocs(root / "site-new")]


def test_an_unchanged_site_is_left_alone(places: Places, mkdocs: Calls) -> None:
    assert [site.build_site(places) for _ in range(2)] == [True, False]
    assert len(mkdocs) == 1


@pytest.mark.parametrize(
    "path", ["docs/index.md", "mkdocs.yml", "words.json", "overrides/new.html", "scripts/hook.py"]
)
def test_whatever_a_page_depends_on_builds_it_again(
    path: str, root: Path, places: Places, mkdocs: Calls
) -> None:
    site.build_site(places)
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text("changed")
    assert site.build_site(places)


@pytest.mark.parametrize("name", ["SITE_URL", "REPO_URL"])
def test_another_address_builds_it_again(
    name: str, places: Places, mkdocs: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build_site(places)
    monkeypatch.setenv(name, "https://example.org/repo/")
    assert site.build_site(places)


def test_a_missing_page_builds_it_again(root: Path, places: Places, mkdocs: Calls) -> None:
    site.build_site(places)
    (root / "site" / "index.html").unlink()
    assert site.build_site(places)


def test_force_builds_it_again(places: Places, mkdocs: Calls) -> None:
    site.build_site(places)
    assert site.build_site(places, force=True)
    assert len(mkdocs) == 2


def test_what_mkdocs_refuses_leaves_the_old_site(
    root: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str, **__: object) -> None:
        (root / "site-new").mkdir()
        raise BuildError("")

    monkeypatch.setattr(site, "run_step", refuse)
    with pytest.raises(BuildError, match="the lines above say why"):
        site.build_site(places)
    assert (root / "site" / "index.html").read_text() == "old site/index.html"
    assert not (root / "site-new").exists()


@pytest.mark.usefixtures("mkdocs")
def test_a_kill_between_the_halves_of_a_swap_loses_no_site(
    root: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(path: Path, target: Path) -> None:
        if path == root / "site-new":
            raise KeyboardInterrupt
        path.replace(target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            site.build_site(places)
    assert not (root / "site").exists()
    monkeypatch.setattr(site, "run_step", lambda *_, **__: pytest.fail("mkdocs"))
    with pytest.raises(pytest.fail.Exception):
        site.build_site(places)
    assert (root / "site" / "index.html").read_text() == "old site/index.html"


@pytest.mark.usefixtures("mkdocs")
def test_a_folder_that_a_server_reads_for_a_moment_is_waited_for(
    root: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals = iter([PermissionError(13, "in use"), PermissionError(13, "in use")])

    def rename(path: Path, target: Path) -> None:
        if refusal := next(refusals, None):
            raise refusal
        path.replace(target)

    monkeypatch.setattr(Path, "rename", rename)
    monkeypatch.setattr(site, "PAUSES", (0, 0, 0))
    assert site.build_site(places)
    assert (root / "site" / "index.html").read_text() != "old site/index.html"


@pytest.mark.usefixtures("mkdocs")
def test_a_folder_that_stays_in_use_is_named_and_the_old_site_stays(
    root: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Path) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "rename", refuse)
    monkeypatch.setattr(site, "PAUSES", (0, 0))
    with pytest.raises(BuildError, match=r"site is in use by another program; end it"):
        site.build_site(places)
    assert (root / "site" / "index.html").read_text() == "old site/index.html"


def test_mkdocs_is_strict_and_names_the_folder_on_a_full_disk(
    root: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def full(words: list[str]) -> None:
        asked.append(words)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mkdocs.__main__.cli", full)
    with pytest.raises(OSError, match=re.escape(f"No space left on device: '{root / 'site-new'}'")):
        Mkdocs(root / "site-new").run()
    assert asked == [["build", "--strict", "--site-dir", str(root / "site-new")]]  # -q: not strict


@pytest.mark.parametrize("git", [OSError("no git"), subprocess.CalledProcessError(128, "git")])
def test_without_history_the_date_is_fixed(
    git: Exception, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise git

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(subprocess, "run", fail)
    assert site._environment(places)["SOURCE_DATE_EPOCH"] == "0"
