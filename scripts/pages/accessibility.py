"""Mend what the theme and the plugins leave unnamed, and drop what no page may fetch or needs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

SEARCH = 'data-md-component="search" role="dialog"'
_SKIP_LINK = re.compile(r'<a href="#([^"]+)" class="md-skip"')
_PERMALINK = re.compile(r'<a (?=[^>]*\bclass="headerlink")')
_NEIGHBOUR = re.compile(r'[ \t]*<link rel="(?:prev|next)"[^>]*>\n?')
_TASK_BOX = re.compile(r'<input type="checkbox" disabled(?P<done> checked)?')
_MODULE = re.compile(r'<script type="module">.*?</script>', re.DOTALL)
_NOTEBOOK_STYLE = re.compile(r"<style>\s*\['pre \{.*?</style>", re.DOTALL)  # for classes of no page
_EMPTY_SCRIPT = re.compile(r'<script src=""[^>]*></script>')
_SOURCE_MAP = re.compile(r"(?://# sourceMappingURL=\S+|/\*# sourceMappingURL=.*?\*/)\s*\Z")


def mend(page: str) -> str:
    """Name dialogs, boxes and headings, let the skip link take the focus along, drop the needless.

    Args:
        page: HTML of a whole page.

    Example:
        >>> mend('<div data-md-component="search" role="dialog">')
        '<div data-md-component="search" role="dialog" aria-label="Search">'
    """
    page = page.replace(f"{SEARCH}>", f'{SEARCH} aria-label="Search">')
    page = _TASK_BOX.sub(_named_box, page)
    # For the pointer alone: else each heading is called "… #", and as many links are called "#".
    page = _PERMALINK.sub('<a aria-hidden="true" tabindex="-1" ', page)
    page = _NEIGHBOUR.sub(
        "", page
    )  # Firefox would fetch the next page ahead, which no policy allows
    if skip := _SKIP_LINK.search(page):  # else the next Tab may start from the top again
        page = page.replace(f' id="{skip[1]}"', f' id="{skip[1]}" tabindex="-1"', 1)
    page = _NOTEBOOK_STYLE.sub("", page)
    page = _EMPTY_SCRIPT.sub("", page)  # a formula renderer's address that was left empty
    return _MODULE.sub(lambda match: "" if "cdnjs.cloudflare.com" in match[0] else match[0], page)


def tidy(assets: Path) -> None:
    """Remove the files beside the theme's scripts and style sheets that no page asks for.

    Args:
        assets: The `assets` folder of a built site.
    """
    shutil.rmtree(assets / "javascripts" / "lunr", ignore_errors=True)
    for source_map in assets.rglob("*.map"):
        source_map.unlink()
        code = source_map.with_suffix("")
        if code.is_file():  # its last line would name a file that is gone
            code.write_text(_SOURCE_MAP.sub("", code.read_text("utf-8")), "utf-8")


def _named_box(match: re.Match[str]) -> str:
    done = match["done"] or ""
    label = "Done" if done else "To do"
    return f'<input type="checkbox" aria-label="{label}" disabled{done}'
