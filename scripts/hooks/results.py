"""Put figures, facts and claims where a page asks for them."""

from __future__ import annotations

import html
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.utils import get_relative_url

from pipeline.draw import BASE
from pipeline.ledger import fill_ledger, fill_overview
from pipeline.places import DOCS, FIGURES, GENERATED, WORDS
from pipeline.previews import address
from pipeline.processes import BuildError
from pipeline.profile import kept_pages
from pipeline.words import CLAIM, FIGURE, fill


def on_pre_build(*, config: Any) -> None:
    """Refuse unknown names before mkdocs empties the old site.

    Raises:
        PluginError: A page asks for a figure, fact or claim that does not exist.
    """
    del config
    _words.cache_clear()
    for path in kept_pages(DOCS, "*.md"):
        check(path.read_text(encoding="utf-8"), path.relative_to(DOCS).as_posix())
    for path in kept_pages(DOCS, "*.py"):  # their facts were checked when they were executed
        check_names(path.read_text(encoding="utf-8"), path.relative_to(DOCS).as_posix())


def on_files(files: Files, *, config: Any) -> Files:
    """Add what was generated to the site, without a file under docs/."""
    for path in sorted(GENERATED.rglob("*")):
        if path.is_file() and path.suffix != ".html" and not path.name.startswith("."):
            uri = path.relative_to(GENERATED).as_posix()
            files.append(File.generated(config, uri, abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """Put the measured numbers into sentences and front matter."""
    facts, place = _words()["facts"], page.file.src_uri
    try:
        for key, value in page.meta.items():
            if isinstance(value, str):
                page.meta[key] = fill(value, facts, place)
        filled = fill_ledger(fill(markdown, facts, place), _words()["ledger"])
        return fill_overview(filled, _words()["overview"], place)
    except BuildError as error:
        raise PluginError(str(error)) from None


def on_page_content(content: str, *, page: Any, **_: Any) -> str:
    """Put figures and claims where a comment of their name stands."""
    base = get_relative_url(".", page.url).rstrip("/") + "/"
    preview = address(page.file.src_uri)
    if (GENERATED / preview).exists():
        page.meta.setdefault("preview", preview)

    def figure(mark: re.Match[str]) -> str:
        text = (FIGURES / f"{mark[1]}.html").read_text(encoding="utf-8")
        return text.replace(BASE, base)

    def claim(mark: re.Match[str]) -> str:
        return str(_words()["claims"][html.unescape(mark[1])]).replace(BASE, base)

    return CLAIM.sub(claim, FIGURE.sub(figure, content)).replace(BASE, base)  # the ledger's links


def check(text: str, place: str) -> None:
    """Refuse what a page asks for and does not exist.

    Raises:
        PluginError: The message names page, kind and name.
    """
    check_names(text, place)
    try:
        fill_overview(fill(text, _words()["facts"], place), _words()["overview"], place)
    except BuildError as error:
        raise PluginError(str(error)) from None


def check_names(text: str, place: str) -> None:
    """Refuse figures and claims that do not exist.

    Raises:
        PluginError: The message names page, kind and name.
    """
    for name in FIGURE.findall(text):
        if name not in _figures():
            raise PluginError(f"{place}: unknown figure `{name}`; cnnfilters/figures lists them")
    for name in CLAIM.findall(text):
        if name not in _words()["claims"]:
            raise PluginError(f"{place}: unknown claim `{name}`; cnnfilters/claims.py lists them")


def _figures() -> set[str]:
    return {path.stem for path in FIGURES.glob("*.html")}


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    words: dict[str, Any] = {
        "claims": {},
        "ledger": {},
        "overview": {},
        **json.loads(Path(WORDS).read_text(encoding="utf-8")),
    }
    return words
