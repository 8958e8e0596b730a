"""Let a page take what it was rendered to at the last rebuild, if nothing that it shows changed.

The site generator's objects are handed in: this module imports none of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from pages.memory import Memory, code, signature
from pipeline.places import Places

CODE = (":::", "--8<--")  # what shows code on a page: the reference, and an included part of a file


class Call(NamedTuple):
    """What rendering told somebody else: a plugin that is made afresh for each build."""

    owner: str
    method: str
    arguments: tuple[Any, ...]
    named: dict[str, Any]


class Rendered(NamedTuple):
    """What rendering left in a page, and what it told the plugins meanwhile."""

    fields: dict[str, Any]
    calls: list[Call]


def keep(page: Any, memory: Memory, places: Places) -> None:
    """Render the page only if that would give something else.

    Args:
        page: Its text is ready when it is rendered.
        memory: Of the earlier builds.
        places: The code that a page may show is below their root.
    """
    if not memory.on:
        return
    render = page.render

    def remembered(config: Any, files: Any) -> None:
        slot, inputs = ("render", page.file.src_uri), _inputs(page, memory, places, config, files)
        made = memory.recall(slot, inputs, lambda: _rendered(page, render, config, files))
        _give(made, page, config, files)

    page.render = remembered


def _inputs(page: Any, memory: Memory, places: Places, config: Any, files: Any) -> object:
    """All that rendering reads; what is the same for all pages is read once in a build."""
    site = memory.recall("site", files, lambda: _site(config, files))  # files are others each time
    shows_code = any(mark in page.markdown for mark in CODE)
    if shows_code or page.file.src_uri.endswith(".ipynb"):
        site = (site, memory.recall("code", files, lambda: code(places.root)))
    return (page.markdown, repr(page.meta), site)


def _site(config: Any, files: Any) -> object:
    known = [(file.src_uri, file.url, str(file.inclusion)) for file in files]
    return (known, signature(Path(config.config_file_path)), repr(config.extra))


def _rendered(page: Any, render: Any, config: Any, files: Any) -> Rendered:
    before, calls = dict(vars(page)), list[Call]()
    with ExitStack() as stack:
        for name, (owner, method) in _told(config).items():
            stack.enter_context(_noted(name, owner, method, calls))
        render(config, files)
    fields = {
        name: value
        for name, value in vars(page).items()
        if name not in before or value is not before[name]
    }
    return Rendered(fields, calls)


def _told(config: Any) -> dict[str, tuple[Any, str]]:
    """Whom rendering tells of headings and objects, so that links to them are resolved."""
    told = {}
    if autorefs := config.plugins.get("autorefs"):
        told["anchors"] = (autorefs, "register_anchor")
    if mkdocstrings := config.plugins.get("mkdocstrings"):
        told["handlers"] = (mkdocstrings.handlers, "get_handler")
        told["inventory"] = (mkdocstrings.handlers.inventory, "register")
    return told


@contextmanager
def _noted(name: str, owner: Any, method: str, calls: list[Call]) -> Iterator[None]:
    original = getattr(owner, method)

    def noted(*arguments: Any, **named: Any) -> Any:
        calls.append(Call(name, method, arguments, named))
        return original(*arguments, **named)

    setattr(owner, method, noted)
    try:
        yield
    finally:
        delattr(owner, method)


def _give(made: Rendered, page: Any, config: Any, files: Any) -> None:
    vars(page).update(made.fields)
    if page.links_to_anchors:  # files are others in each build
        page.links_to_anchors = {
            files.get_file_from_path(file.src_uri): links
            for file, links in page.links_to_anchors.items()
        }
    told = _told(config)
    for call in made.calls:
        arguments = (page, *call.arguments[1:]) if call.owner == "anchors" else call.arguments
        getattr(told[call.owner][0], call.method)(*arguments, **call.named)
