"""Elements where HTML does not allow them: a browser shows them, a screen reader may lose them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

# The element, the parents that it may have, and which child it must be of those.
ONLY_IN = {
    "caption": ({"table"}, "first"),
    "dd": ({"dl", "div"}, "any"),
    "dt": ({"dl", "div"}, "any"),
    "figcaption": ({"figure"}, "first or last"),
    "legend": ({"fieldset"}, "first"),
    "li": ({"ul", "ol", "menu"}, "any"),
    "option": ({"select", "datalist", "optgroup"}, "any"),
    "source": ({"picture", "audio", "video"}, "any"),
    "summary": ({"details"}, "first"),
    "td": ({"tr"}, "any"),
    "th": ({"tr"}, "any"),
    "thead": ({"table"}, "any"),
    "tr": ({"thead", "tbody", "tfoot", "table"}, "any"),
}
# What may hold nothing but these.
ONLY_HOLDS = {
    "dl": {"dt", "dd", "div"},
    "ol": {"li"},
    "picture": {"source", "img"},
    "select": {"option", "optgroup", "hr"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "tr": {"td", "th"},
    "ul": {"li"},
}
ANYWHERE = {"script", "template"}
PLACES = {"first": (0,), "first or last": (0, -1)}  # among its siblings
WORDS = {"button", "h1", "h2", "h3", "h4", "h5", "h6", "label", "p", "pre", "span", "summary"}
BLOCKS = {"article", "details", "div", "dl", "fieldset", "figure", "form", "hr", "main", "nav",
          "ol", "p", "pre", "section", "table", "ul"}  # fmt: skip
THEMES = {"md-code__nav"}  # the button that copies a code, which the theme's script puts into it
CONTROLS = {"a", "button", "details", "iframe", "input", "label", "select", "textarea"}


def misplaced(tree: HtmlElement) -> list[str]:
    """The elements of a page that stand where they may not, a line each."""
    elements = [each for each in tree.iter() if isinstance(each.tag, str)]
    return [problem for each in elements for problem in _problems(each)]


def _problems(element: HtmlElement) -> Iterator[str]:
    parent = element.getparent()
    if parent is None or element.tag in ANYWHERE:
        return
    name, within = str(element.tag), str(parent.tag)
    parents, place = ONLY_IN.get(name, ({within}, "any"))
    siblings = [each for each in parent if isinstance(each.tag, str) and each.tag not in ANYWHERE]
    if within not in parents or name not in ONLY_HOLDS.get(within, {name}):
        yield f"{_label(element)} is in {_label(parent)}"
    elif place in PLACES and all(siblings[index] is not element for index in PLACES[place]):
        yield f"{_label(element)} is not the {place} child of {_label(parent)}"
    if name in BLOCKS and within in WORDS and element.get("class") not in THEMES:
        yield f"{_label(element)} is in {_label(parent)}, which holds words"
    if name in CONTROLS and element.xpath("ancestor::a[@href] | ancestor::button"):
        yield f"{_label(element)} is in another control"


def _label(element: HtmlElement) -> str:
    identity = element.get("id") or element.get("class")
    return f"<{element.tag}>" + (f" ({identity})" if identity else "")
