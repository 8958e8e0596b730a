"""How much a reader's first visit of a page transfers."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from checks.built_site import BuiltSite, noted
from checks.visit import Visit

MOST_BYTES = 200 * 1024
MOST_REQUESTS = 25
MOST_OF_WIDGETS = 5  # requests: a script, and what it shows
PACKED = {".png", ".jpg", ".jpeg", ".webp", ".avif", ".woff2", ".gz", ".npz", ".ico"}


def weight_problems(site: BuiltSite, seen: Visit) -> list[str]:
    """Which budget of the first view is spent, with the heaviest files."""
    sizes = first_view(site, seen)
    total = sum(sizes.values())
    problems = []
    if total > MOST_BYTES:
        heaviest = sorted(sizes, key=lambda url: -sizes[url])[:5]
        files = ", ".join(f"{url.rpartition('/')[2]} {sizes[url] / 1024:.0f}" for url in heaviest)
        problems.append(f"{total / 1024:.0f} KiB, budget {MOST_BYTES // 1024} ({files})")
    if len(sizes) > MOST_REQUESTS:
        problems.append(f"{len(sizes)} requests, budget {MOST_REQUESTS}")
    return problems


def widget_problems(seen: Visit) -> list[str]:
    """Whether the page's widgets come in more requests than they may."""
    asked = [url.rpartition("/widgets/")[2] for url in seen.requests if "/widgets/" in url]
    if len(asked) <= MOST_OF_WIDGETS:
        return []
    return [f"{len(asked)} requests of widgets, budget {MOST_OF_WIDGETS} ({', '.join(asked)})"]


def first_view(site: BuiltSite, seen: Visit) -> dict[str, int]:
    """Bytes of every file that a reader fetches before scrolling."""
    return _sizes(site, seen, seen.requests[: seen.first_view])


def widgets(site: BuiltSite, seen: Visit) -> dict[str, int]:
    """Bytes of every file that the page's widgets fetch once they are about to be seen."""
    later = seen.requests[seen.first_view :]
    return _sizes(site, seen, [url for url in later if "/widgets/" in url])


def _sizes(site: BuiltSite, seen: Visit, urls: list[str]) -> dict[str, int]:
    return {url: _transferred(noted(file_of(site, seen, url))) for url in urls}


def file_of(site: BuiltSite, seen: Visit, url: str) -> Path:
    """The file behind an address that a visit asked for."""
    return site.file(unquote(urlsplit(url.removeprefix(seen.base)).path))


@cache
def _transferred(file: Path) -> int:
    """Bytes as GitHub Pages sends them: text compressed, pictures and fonts as they are."""
    content = file.read_bytes() if file.is_file() else b""
    return len(content if file.suffix in PACKED else gzip.compress(content, mtime=0))
