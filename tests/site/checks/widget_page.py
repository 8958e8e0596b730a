"""Pages that hold nothing but what a test writes, in the theme of the built site."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page

from checks.built_site import SITE, BuiltSite, stand_in
from checks.server import served

ARTICLE = re.compile(r'(<article class="md-content__inner md-typeset">).*?(</article>)', re.DOTALL)
SKIP = re.compile(r'<a href="#([^"]*)" class="md-skip"')
SHOWN = """() => [...document.querySelectorAll(".cf-body > :not(.cf-spoken)")]
  .map(part => part.innerText).join("\\n")"""
STILL = (
    "<figure><img src='assets/favicon.svg' alt='A kernel over an image'>"
    "<figcaption>The still picture.</figcaption></figure>"
)

TAGS = sorted(path.stem for path in (SITE / "widgets").glob("*-*.js"))  # of every widget

Opener = Callable[..., AbstractContextManager[Page]]


def widget(tag: str, attributes: str = 'id="it"') -> str:
    """A widget with a static figure inside."""
    return f"<{tag} {attributes}>{STILL}</{tag}>"


def query(**settings: object) -> str:
    """The part of an address that brings the widget `it` into a state."""
    return "?" + urlencode({f"it.{name}": value for name, value in settings.items()})


def result(page: Page) -> Locator:
    """What a widget says in one sentence."""
    return page.locator(".cf-result strong").first


def shown(page: Page) -> str:
    """All text of a widget, without what it only says aloud, once things rest."""
    return str(page.evaluate(SHOWN))


def wait_until_shown(page: Page, text: str) -> None:
    """Wait until this is all that a widget shows."""
    page.wait_for_function(f"text => ({SHOWN})() === text", arg=text)


@contextmanager
def widget_pages(site: BuiltSite, folder: Path) -> Iterator[Callable[[str], str]]:
    """Pages that hold nothing but what is asked for, in the theme of the built site.

    Args:
        site: The built site; its scripts, styles and data are used as they are.
        folder: An empty one.

    Yields:
        A function from the HTML of an article, below a heading, to the address of its page.
    """
    home = site.file("").read_text(encoding="utf-8")
    (target,) = SKIP.findall(home)
    assert len(ARTICLE.findall(home)) == 1
    for name in ("assets", "widgets", "search", "sitemap.xml"):
        stand_in(folder / name, site.folder / name)
    with served(BuiltSite(folder)) as base:

        def address_of(content: str) -> str:
            article = f'<h1 id="{target}">Widgets</h1>{content}'
            page = ARTICLE.sub(lambda match: match[1] + article + match[2], home)
            # Named after what it holds: a browser that knows one page takes no other for it.
            file = folder / f"{hashlib.sha256(page.encode()).hexdigest()[:16]}.html"
            file.write_text(page, encoding="utf-8")
            return base + file.name

        yield address_of


def ask(page: Page, module: str, call: str, cases: list[Any]) -> list[Any]:
    """Call a module of the site in the browser, once for each case.

    Args:
        page: Any page of the site's root folder.
        module: `convolution.js`; the path in `widgets/lib`, or further with a slash.
        call: JavaScript, a function of one case: `x => module.shade(x, 1)`.
        cases: What JSON can carry; so are the answers.
    """
    place = module if "/" in module else f"lib/{module}"
    address = f"new URL('widgets/{place}', document.baseURI)"
    # Each way as one text: playwright looks at every number several times.
    answers: list[Any] = json.loads(
        page.evaluate(
            f"async cases => {{ const module = await import({address});"
            f" return JSON.stringify(JSON.parse(cases).map({call})) }}",
            json.dumps(cases, allow_nan=False),
        )
    )
    return answers
