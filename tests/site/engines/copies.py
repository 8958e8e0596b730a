"""A copy of the site whose pages note from the start what goes wrong in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from checks.built_site import BuiltSite
from checks.policy import META
from checks.server import served

SMOKE = Path(__file__).with_name("smoke.js")


@contextmanager
def listening(site: BuiltSite, folder: Path) -> Iterator[str]:
    """Serve such a copy where the site was built for.

    Args:
        site: The built site.
        folder: An empty one, for the copy.

    Yields:
        Its address.
    """
    for file in site.folder.rglob("*"):
        place = folder / file.relative_to(site.folder)
        if file.is_dir():
            place.mkdir(parents=True, exist_ok=True)
        elif file.suffix == ".html":
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(_first(file.read_text(encoding="utf-8"), site.path), encoding="utf-8")
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(file)
    (folder / SMOKE.name).write_bytes(SMOKE.read_bytes())
    with served(BuiltSite(folder), site.path) as address:
        yield address


def _first(page: str, root: str) -> str:
    """The page with our script before all others, behind its policy if it has one."""
    script = f'<script src="{root}{SMOKE.name}"></script>'
    policy = META.search(page)
    end = policy.end() if policy else page.index("<head>") + len("<head>")
    return page[:end] + script + page[end:]
