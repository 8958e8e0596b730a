"""Scripts and style sheets: many files for who writes them, few for who fetches them.

A chapter writes `<convolution-stepper>…</convolution-stepper>`; `convolution-stepper.js` has all
that this widget needs.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from markdown import Markdown
from markdown.extensions import Extension

from pages.javascript import ModuleError, joined
from pipeline.processes import BuildError

STYLE = "assets/site.css"  # beside the originals, so that their relative addresses hold
WRITTEN_LATER = {"assets/_mkdocstrings.css"}  # by a plugin
PAGE = "assets/main.js"  # what every page runs
LEDGER = "assets/ledger.js"  # what the page of claims runs; no other script imports anything


class WidgetTags(Extension):
    """Custom elements as block elements; Markdown would put them into a paragraph.

    Args:
        tags: Their names.
    """

    def __init__(self, tags: Iterable[str]) -> None:
        super().__init__()
        self.tags = sorted(tags)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Called by Markdown."""
        md.block_level_elements.extend(self.tags)


def own_styles(uris: Iterable[str]) -> list[str]:
    """Those of the style sheets that are ours, to be joined into one."""
    return [uri for uri in uris if uri.startswith("assets/") and uri not in WRITTEN_LATER]


def style(uris: Iterable[str], docs: Path) -> str:
    """Style sheets as one, which a visitor fetches at once.

    Raises:
        BuildError: One of them is not in the docs folder.
    """
    parts = []
    for uri in uris:
        if not (docs / uri).is_file():
            raise BuildError(f"mkdocs.yml, extra_css: {uri} is not in {docs}")
        parts.append((docs / uri).read_text(encoding="utf-8"))
    return "\n".join(parts)


def tags(docs: Path) -> list[str]:
    """The tags of all widgets: a custom element's file bears its name, which has a hyphen.

    Every page names them to its script (overrides/main.html): other unknown elements, which
    extensions of the browser put into a page, are none of ours.
    """
    return sorted(path.stem for path in (docs / "widgets").glob("*-*.js"))


def scripts(docs: Path) -> dict[str, str]:
    """The scripts of pages, ledger and widgets by their paths, each with all that it imports in it.

    Raises:
        BuildError: A module cannot be joined with others, or is not there.
    """

    def script(path: str) -> str:
        try:
            return joined(path, lambda part: (docs / part).read_text(encoding="utf-8"))
        except (ModuleError, OSError) as error:
            raise BuildError(f"{path}: {error}") from None

    entries = [PAGE, LEDGER, *(f"widgets/{tag}.js" for tag in tags(docs))]
    return {path: script(path) for path in entries}
