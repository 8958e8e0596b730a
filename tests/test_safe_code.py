"""Nothing that is read is ever run: no pickle, no eval, no text taken for markup."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYTHON = ("cnnfilters", "scripts", "docs/tutorials")
SCRIPTS = sorted(ROOT.glob("docs/**/*.js"))
PAGES = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("docs/**/*.py"), *ROOT.glob("overrides/**/*.html")]
RUNS_WHAT_IT_READS = {"cloudpickle", "dill", "joblib", "marshal", "pickle", "shelve"}
# a call and what must be written in it, since the safe way is not everywhere the default
SPELLED_OUT = {"torch.load": "weights_only=True", "np.load": "allow_pickle=False"}
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__", "yaml.unsafe_load", "yaml.full_load"}
UNSAFE_JS = {
    "runs text": r"\beval\s*\(|\bFunction\s*\(|\bset(?:Timeout|Interval)\s*\(\s*[\"'`]|javascript:",
    "parses text as markup": (
        r"\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|createContextualFragment"
        r"|DOMParser|setHTMLUnsafe|\bsrcdoc\b"
    ),
    "loads from elsewhere": r"(?:import|fetch|Worker|importScripts)\s*\(\s*[\"'`](?:https?:)?//",
}
HANDLER = re.compile(r"<[a-z][^<>`]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE)


def python_problems(source: str) -> Iterator[str]:
    """Calls and imports that run what they read."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
            yield from (f"imports {name}" for name in names if name in RUNS_WHAT_IT_READS)
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func).replace("numpy.", "np.")
            if called in UNSAFE_CALLS:
                yield f"calls {called}"
            options = {ast.unparse(keyword) for keyword in node.keywords}
            if SPELLED_OUT.get(called, "") not in options | {""}:
                yield f"calls {called} without {SPELLED_OUT[called]}"


def script_problems(source: str) -> list[str]:
    """Words of JavaScript that run a text, or take it for markup."""
    return [what for what, words in UNSAFE_JS.items() if re.search(words, source)]


def test_no_python_runs_what_it_reads() -> None:
    files = [path for folder in PYTHON for path in sorted(ROOT.glob(f"{folder}/**/*.py"))]
    problems = {
        path.relative_to(ROOT).as_posix(): found
        for path in files
        if (found := list(python_problems(path.read_text(encoding="utf-8"))))
    }
    assert len(files) > 100
    assert problems == {}


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("import pickle", "imports pickle"),
        ("from pickle import load", "imports pickle"),
        ("import dill as safe", "imports dill"),
        ("eval(text)", "calls eval"),
        ("exec(text)", "calls exec"),
        ("yaml.unsafe_load(text)", "calls yaml.unsafe_load"),
        ("torch.load(path)", "calls torch.load without weights_only=True"),
        ("torch.load(path, weights_only=False)", "calls torch.load without weights_only=True"),
        ("np.load(path, allow_pickle=True)", "calls np.load without allow_pickle=False"),
        ("numpy.load(path)", "calls np.load without allow_pickle=False"),
    ],
)
def test_python_that_runs_what_it_reads_is_found(source: str, problem: str) -> None:
    assert list(python_problems(source)) == [problem]


def test_python_that_only_reads_passes() -> None:
    source = "import json\nnp.load(p, allow_pickle=False)\nnetwork.eval()\nre.compile('a')"
    assert list(python_problems(source)) == []


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("import pickle\npickle.loads(b'')", "S301"),
        ("eval('1')", "S307"),
        ("exec('1')", "S102"),
        ("import yaml\nyaml.load('a', yaml.Loader)", "S506"),
        ("import marshal\nmarshal.loads(b'')", "S302"),
    ],
)
@pytest.mark.parametrize("place", ["cnnfilters", "scripts", "docs/tutorials"])
def test_the_linter_forbids_it_too(code: str, rule: str, place: str) -> None:
    command = [sys.executable, "-m", "ruff", "check", "--quiet", "--output-format=concise"]
    command += ["--no-cache", "--exit-zero", f"--stdin-filename={place}/planted.py", "-"]
    done = subprocess.run(command, check=True, input=code, capture_output=True, text=True, cwd=ROOT)
    assert f" {rule} " in done.stdout  # torch.load has no rule yet: the test above stands for it


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_script_runs_a_text_or_takes_it_for_markup(path: Path) -> None:
    assert script_problems(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("const a = eval(text)", "runs text"),
        ("new Function('return 1')()", "runs text"),
        ("setTimeout('go()', 9)", "runs text"),
        ("link.href = `javascript:${text}`", "runs text"),
        ("body.innerHTML = text", "parses text as markup"),
        ("body.insertAdjacentHTML('beforeend', text)", "parses text as markup"),
        ("new DOMParser().parseFromString(text, 'text/html')", "parses text as markup"),
        ("await import('https://cdn.example/a.js')", "loads from elsewhere"),
        ('fetch("//cdn.example/a.json")', "loads from elsewhere"),
    ],
)
def test_a_script_that_does_is_found(source: str, problem: str) -> None:
    assert script_problems(source) == [problem]


@pytest.mark.parametrize(
    "source", ["setTimeout(() => go(), 9)", "import('./a.js')", "isFunction(a)", "crossEval (a)"]
)
def test_a_script_that_does_not_passes(source: str) -> None:
    assert script_problems(source) == []


def test_no_page_has_a_script_in_an_attribute() -> None:
    texts = {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in PAGES}
    assert [path for path, text in texts.items() if HANDLER.search(text)] == []


def test_a_script_in_an_attribute_is_found() -> None:
    assert HANDLER.search('<p class="a" onclick="go()">')
    assert not HANDLER.search("a < b and on = 'x'")
