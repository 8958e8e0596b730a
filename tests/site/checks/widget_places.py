"""Where the site shows each widget first."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from checks.built_site import SITE, BuiltSite
from checks.pages import NOT_BUILT


class Place(NamedTuple):
    """Where a widget stands."""

    tag: str
    path: str
    name: str

    @property
    def host(self) -> str:
        """Its selector on that page."""
        return f"#{self.name}"


def places() -> list[Place]:
    """The first place of each widget on the site."""
    found: dict[str, Place] = {}
    for place in every_place():
        found.setdefault(place.tag, place)
    return list(found.values())


@cache
def every_place() -> list[Place]:
    """All places of all widgets, in the order of the pages."""
    site = BuiltSite(SITE)
    if not (SITE / "sitemap.xml").is_file():
        return [Place(NOT_BUILT, "", "")]
    tags = {path.stem for path in (SITE / "widgets").glob("*-*.js")}
    found = [
        Place(element.tag, path, element.get("id", ""))
        for path in site.pages
        for element in site.tree(path).iter(*tags)
    ]
    missing = tags - {place.tag for place in found}
    assert not missing, f"no page shows {missing}"
    return found
