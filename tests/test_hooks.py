"""mkdocs is the only one who calls scripts/hooks.py, and only that file knows mkdocs."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

import hooks
from pages import assets
from pages.measured import Measured
from pipeline.places import ROOT, Places
from pipeline.scope import Scope
from steps.site import INSIDE

MATTER = {"number": 12, "question": "Why?", "minutes": 9, "goals": ["see"], "description": "All."}
TITLE = '<h1 id="weights">Reading the weights</h1>'


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> hooks.State:
    """A build of its own, with one fact."""
    places = Places.apart(ROOT, tmp_path / "cache", Scope())
    state = hooks.State(places=places, measured=Measured(tmp_path, {"accuracy": "98.6 %"}))
    monkeypatch.setattr(hooks, "now", state)
    return state


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    settings = MkDocsConfig()
    settings.load_dict(
        {"site_name": "x", "docs_dir": str(tmp_path), "site_dir": str(tmp_path / "s")}
    )
    settings.validate()
    settings.plugins._current_plugin = "test"  # mkdocs sets it while it calls a hook
    (tmp_path / "assets").mkdir()
    return settings


def page(uri: str = "learning/12.md", **meta: Any) -> SimpleNamespace:
    file = SimpleNamespace(src_uri=uri)
    return SimpleNamespace(url="learning/12/", meta=meta, title="Reading the weights", file=file)


def test_every_hook_loads_for_mkdocs_alone() -> None:
    """No path is set for who types `mkdocs serve`."""
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    call = "from mkdocs.config import load_config; print(*load_config('mkdocs.yml').hooks)"
    done = subprocess.run(
        [sys.executable, "-c", call],
        cwd=ROOT,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "scripts/hooks.py" in done.stdout.split()


def docs(config: MkDocsConfig, **texts: str) -> Files:
    files = []
    for name, text in {"main.js": "", "ledger.js": "", **texts}.items():
        Path(config.docs_dir, "assets", name).write_text(text)
        files.append(File(f"assets/{name}", config.docs_dir, config.site_dir, True))
    return Files(files)


def test_our_style_sheets_become_one_in_their_order(config: MkDocsConfig) -> None:
    config.extra_css = ["assets/_mkdocstrings.css", "assets/b.css", "assets/a.css"]
    files = docs(config, **{"a.css": "a{}", "b.css": "b{}"})
    made = {file.src_uri: file.content_string for file in hooks.own_files(files, config=config)}
    scripts = {path: f"// {path}\n" for path in ("assets/main.js", "assets/ledger.js")}
    assert made == {**scripts, assets.STYLE: "b{}\na{}"}
    assert config.extra_css == ["assets/_mkdocstrings.css", assets.STYLE]


def test_a_style_sheet_that_is_not_there_is_named(config: MkDocsConfig) -> None:
    config.extra_css = ["assets/gone.css"]
    with pytest.raises(PluginError, match=r"extra_css: assets/gone\.css is not in"):
        hooks.own_files(docs(config), config=config)


def test_pages_name_the_tags_of_our_widgets(tmp_path: Path) -> None:
    (tmp_path / "widgets").mkdir()
    (tmp_path / "widgets" / "digit-lab.js").touch()
    config = SimpleNamespace(docs_dir=str(tmp_path), markdown_extensions=[], extra={})
    [tags] = hooks.on_config(config).markdown_extensions
    assert tags.tags == config.extra["widgets"] == ["digit-lab"]


def test_facts_go_into_text_and_front_matter() -> None:
    shown = page(description="At {{ fact.accuracy }}.", number=12)
    assert hooks.on_page_markdown("It has {{ fact.accuracy }}.", page=shown) == "It has 98.6 %."
    assert shown.meta == {"description": "At 98.6 %.", "number": 12}


def test_an_unknown_fact_of_a_generated_page_is_one_line_to_mkdocs() -> None:
    with pytest.raises(PluginError, match=r"^learning/12\.md: unknown fact `loss`"):
        hooks.on_page_markdown("{{ fact.loss }}", page=page())


def rendered(content: str, shown: SimpleNamespace) -> str:
    config = SimpleNamespace(docs_dir=str(ROOT / "docs"), extra={})
    return hooks.on_page_content(content, page=shown, config=config, files=Files([]))


def test_a_chapters_number_stands_before_its_title_in_the_navigation() -> None:
    shown = page(**MATTER)
    assert '<span class="cf-number">12.</span> Reading' in rendered(TITLE, shown)
    assert shown.title == "12. Reading the weights"


def test_terms_are_linked_in_chapters_alone() -> None:
    content = f"{TITLE}<p>A kernel.</p>"
    assert 'href="../../glossary/#kernel"' in rendered(content, page(**MATTER))
    assert rendered(content, page()) == content


@pytest.mark.parametrize(
    ("content", "meta", "message"),
    [
        (TITLE, {**MATTER, "goals": []}, "a chapter needs `goals` in its front matter"),
        ('<span class="arithmatex">\\(\\frac{1\\)</span>', {}, "`\\frac{1` is no formula: Error:"),
    ],
    ids=["chapter", "formula"],
)
def test_a_fault_is_a_warning_that_a_strict_build_counts(
    content: str, meta: dict[str, Any], message: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        rendered(content, page(**meta))
    [record] = caplog.records
    assert record.name.startswith("mkdocs.")
    assert record.getMessage().startswith(f"learning/12.md: {message}")


def test_the_characters_of_all_formulas_are_remembered_for_the_font(now: hooks.State) -> None:
    rendered('<span class="arithmatex">\\(x \\oplus 1\\)</span>', page())
    assert {ord("⊕"), 0x1D465} <= now.letters


@pytest.mark.parametrize(("name", "mended"), [("404.html", True), ("sitemap.xml", False)])
def test_a_template_is_mended_if_it_is_a_page(name: str, mended: bool) -> None:
    output = '<div data-md-component="search" role="dialog">'
    assert (hooks.on_post_template(output, template_name=name) != output) == mended
    assert hooks.on_post_page(output, page=page()) != output


@pytest.mark.parametrize(("command", "protected"), [("serve", False), ("build", True)])
def test_the_reload_script_of_serve_may_run(tmp_path: Path, command: str, protected: bool) -> None:
    (tmp_path / "index.html").write_text('<html><head><meta charset="utf-8"></head>')
    hooks.on_startup(command=command, dirty=False)
    hooks.on_post_build(config=SimpleNamespace(site_dir=str(tmp_path)))
    assert ("Content-Security-Policy" in (tmp_path / "index.html").read_text()) == protected


def test_each_build_reads_the_words_anew_and_forgets_the_letters_of_the_one_before(
    now: hooks.State, config: MkDocsConfig, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(INSIDE, "{}")  # the build has made what pages need
    now.places = replace(now.places, docs=tmp_path)
    now.places.words.parent.mkdir(parents=True)
    for accuracy in ("98.6 %", "98.7 %"):
        words = {"facts": {"accuracy": accuracy}, "claims": {}, "ledger": "", "overview": {}}
        now.places.words.write_text(json.dumps(words))
        now.letters.add(ord("x"))
        hooks.on_pre_build(config=config)
        assert now.measured.in_text("{{ fact.accuracy }}", "index.md") == accuracy
        assert now.letters == set()
