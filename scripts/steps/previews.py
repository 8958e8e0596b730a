"""One picture for each page, to stand for it where its address is shared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from cnnfilters.files import write_atomically
from cnnfilters.provenance import code_digest, digest, versions
from cnnfilters.results import Results
from pages.chapter import Chapter
from pipeline.places import Places
from pipeline.processes import run_step
from pipeline.stamps import begin_if_stale, stamp

RUN = "run:small-start"  # its kernels can be told apart at the size of a stamp


def draw_previews(places: Places) -> None:
    """Draw those whose page has another title or question, or whose kernels changed."""
    if begin_if_stale(places, "previews", _key(places, _pages(places))):
        run_step(Previews(places))


def address(page: str) -> str:
    """Where the picture of `learning/11-training.md` lies, from the site's root.

    Example:
        >>> address("learning/11-training.md")
        'previews/learning-11-training.png'
    """
    return f"previews/{Path(page).with_suffix('').as_posix().replace('/', '-')}.png"


def _pages(places: Places) -> dict[str, tuple[str, str]]:
    """Title and question of every page that people wrote."""
    return dict(sorted(_read_pages(places)))


def _read_pages(places: Places) -> Iterator[tuple[str, tuple[str, str]]]:
    for path in [p for kind in ("*.md", "*.py") for p in places.scope.pages(places.docs, kind)]:
        page = Chapter.read(path, places.docs)
        if page.title:
            yield page.uri, (_plain(page.title), _plain(page.question))


def _plain(text: str) -> str:
    return re.sub(r"[`*]|\{.*?\}", "", text).strip()


def _key(places: Places, pages: dict[str, tuple[str, str]]) -> str:
    run = json.loads(places.manifest.read_text(encoding="utf-8"))["results"][RUN]
    code = code_digest("cnnfilters.figures.drawing.preview")
    return digest(pages, run, code, versions("matplotlib"))


@dataclass(frozen=True)
class Previews:
    """The step's own process."""

    places: Places

    def run(self) -> None:
        """Draw all, and remove those of pages that are gone."""
        from cnnfilters.figures.drawing.preview import preview

        places, pages = self.places, _pages(self.places)
        settings = (places.root / "mkdocs.yml").read_text(encoding="utf-8")
        site = yaml.load(settings, _Loader)["site_name"]  # noqa: S506 - see _Loader
        run = Results(places.manifest).get(RUN)
        wanted = {places.generated / address(page): words for page, words in pages.items()}
        for path, (title, question) in wanted.items():
            write_atomically(path, preview(run, title=title, question=question, site=site))
        for path in set((places.generated / "previews").glob("*.png")) - set(wanted):
            path.unlink()
        stamp(places, "previews", _key(places, pages), wanted)


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml without following its own tags."""


_Loader.add_multi_constructor("!", lambda *_: None)
