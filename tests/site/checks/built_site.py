"""The folder that mkdocs wrote: its address, its pages, their HTML trees."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree, html

SITE = Path(__file__).parents[3] / "site"
NOT_FOUND = "404.html"


def stand_in(place: Path, original: Path) -> None:
    """Put a link to a file or folder; a copy where links are forbidden, as mostly on Windows."""
    try:
        place.symlink_to(original)
    except OSError:
        if original.is_dir():
            shutil.copytree(original, place)
        else:
            shutil.copy(original, place)


def noted(file: Path) -> Path:
    """The file, whose content a test depends on though it may have been read before."""
    sys.audit("open", str(file), "r", 0)  # as if it were opened: see remembered.py
    return file


@dataclass(frozen=True)
class BuiltSite:
    """A built site and the questions that the checks ask of it."""

    folder: Path

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """The pages' full addresses, as the sitemap lists them."""
        sitemap = etree.parse(self.folder / "sitemap.xml")
        return tuple(str(loc.text).strip() for loc in sitemap.iterfind(".//{*}loc"))

    @cached_property
    def url(self) -> str:
        """The address that the site was built for, which is its home page's."""
        return min(self.addresses, key=len)

    @property
    def path(self) -> str:
        """The path part of that address."""
        return urlsplit(self.url).path

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """Every page, relative to the site: the sitemap's and the one for what is not found."""
        extra = (NOT_FOUND,) if (self.folder / NOT_FOUND).is_file() else ()
        return (*(address.removeprefix(self.url) for address in self.addresses), *extra)

    def file(self, path: str) -> Path:
        """The file behind a relative address."""
        file = self.folder / path
        return file / "index.html" if path.endswith("/") or not path else file

    def tree(self, path: str) -> html.HtmlElement:
        """The HTML of one page."""
        return html.fromstring(self.file(path).read_bytes())
