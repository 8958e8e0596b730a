"""One picture for each page, to stand for it where its address is shared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from cnnfilters.files import write_atomically
from cnnfilters.provenance import code_digest, digest, versions
from cnnfilters.results import Results
from pages.chapter import Chapter
from pipeline.places import DOCS, GENERATED, MANIFEST, ROOT
from pipeline.processes import run_step
from pipeline.profile import kept_pages
from pipeline.stamps import begin_if_stale, stamp

PREVIEWS = GENERATED / "previews"
RUN = "run:small-start"  # its kernels can be told apart at the size of a stamp


def draw_previews() -> None:
    """Draw those whose page has another title or question, or whose kernels changed."""
    if begin_if_stale("previews", _key(_pages())):
        run_step("previews")


def address(page: str) -> str:
    """Where the picture of `learning/11-training.md` lies, from the site's root.

    Example:
        >>> address("learning/11-training.md")
        'previews/learning-11-training.png'
    """
    return f"previews/{Path(page).with_suffix('').as_posix().replace('/', '-')}.png"


def _pages() -> dict[str, tuple[str, str]]:
    """Title and question of every page that people wrote."""
    return dict(sorted(_read_pages()))


def _read_pages() -> Iterator[tuple[str, tuple[str, str]]]:
    for path in kept_pages(DOCS, "*.md") + kept_pages(DOCS, "*.py"):
        page = Chapter.read(path, DOCS)
        if page.title:
            yield page.uri, (_plain(page.title), _plain(page.question))


def _plain(text: str) -> str:
    return re.sub(r"[`*]|\{.*?\}", "", text).strip()


def _key(pages: dict[str, tuple[str, str]]) -> str:
    run = json.loads(MANIFEST.read_text(encoding="utf-8"))["results"][RUN]
    code = code_digest("cnnfilters.figures.drawing.preview")
    return digest(pages, run, code, versions("matplotlib"))


def main() -> None:
    """The step's own process."""
    from cnnfilters.figures.drawing.preview import preview

    pages = _pages()
    site = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), _Loader)["site_name"]  # noqa: S506 - see _Loader
    run = Results(MANIFEST).get(RUN)
    wanted = {GENERATED / address(page): words for page, words in pages.items()}
    for path, (title, question) in wanted.items():
        write_atomically(path, preview(run, title=title, question=question, site=site))
    for path in set(PREVIEWS.glob("*.png")) - set(wanted):
        path.unlink()
    stamp("previews", _key(pages), wanted)


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml without following its own tags."""


_Loader.add_multi_constructor("!", lambda *_: None)
