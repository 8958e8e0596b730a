"""While pages are served, a rebuild makes what changed, shows it, and makes nothing else again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Template
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.pages import Page
from mkdocs.utils.yaml import yaml_load

from pages import rendering, templates
from pipeline.handing import to_json
from pipeline.places import ROOT, Places
from pipeline.scope import Scope
from steps.site import INSIDE

TEXTS = {
    "index.md": "# Start\n\nIt has {{ fact.accuracy }}.\n",
    "seen.md": "# Seen\n\n<!-- figure: dots -->\n\n<!-- claim: holds -->\n",
    "one.md": "# One\n\n## Part\n\nA kernel, \\(x\\).\n",
    "api.md": "# Code\n\n::: small\n",
    "links.md": "# Links\n\n[One](one.md#part), [small][small.doubled].\n",
}
WORDS: dict[str, Any] = {
    "facts": {"accuracy": "98.5 %"},
    "claims": {"holds": "<p>All hold.</p>"},
    "ledger": "",
    "overview": {},
}
DOUBLED = 'def doubled(number: int) -> int:\n    """Twice."""\n    return 2 * number\n'


class Served:
    """A small site of these hooks that is built again and again in this process."""

    def __init__(self, root: Path) -> None:
        self.root, self.places = root, Places.apart(root, root / "cache", Scope())
        self.site, self.rendered, self.filled = root / "site", list[str](), list[str]()
        for uri, text in TEXTS.items():
            self.write(f"docs/{uri}", text)
        self.write("docs/assets/main.js", "")
        self.write("docs/assets/ledger.js", "")
        self.write("cnnfilters/small.py", DOUBLED)
        self.write("cache/generated/figures/dots.html", "<figure>Dots</figure>")
        self.words(WORDS)
        self.settings()

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def words(self, words: dict[str, Any]) -> None:
        self.write("cache/words.json", json.dumps(words))

    def settings(self, **changed: Any) -> None:
        """Those of the real site, but for its own pages, style sheets and tutorials."""
        with (ROOT / "mkdocs.yml").open(encoding="utf-8") as file:
            given = yaml_load(file)
        [reference] = [p["mkdocstrings"] for p in given["plugins"] if "mkdocstrings" in p]
        reference["custom_templates"] = str(ROOT / reference["custom_templates"])
        python = reference["handlers"]["python"]
        python["paths"] = [str(self.root / "cnnfilters")]
        python["options"]["extensions"] = []
        given["theme"]["custom_dir"] = str(ROOT / "overrides")
        given["plugins"] = ["search", {"mkdocstrings": reference}]
        given |= {"hooks": [str(ROOT / "scripts" / "hooks.py")], "extra_css": [], "watch": []}
        del given["nav"]
        self.write("mkdocs.yml", json.dumps(given | changed))

    def build(self, site: str = "site", *, command: str = "") -> dict[str, bytes]:
        """Build; with a command, as the first time in a process."""
        self.rendered.clear()
        self.filled.clear()
        config = load_config(str(self.root / "mkdocs.yml"), site_dir=str(self.root / site))
        if command:
            config.plugins.on_startup(command=command, dirty=False)
        build(config)
        files = [path for path in (self.root / site).rglob("*") if path.is_file()]
        made = {path.relative_to(self.root / site).as_posix(): path for path in files}
        return {name: made[name].read_bytes() for name in sorted(made) if name != "sitemap.xml.gz"}

    def note(self, patch: pytest.MonkeyPatch) -> None:
        """Have mkdocs tell which pages it renders, and which it puts into a template."""
        render, fill = Page.render, Template.render

        def rendering_noted(page: Page, *given: Any) -> None:
            self.rendered.append(page.file.src_uri)
            render(page, *given)

        def filling_noted(template: Template, *given: Any, **named: Any) -> str:
            page = given[0].get("page") if given and "nav" in given[0] else None
            self.filled += [page.file.src_uri] if page else []
            return fill(template, *given, **named)

        patch.setattr(Page, "render", rendering_noted)
        patch.setattr(Template, "render", filling_noted)


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Served:
    """Built once, as `mkdocs serve` begins."""
    site = Served(tmp_path)
    site.note(monkeypatch)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    monkeypatch.setenv(INSIDE, to_json(site.places))
    site.build(command="serve")
    return site


def test_nothing_is_rendered_again_when_nothing_changed(served: Served) -> None:
    assert set(served.rendered) == set(served.filled) == set(TEXTS)
    first = served.build("site")
    assert (served.rendered, served.filled) == ([], [])
    assert first == served.build("afresh", command="serve")


def test_an_edited_page_alone_is_rendered_again_and_shows(served: Served) -> None:
    served.write("docs/one.md", TEXTS["one.md"] + "\nAnother filter.\n")
    assert b"Another filter." in served.build()["one/index.html"]
    assert served.rendered == served.filled == ["one.md"]


def test_a_changed_figure_fills_the_page_that_shows_it_and_renders_none(served: Served) -> None:
    served.write("cache/generated/figures/dots.html", "<figure>Lines</figure>")
    assert b"Lines" in served.build()["seen/index.html"]
    assert (served.rendered, served.filled) == ([], ["seen.md"])


def test_a_build_for_readers_remembers_nothing(served: Served) -> None:
    served.build(command="build")
    served.build()
    assert set(served.rendered) == set(served.filled) == set(TEXTS)


def new_fact(served: Served) -> None:
    served.words(WORDS | {"facts": {"accuracy": "98.6 %"}})


def new_claim(served: Served) -> None:
    served.words(WORDS | {"claims": {"holds": "<p>Some hold.</p>"}})


def new_link(served: Served) -> None:
    served.write("docs/index.md", "# Start\n\n[Twice][small.doubled], [part](one.md#part)\n")


def new_page(served: Served) -> None:
    served.write("docs/two.md", "# Two\n\n[One](one.md), [self][small.doubled]\n")
    served.write("docs/links.md", "# Links\n\n[Two](two.md)\n")


def page_gone(served: Served) -> None:
    (served.root / "docs" / "seen.md").unlink()


def awaited_page(served: Served) -> None:
    """The page that linked to it did not change."""
    served.write("docs/links.md", "# Links\n\n[Later](later.md)\n")
    served.build()
    served.write("docs/later.md", "# Later\n")


def new_title(served: Served) -> None:
    served.write("docs/one.md", "# First\n\n## Part\n")


def new_code(served: Served) -> None:
    served.write("cnnfilters/small.py", f'{DOUBLED}\n\ndef half() -> None:\n    """No."""\n')


def code_gone(served: Served) -> None:
    served.write("docs/links.md", "# Links\n")
    served.write("cnnfilters/small.py", "SIZE = 1\n")


def new_description(served: Served) -> None:
    served.write("docs/one.md", f"---\ndescription: All of it.\n---\n{TEXTS['one.md']}")


def new_name_of_the_site(served: Served) -> None:
    served.settings(site_name="Another site")


CHANGES: list[Callable[[Served], None]] = [
    new_fact,
    new_claim,
    new_link,
    new_page,
    page_gone,
    awaited_page,
    new_title,
    new_code,
    code_gone,
    new_description,
    new_name_of_the_site,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_is_remembered_looks_as_if_all_were_made_afresh(
    served: Served, change: Callable[[Served], None]
) -> None:
    before = served.build()
    change(served)
    after = served.build()
    assert after != before
    afresh = served.build("afresh", command="serve")
    assert [
        name for name in after.keys() | afresh.keys() if after.get(name) != afresh.get(name)
    ] == []


@pytest.mark.parametrize(
    ("module", "forgotten", "change"),
    [
        (rendering, "code", new_code),
        (rendering, "_site", awaited_page),
        (rendering, "_told", new_link),
        (templates, "_around", new_title),
        (templates, "_shown", new_fact),
    ],
    ids=lambda given: getattr(given, "__name__", given),
)
def test_a_memory_that_forgets_what_it_depends_on_is_seen(
    served: Served,
    module: Any,
    forgotten: str,
    change: Callable[[Served], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, forgotten, lambda *_: {})
    served.build(command="serve")
    change(served)
    assert served.build() != served.build("afresh", command="serve")
