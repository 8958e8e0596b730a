"""Links and anchors lead somewhere, ids are unique, nothing is loaded from another host."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html
from lxml.html import HtmlElement

from checks.built_site import NOT_FOUND, BuiltSite, noted

ADDRESSES = ("href", "src", "poster", "{http://www.w3.org/1999/xlink}href", "xlink:href")
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details")
ONLY_NAMED = {  # kinds of <link> that tell and do not load
    "alternate", "author", "canonical", "edit", "help", "license", "me", "next", "prev", "search",
}  # fmt: skip
PREVIEWS = {"og:image", "og:url", "twitter:image"}
CANDIDATE = re.compile(r"(\S*[^\s,])(?:\s[^,]*)?(?:,|\s*$)")  # of a srcset; data: holds commas
STYLE_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")


def link_problems(site: BuiltSite, path: str) -> list[str]:
    """Broken links, anchors and references of one page, and what it would load from elsewhere."""
    tree = site.tree(path)
    here = urljoin(site.url, path)
    addresses = [(address, loads) for tag in tree.iter("*") for address, loads in _addresses(tag)]
    return [
        *(fault for address, loads in addresses for fault in _fault(site, here, address, loads)),
        *_id_problems(tree),
    ]


def style_problems(site: BuiltSite, sheet: Path) -> list[str]:
    """What a style sheet loads from elsewhere or does not find."""
    here = urljoin(site.url, sheet.relative_to(site.folder).as_posix())
    found = STYLE_ADDRESS.finditer(sheet.read_text(encoding="utf-8"))
    addresses = [(match[1] or match[2]).strip() for match in found]
    return [fault for each in addresses for fault in _fault(site, here, each, loads=True)]


def _addresses(tag: HtmlElement) -> Iterator[tuple[str, bool]]:
    """Each address in a tag, and whether the browser loads it unasked."""
    navigates = tag.tag in {"a", "area"} or (
        tag.tag == "link" and ONLY_NAMED & {*(tag.get("rel") or "").split()}
    )
    for name in ADDRESSES:
        if name in tag.attrib:
            yield tag.get(name), not navigates
    yield from ((address, True) for address in CANDIDATE.findall(tag.get("srcset") or ""))
    if tag.get("property", tag.get("name")) in PREVIEWS:
        yield tag.get("content"), False
    styles = tag.text or "" if tag.tag == "style" else tag.get("style") or ""
    for match in STYLE_ADDRESS.finditer(styles):
        yield (match[1] or match[2]).strip(), True


def _fault(site: BuiltSite, here: str, address: str, loads: bool) -> Iterator[str]:
    scheme = urlsplit(address.strip()).scheme
    if scheme in {"data", "mailto", "blob"}:
        return
    if scheme == "javascript":
        yield f"{address!r} is a script, not an address"
        return
    full = urljoin(here, address.strip())
    rooted = address.startswith("/") and not address.startswith("//")
    if urlsplit(full).netloc != urlsplit(site.url).netloc:
        if loads:
            yield f"{address!r} is loaded from another host"
    elif not full.startswith(site.url) or (rooted and not here.endswith(NOT_FOUND)):
        yield f"{address!r} leaves the folder that the site is served under"
    else:
        yield from _missing(site, full, address)


def _missing(site: BuiltSite, full: str, address: str) -> Iterator[str]:
    parts = urlsplit(full.removeprefix(site.url))
    file = site.file(unquote(parts.path))
    anchor = unquote(parts.fragment).partition(":~:")[0]
    if not file.is_file():
        yield f"{address!r} leads to no file"
    elif anchor and file.suffix == ".html" and anchor not in _ids(noted(file)):
        yield f"{address!r}: the page has no #{anchor}"


def _id_problems(tree: HtmlElement) -> Iterator[str]:
    ids = Counter(tree.xpath("//@id"))
    yield from (f"id {name!r} is given {count} times" for name, count in ids.items() if count > 1)
    for name in REFERENCES:
        for value in tree.xpath(f"//@{name}"):
            yield from (f"{name}={one!r} names no id" for one in value.split() if one not in ids)


@cache
def _ids(file: Path) -> frozenset[str]:
    tree = html.fromstring(file.read_bytes())
    return frozenset(map(str, tree.xpath("//@id|//a/@name")))
