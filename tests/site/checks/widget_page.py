"""A page that holds nothing but what a test writes, in the theme of the built site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from checks.browsing import LIGHT_DESK, Way, new_context, wake
from checks.built_site import BuiltSite
from checks.server import served

ARTICLE = re.compile(r'(<article class="md-content__inner md-typeset">).*?(</article>)', re.DOTALL)
SKIP = re.compile(r'<a href="#([^"]*)" class="md-skip"')
STILL = (
    "<figure><img src='assets/favicon.svg' alt='A kernel over an image'>"
    "<figcaption>The still picture.</figcaption></figure>"
)


def widget(tag: str, attributes: str = 'id="it"') -> str:
    """A widget with a static figure inside."""
    return f"<{tag} {attributes}>{STILL}</{tag}>"


@contextmanager
def widget_page(
    browser: Browser,
    site: BuiltSite,
    folder: Path,
    content: str,
    *,
    query: str = "",
    way: Way = LIGHT_DESK,
    scripts: bool = True,
) -> Iterator[Page]:
    """The site's home page with other content, its widgets ready to use.

    Args:
        browser: Where to open it.
        site: The built site; its scripts, styles and data are used as they are.
        folder: An empty one.
        content: HTML of the article, below a heading.
        query: What follows the address: `?it.step=3`.
        way: Scheme and width.
        scripts: Whether JavaScript runs.
    """
    home = site.file("").read_text(encoding="utf-8")
    (target,) = SKIP.findall(home)
    article = f'<h1 id="{target}">Widgets</h1>{content}'
    page_text, count = ARTICLE.subn(lambda match: match[1] + article + match[2], home)
    assert count == 1
    (folder / "index.html").write_text(page_text, encoding="utf-8")
    for name in ("assets", "widgets", "search", "sitemap.xml"):
        (folder / name).symlink_to(site.folder / name)
    with (
        served(BuiltSite(folder)) as address,
        new_context(browser, way, scripts=scripts) as reader,
    ):
        page = reader.new_page()
        page.goto(address + query)
        if scripts:
            wake(page)
        yield page


def ask(page: Page, module: str, call: str, cases: list[Any]) -> list[Any]:
    """Call a module of the site in the browser, once for each case.

    Args:
        page: Any page of the site's root folder.
        module: `convolution.js`; the path in `widgets/lib`, or further with a slash.
        call: JavaScript, a function of one case: `x => module.shade(x, 1)`.
        cases: What JSON can carry.
    """
    place = module if "/" in module else f"lib/{module}"
    address = f"new URL('widgets/{place}', document.baseURI)"
    answers: list[Any] = page.evaluate(
        f"async cases => {{ const module = await import({address}); return cases.map({call}) }}",
        cases,
    )
    return answers
