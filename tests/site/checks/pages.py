"""The pages of the built site as test cases."""

from __future__ import annotations

import pytest

from checks.built_site import SITE, BuiltSite

NOT_BUILT = "site-is-not-built"  # stands for the pages while there are none, and fails


def page_paths() -> tuple[str, ...]:
    """The pages to test."""
    site = BuiltSite(SITE)
    return site.pages if (site.folder / "sitemap.xml").is_file() else (NOT_BUILT,)


def case(path: str, *values: object, marks: tuple[pytest.MarkDecorator, ...] = ()) -> object:
    """A test case of one page; all of a page go to one worker, which visits it once."""
    name = "-".join(map(str, (path or "home", *values)))
    return pytest.param(path, *values, id=name, marks=(pytest.mark.xdist_group(path), *marks))


each_page = pytest.mark.parametrize("path", [case(path) for path in page_paths()])
