"""The package as the reference reads it, and the pages that show it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import griffe
import yaml

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "reference"
_SHOWN = re.compile(r"^::: (?P<name>\S+)(?P<options>(?:\n {4}.*)*)", re.MULTILINE)


class Shown(NamedTuple):
    """What a page shows.

    Attributes:
        page: Its path below docs/reference.
        name: The dotted name of a module.
        options: What the page asks of the reference for it.
    """

    page: str
    name: str
    options: dict[str, Any]


class _Settings(yaml.SafeLoader):
    """Reads mkdocs.yml, whose tags name environment variables."""


_Settings.add_multi_constructor("!", lambda *_: None)


@cache
def handler_options() -> dict[str, Any]:
    """The options of mkdocs.yml for what is read from Python."""
    settings = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Loader=_Settings)
    [plugin] = [each["mkdocstrings"] for each in settings["plugins"] if "mkdocstrings" in each]
    return dict(plugin["handlers"]["python"]["options"])


def loaded(name: str, folder: Path, options: dict[str, Any]) -> griffe.Module:
    """A package, read from source as these options say."""
    found = griffe.load(
        name,
        search_paths=[folder],
        allow_inspection=False,
        docstring_parser=options["docstring_style"],
        docstring_options=options.get("docstring_options"),
        extensions=griffe.load_extensions(*(ROOT / path for path in options["extensions"])),
    )
    assert isinstance(found, griffe.Module)
    return found


@cache
def package() -> griffe.Module:
    """Ours."""
    return loaded("cnnfilters", ROOT, handler_options())


def objects(found: griffe.Object) -> Iterator[griffe.Object]:
    """It and all public objects below it that are defined there."""
    yield found
    for name, member in found.members.items():
        if isinstance(member, griffe.Object) and not name.startswith("_"):
            yield from objects(member)


def shown_on(text: str, page: str = "") -> list[Shown]:
    """What a page shows, in order."""
    return [
        Shown(page, match["name"], _options(match["options"])) for match in _SHOWN.finditer(text)
    ]


def all_shown() -> list[Shown]:
    """What all pages show, the modules of a folder too where a page asks for them."""
    pages = {path.relative_to(PAGES).as_posix(): path for path in sorted(PAGES.rglob("*.md"))}
    shown = [
        each for page, path in pages.items() for each in shown_on(path.read_text("utf-8"), page)
    ]
    return [whole for each in shown for whole in (each, *_inside(each))]


def _inside(shown: Shown) -> Iterator[Shown]:
    if shown.options.get("show_submodules"):
        for each in objects(package()[shown.name.removeprefix("cnnfilters.")]):
            if each.is_module and each.path != shown.name:
                yield Shown(shown.page, each.path, {})


def _options(block: str) -> dict[str, Any]:
    return dict((yaml.safe_load(block) or {}).get("options", {}))
