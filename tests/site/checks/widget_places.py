"""Where the site shows each widget first."""

from __future__ import annotations

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
    site = BuiltSite(SITE)
    if not (SITE / "sitemap.xml").is_file():
        return [Place(NOT_BUILT, "", "")]
    tags = {path.stem for path in (SITE / "widgets").glob("*-*.js")}
    found: dict[str, Place] = {}
    for path in site.pages:
        for tag in site.tree(path).iter(*tags):
            found.setdefault(tag.tag, Place(tag.tag, path, tag.get("id", "")))
    assert set(found) == tags, f"no page shows {tags - set(found)}"
    return list(found.values())
