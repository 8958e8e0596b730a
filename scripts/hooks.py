"""What becomes of the site, in the order in which it happens: the one file that knows mkdocs.

The work itself is in scripts/pages, which knows no generator. Each event does all that is ours in
it; a plugin has its turn first, unless a line here says otherwise.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import markdown
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import _RelativePathTreeprocessor
from mkdocs.utils import get_relative_url
from mkdocs_jupyter.config import settings
from nbconvert.exporters.templateexporter import default_filters
from pathspec.gitignore import GitIgnoreSpec

from pages import (
    accessibility,
    assets,
    finish,
    gather,
    glossary,
    maths,
    notebooks,
    opening,
    rendering,
    security,
    speed,
    templates,
)
from pages.measured import Measured
from pages.memory import Memory
from pipeline.build_first import build_first
from pipeline.handing import from_json
from pipeline.places import ROOT, Places
from pipeline.processes import BuildError
from steps.previews import address
from steps.site import INSIDE

log = logging.getLogger("mkdocs.hooks")  # a strict build counts its warnings
Given = ParamSpec("Given")
Result = TypeVar("Result")


@dataclass
class State:
    """What one event leaves for another, in this process."""

    memory: Memory = field(default_factory=Memory)  # on while pages are served
    places: Places = field(default_factory=lambda: Places.of(ROOT))
    measured: Measured = field(default_factory=lambda: Measured(Path(), {}))
    letters: set[int] = field(default_factory=set)  # of every formula in this build
    renderer: markdown.Markdown = field(default_factory=markdown.Markdown)  # of the present page


now = State()


def in_one_line(event: Callable[Given, Result]) -> Callable[Given, Result]:
    """An event whose fault is one line to mkdocs, and no traceback."""

    @wraps(event)
    def wrapped(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        try:
            return event(*args, **kwargs)
        except BuildError as error:
            raise PluginError(str(error)) from None

    return wrapped


def on_startup(*, command: str, **_: Any) -> None:
    """Remember what was made if the pages are served while they are written."""
    now.memory = Memory(on=command == "serve")


def on_config(config: Any) -> Any:
    """Know our widgets' tags and the look of notebooks; leave out the pages that are not made."""
    given = os.environ.get(INSIDE)
    now.places = from_json(Places, given) if given else Places.of(ROOT)
    if only := now.places.scope.only.get("pages"):
        kept = [f"!/{page.replace('.py', '.ipynb')}" for page in sorted(only)]
        config.exclude_docs = GitIgnoreSpec.from_lines(["*.md", "*.ipynb", *kept])
        config.nav = None  # it follows from the pages
    settings.templates_dir = str(notebooks.TEMPLATE)
    default_filters["site_markdown"] = _site_markdown
    default_filters["site_code"] = notebooks.code
    tags = assets.tags(Path(config.docs_dir))
    config.markdown_extensions.append(assets.WidgetTags(tags))
    config.extra["widgets"] = tags
    return config


def _site_markdown(text: str) -> str:
    return now.renderer.convert(text)


@in_one_line
def on_pre_build(*, config: Any) -> None:
    """Make what is missing, and refuse unknown names before mkdocs empties the old site."""
    del config
    if not os.environ.get(INSIDE):  # else scripts/build.py has just done it
        now.memory.make_first(now.places, build_first)
    now.letters.clear()
    now.measured = Measured.read(now.places.words, now.places.figures)
    docs, pages = now.places.docs, now.places.scope.pages
    for path in pages(docs, "*.md") + pages(docs, "*.py"):
        now.measured.check(path.read_text(encoding="utf-8"), path.relative_to(docs).as_posix())


@event_priority(100)  # before mkdocs-jupyter looks for notebooks
def executed_tutorials(files: Files, *, config: Any) -> Files:
    """Put the executed notebook in the place of each tutorial's source."""
    for file in list(files):
        path = Path(file.src_uri)
        if path.parent.as_posix() == "tutorials" and path.suffix == ".py":
            files.remove(file)
            urls = config.use_directory_urls
            name = f"tutorials/{path.stem}.ipynb"
            files.append(File(name, str(now.places.notebooks), config.site_dir, urls))
    return files


@in_one_line
def own_files(files: Files, *, config: Any) -> Files:
    """Add what was generated, and join our style sheets and our scripts."""
    generated = now.places.generated
    for path in sorted(generated.rglob("*")):
        if path.is_file() and path.suffix != ".html" and not path.name.startswith("."):
            uri = path.relative_to(generated).as_posix()
            files.append(File.generated(config, uri, abs_src_path=str(path)))
    docs, ours = Path(config.docs_dir), assets.own_styles(config.extra_css)
    made = {assets.STYLE: assets.style(ours, docs), **assets.scripts(docs)}
    for uri in {*ours, *made} & files.src_uris.keys():
        files.remove(files.src_uris[uri])
    for uri, text in made.items():
        files.append(File.generated(config, uri, content=text))
    config.extra_css = [uri for uri in config.extra_css if uri not in ours] + [assets.STYLE]
    return files


on_files = CombinedEvent(executed_tutorials, own_files)


@event_priority(100)  # before mkdocs-jupyter renders the page
def on_pre_page(page: Any, *, config: Any, files: Files) -> Any:
    """Prepare the site's Markdown for this notebook, so that links are resolved and checked."""
    if not page.file.src_uri.endswith(".ipynb"):
        return page  # mkdocs prepares its own
    now.renderer = markdown.Markdown(
        extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {}
    )
    _RelativePathTreeprocessor(page.file, files, config)._register(now.renderer)
    return page


@in_one_line
def on_page_markdown(text: str, *, page: Any, **_: Any) -> str:
    """Text to text: what is gathered brings marks of its own, so the numbers come last."""
    uri = page.file.src_uri
    text = speed.fill(text, uri, now.places.docs / speed.PUBLISHED)
    text = gather.gather(text, uri, now.places.docs)
    for key, value in page.meta.items():
        if isinstance(value, str):
            page.meta[key] = now.measured.in_text(value, uri)
    rendering.keep(page, now.memory, now.places)
    return now.measured.in_text(text, uri)


@in_one_line
def on_page_content(content: str, *, page: Any, config: Any, files: Files) -> str:
    """HTML to HTML: what brings words and formulas first, then what looks at all of them."""
    uri = page.file.src_uri
    root = get_relative_url(".", page.url).rstrip("/") + "/"
    content = now.measured.in_html(content, root)
    if (now.places.generated / address(uri)).exists():
        page.meta.setdefault("preview", address(uri))
    tutorial, chapter = uri.endswith(".ipynb"), "number" in page.meta
    if tutorial:
        content = _tutorial(content, page, config, files)
    if chapter:
        content = _chapter(content, page)
    if chapter or tutorial:
        terms = glossary.read_terms(Path(config.docs_dir, glossary.PAGE))
        content = now.memory.call(uri, glossary.link_terms, content, terms, f"{root}glossary/")
    written = now.memory.call(uri, maths.with_mathml, content)
    _warn(page, written.faults)
    now.letters |= written.characters
    return now.memory.call(uri, finish.finished, written.content)


def _tutorial(content: str, page: Any, config: Any, files: Files) -> str:
    name = Path(page.file.src_uri)
    shown = now.memory.call(str(name), notebooks.with_files, content)
    for file, data in shown.files.items():
        uri = f"{name.with_suffix('')}/{file}"
        if files.get_file_from_path(uri) is None:
            files.append(File.generated(config, uri, content=data))
    return notebooks.offered(shown.content, name.name, config.extra.get("repository", ""))


def _chapter(content: str, page: Any) -> str:
    if faults := opening.faults(page.meta, content):
        _warn(page, faults)
        return content
    page.title = f"{page.meta['number']}. {page.title}"  # in the navigation and the search, too
    return opening.opened(content, page.meta)


def _warn(page: Any, faults: list[str]) -> None:
    for fault in faults:
        log.warning("%s: %s", page.file.src_uri, fault)


def on_env(env: Any, *, config: Any, files: Files) -> Any:
    """Add the font, now that all formulas are known."""
    path = maths.font_file(now.letters, now.places.cache / "fonts")
    files.append(File.generated(config, maths.FONT_URI, abs_src_path=str(path.resolve())))
    return templates.environment(env, now.memory, config, files)


def on_post_page(output: str, *, page: Any, **_: Any) -> str:
    """Mend a finished page."""
    return now.memory.call(page.file.src_uri, accessibility.mend, output)


def on_post_template(output_content: str, *, template_name: str, **_: Any) -> str:
    """Mend what is no page to mkdocs: 404.html."""
    html = template_name.endswith(".html")
    return accessibility.mend(output_content) if html else output_content


@in_one_line
def on_post_build(*, config: Any, **_: Any) -> None:
    """Tidy up, and put the policy into every page, unless `serve` adds its own script to each."""
    site = Path(config.site_dir)
    accessibility.tidy(site / "assets")
    if not now.memory.on:
        security.protect(site)
