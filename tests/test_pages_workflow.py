"""Publishing: refused in words where Pages is off, nothing trained is lost, notebooks go first."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from pipeline.places import ROOT, Places
from workflow_steps import GITHUB, needs_bash, read, run, step

PLACES = Places.of(ROOT)
PAGES = read(GITHUB / "workflows" / "pages.yml")
JOBS = PAGES["jobs"]
BUILD = JOBS["build"]["steps"]
ASK = JOBS["enabled"]["steps"][0]["run"]
KEEP = "Keep digits and trained networks"
RESTORE = "Bring back digits and trained networks"
ON = '{\n  "status": "built",\n  "build_type": "workflow"\n}'
FROM_A_BRANCH = '{"build_type":"legacy","html_url":"https://example.org/workflow"}'


@contextmanager
def api(status: int, answer: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Something that answers like GitHub, and what it was asked."""
    asked: list[tuple[str, str]] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["Authorization"]))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def ask(status: int, answer: str, event: str, folder: Path) -> tuple[int, str, str, str]:
    """What the first job does: its status, what it prints, its output, its summary."""
    output, summary = folder / "output", folder / "summary"
    with api(status, answer) as (address, asked):
        done = run(
            ASK,
            folder,
            TOKEN="secret",
            GITHUB_API_URL=address,
            GITHUB_SERVER_URL="https://github.com",
            GITHUB_REPOSITORY="owner/name",
            GITHUB_EVENT_NAME=event,
            GITHUB_OUTPUT=str(output),
            GITHUB_STEP_SUMMARY=str(summary),
        )
    assert asked == [("/repos/owner/name/pages", "Bearer secret")]
    assert done.stderr == ""
    texts = [path.read_text() if path.exists() else "" for path in (output, summary)]
    return done.returncode, done.stdout, *texts


@needs_bash
def test_where_pages_is_on_the_site_is_built(tmp_path: Path) -> None:
    assert ask(200, ON, "push", tmp_path) == (0, "", "pages=enabled\n", "")
    assert JOBS["build"]["needs"] == "enabled"
    assert JOBS["build"]["if"] == "needs.enabled.outputs.pages == 'enabled'"
    assert JOBS["enabled"]["outputs"]["pages"] == "${{ steps.ask.outputs.pages }}"


@needs_bash
@pytest.mark.parametrize(
    ("status", "answer"), [(404, "{}"), (200, FROM_A_BRANCH)], ids=["off", "from a branch"]
)
@pytest.mark.parametrize(
    ("event", "code", "kind"), [("push", 0, "warning"), ("workflow_dispatch", 1, "error")]
)
def test_where_pages_is_off_one_line_says_what_to_do(
    status: int, answer: str, event: str, code: int, kind: str, tmp_path: Path
) -> None:
    returned, said, output, summary = ask(status, answer, event, tmp_path)
    assert (returned, output) == (code, "")
    assert said.count("\n") == 1
    assert said.startswith(f"::{kind} title=Pages is not enabled::Nothing is published. Choose")
    assert "https://github.com/owner/name/settings/pages" in said
    assert "GitHub Actions as the source" in summary


@needs_bash
@pytest.mark.parametrize("event", ["push", "workflow_dispatch"])
def test_an_answer_that_says_neither_is_shown(event: str, tmp_path: Path) -> None:
    returned, said, output, _ = ask(403, "no access", event, tmp_path)
    assert (returned, output) == (1, "")
    assert said.startswith("::error::GitHub did not say whether Pages is enabled: no access")


def test_what_was_trained_is_kept_before_it_is_tested_and_whatever_fails() -> None:
    names = [each["name"] for each in BUILD]
    order = [RESTORE, "Install", "Build", "Forget networks that no build asks for any more"]
    assert [name for name in names if name in {*order, KEEP, "Test"}] == [*order, KEEP, "Test"]
    assert step(BUILD, KEEP)["if"].startswith("always() &&")
    assert "if" not in step(BUILD, "Test")


def test_what_is_kept_is_brought_back() -> None:
    kept, restored = step(BUILD, KEEP), step(BUILD, RESTORE)
    assert kept["with"]["path"] == restored["with"]["path"]
    paths = [ROOT / path for path in kept["with"]["path"].split()]
    assert paths == [ROOT / "data", PLACES.runs, PLACES.studies]
    for name in ("cnnfilters/**/*.py", "pyproject.toml", ".github/constraints.txt"):
        assert f"'{name}'" in restored["with"]["key"]
    assert kept["with"]["key"].startswith("${{ steps.kept.outputs.cache-primary-key }}-${{")
    made = (PLACES.runs, PLACES.studies)
    folders = [f"'{path.relative_to(ROOT).as_posix()}/*'" for path in made]
    content = f"hashFiles({', '.join(folders)})"  # other files, another name: none is written twice
    assert content in kept["with"]["key"]
    assert f"!endsWith(steps.kept.outputs.cache-matched-key, {content})" in kept["if"]
    assert PLACES.manifest not in paths  # a build writes it


def test_pages_are_published_after_the_notebooks_that_they_link_to() -> None:
    assert set(JOBS["deploy"]["needs"]) == {"build", "notebooks"}


def test_what_is_tested_is_built_with_the_same_choices() -> None:
    build, test = step(BUILD, "Build"), step(BUILD, "Test")
    assert build["run"].replace("site", "test") == test["run"]
    assert build["env"] == test["env"]


@needs_bash
def test_the_branch_of_notebooks_is_one_commit_each_time(tmp_path: Path) -> None:
    push = step(JOBS["notebooks"]["steps"], "Push them as the only commit of the branch")["run"]
    remote = tmp_path / "server" / "owner" / "name"
    git("init", "--quiet", "--bare", str(remote))
    for turn in ("one", "two"):
        folder = tmp_path / turn
        folder.mkdir()
        (folder / f"{turn}.ipynb").write_text("{}")
        settings: dict[str, Any] = {
            "TOKEN": "secret",
            "GITHUB_SHA": turn,
            "GITHUB_SERVER_URL": str(remote.parents[1]),
            "GITHUB_REPOSITORY": "owner/name",
        }
        done = run(push, folder, **settings)
        assert done.returncode == 0, done.stderr
    at = f"--git-dir={remote}"
    assert git(at, "log", "--format=%s", "notebooks") == "Tutorials of two, without outputs\n"
    assert git(at, "ls-tree", "--name-only", "notebooks") == "two.ipynb\n"
    assert "secret" not in (tmp_path / "two" / ".git" / "config").read_text()


def git(*words: str) -> str:
    return subprocess.run(["git", *words], check=True, capture_output=True, text=True).stdout
