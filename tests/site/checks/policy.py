"""What a page's content-security policy stopped, and pages that test it."""

from __future__ import annotations

import base64
import hashlib
import re

from lxml.html import HtmlElement
from playwright.sync_api import Page

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
ALLOWED_TYPES = {None, "", "module", "text/javascript"}
AHEAD = {"next", "prefetch", "prerender", "preconnect", "dns-prefetch"}  # next: by Firefox alone
WATCH = """window.stopped = [];
  addEventListener("securitypolicyviolation", event =>
    stopped.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`), true);"""


def watch(page: Page) -> None:
    """Note, from the next load on, whatever the policy stops."""
    page.add_init_script(WATCH)


def stopped(page: Page) -> list[str]:
    """What the policy stopped, a line each."""
    found: list[str] = page.evaluate("window.stopped")
    return found


def _ahead(tree: HtmlElement) -> list[str]:
    """Links by which a browser fetches what no directive allows, and says so on its console."""
    rels = " ".join(tree.xpath("//link/@rel")).lower().split()
    return [f"fetched ahead: rel={rel}" for rel in sorted(AHEAD.intersection(rels))]


def policy_problems(text: str, tree: HtmlElement) -> list[str]:
    """What a page holds that its own policy does not allow, or that stands before the policy."""
    found = META.search(text)
    if found is None:
        return ["no policy"]
    first = tree.xpath("/html/head/*[not(@charset)]")[0].get("http-equiv")
    before = [] if first == "Content-Security-Policy" else ["something stands before the policy"]
    scripts = [
        script.text or ""
        for script in tree.xpath("//script[not(@src)]")
        if script.get("type") in ALLOWED_TYPES
    ]
    styles = (*tree.xpath("//style/text()"), *tree.xpath("//@style"))
    return [
        *before,
        *(
            f"a script is not allowed: {each[:40]}"
            for each in scripts
            if _hash(each) not in found[1]
        ),
        *(f"a style is not allowed: {each[:40]}" for each in styles if _hash(each) not in found[1]),
        *_ahead(tree),
        *(f"a handler: {each[:40]}" for each in tree.xpath("//@*[starts-with(name(), 'on')]")),
    ]


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
