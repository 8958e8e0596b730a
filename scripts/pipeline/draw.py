"""Draw what changed, and write the facts and the widgets' data down."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cnnfilters.files import write_atomically
from cnnfilters.provenance import code_digest, digest, versions
from cnnfilters.results import Recipe, Results
from cnnfilters.words import NOT_FINITE
from pages.chapter import read_chapters
from pages.marks import BASE
from pipeline.places import DOCS, FIGURES, MANIFEST, WIDGETS, WORDS
from pipeline.processes import BuildError, run_step, side_by_side
from pipeline.profile import kept
from pipeline.stamps import begin_if_stale, clear, stamp

LIBRARIES = ("matplotlib", "numpy", "torch")
LEDGER = f"{BASE}claims/"


def draw(*, force: bool = False) -> int:
    """Draw the figures that changed.

    Returns:
        How many were drawn.
    """
    before = {path: path.stat().st_mtime_ns for path in FIGURES.glob("*.html")}
    if force:
        clear("figures")
    if begin_if_stale("figures", _key("cnnfilters.figures")):
        run_step("draw", "figures", *(["--force"] if force else []))
    after = {path: path.stat().st_mtime_ns for path in FIGURES.glob("*.html")}
    return sum(before.get(path) != when for path, when in after.items())


def write_words(*, force: bool = False) -> None:
    """Measure the facts that sentences use."""
    if force or begin_if_stale("words", _words_key()):
        run_step("draw", "words")


def write_widget_data(*, force: bool = False) -> None:
    """Write the arrays that the widgets compute with."""
    if force or begin_if_stale("widgets", _key("cnnfilters.widget_data")):
        run_step("draw", "widgets")


def _key(*modules: str) -> str:
    about = json.loads(MANIFEST.read_text(encoding="utf-8"))
    measured = (about["checksum"], about["results"], about["pages"])
    return digest(code_digest(*modules), *measured, versions(*LIBRARIES))


def _words_key() -> str:
    """The ledger names chapters, so it is written again when one has another title."""
    headings = [chapter.heading for chapter in read_chapters(DOCS)]
    return digest(_key("cnnfilters.facts", "cnnfilters.claims"), headings)


def _figure_key(recipe: Recipe, results: Results) -> str:
    return digest(
        code_digest(recipe.make.__module__),
        recipe.make.__qualname__,
        [results.key(name) for name in recipe.inputs],
        dict(recipe.options),
        versions(*LIBRARIES),
    )


def _draw_figures(*, force: bool) -> None:
    from cnnfilters.figures import FIGURES as CATALOGUE

    results = Results(MANIFEST)
    wanted = kept("figures", CATALOGUE)
    keys = {name: _figure_key(recipe, results) for name, recipe in wanted.items()}
    stale = [name for name, key in keys.items() if force or begin_if_stale(f"figure-{name}", key)]
    print(f"figures: drawing {len(stale)} of {len(keys)}", flush=True)
    side_by_side("figures", draw_one, {f"figure {name}": (name, keys[name]) for name in stale})
    outputs = {path for name in keys for path in _outputs(name)}
    for path in set(FIGURES.glob("*")) - outputs:
        path.unlink()  # a figure that is no longer in the catalogue
    stamp("figures", _key("cnnfilters.figures"), outputs)


def draw_one(name: str, key: str) -> None:
    """Draw one figure and write its pictures, its numbers and its HTML."""
    from cnnfilters.figures import FIGURES as CATALOGUE
    from cnnfilters.figures.drawing.figure import LAYOUTS, SCHEMES

    figure = Results(MANIFEST).make(CATALOGUE[name])
    for layout in LAYOUTS:
        for scheme in SCHEMES:
            write_atomically(FIGURES / f"{name}-{layout}-{scheme}.svg", figure.svg(layout, scheme))
    write_atomically(FIGURES / f"{name}.csv", figure.table.csv())
    address = f"{BASE}figures/{name}"
    text = figure.html(
        lambda layout, scheme: f"{address}-{layout}-{scheme}.svg", csv=f"{address}.csv", name=name
    )
    write_atomically(FIGURES / f"{name}.html", text)
    stamp(f"figure-{name}", key, _outputs(name))


def _outputs(name: str) -> list[Path]:
    kinds = ["wide-light.svg", "wide-dark.svg", "narrow-light.svg", "narrow-dark.svg"]
    return [FIGURES / f"{name}-{kind}" for kind in kinds] + [
        FIGURES / f"{name}.csv",
        FIGURES / f"{name}.html",
    ]


def _write_words() -> None:
    from cnnfilters.claims import CLAIMS
    from cnnfilters.evidence import Claim
    from cnnfilters.facts import FACTS
    from pages import ledger

    results = Results(MANIFEST)
    facts = {name: str(result) for name, result in _made("fact", kept("facts", FACTS), results)}
    for name, value in facts.items():
        if NOT_FINITE.search(value):
            raise BuildError(f"fact {name}: {value!r} holds no finite number")
    claims: dict[str, Claim] = dict(_made("claim", kept("claims", CLAIMS), results))
    by_chapter = ledger.by_chapter(claims, read_chapters(DOCS))
    facts["claims"] = ledger.summary(claims)
    words = {
        "facts": facts,
        "claims": {name: claim.html(name, ledger=LEDGER) for name, claim in claims.items()},
        "ledger": ledger.entries(by_chapter, CLAIMS),
        "overview": ledger.overview(by_chapter),
        "contradicted": [name for name, claim in claims.items() if claim.contradicted],
    }
    write_atomically(WORDS, json.dumps(words, indent=1))
    stamp("words", _words_key(), [WORDS])


def _made(kind: str, recipes: Mapping[str, Recipe], results: Results) -> Iterator[tuple[str, Any]]:
    """What recipes make, by name; one that fails is named."""
    for name, recipe in recipes.items():
        try:
            yield name, results.make(recipe)
        except Exception as error:
            raise BuildError(f"{kind} {name}: {type(error).__name__}: {error}") from error


def _write_widget_data() -> None:
    from cnnfilters.widget_data import WIDGET_DATA

    paths = {name: _data_path(name) for name in kept("widget data", WIDGET_DATA)}
    calls = {f"widget data {name}": (name, MANIFEST, path) for name, path in paths.items()}
    side_by_side("widgets", write_one, calls)
    for path in set(WIDGETS.glob("*")) - set(paths.values()):
        path.unlink()  # what no widget asks for any more
    stamp("widgets", _key("cnnfilters.widget_data"), paths.values())


def _data_path(name: str) -> Path:
    return WIDGETS / (name if "." in name else f"{name}.json")  # the others are pictures


def write_one(name: str, manifest: Path, path: Path) -> None:
    """Write the arrays of one name."""
    from cnnfilters.widget_data import WIDGET_DATA

    data = Results(manifest).make(WIDGET_DATA[name])
    write_atomically(path, data if isinstance(data, bytes) else _compact(data))


def _compact(data: object) -> str:
    return json.dumps(data, separators=(",", ":"), allow_nan=False)


def main(part: str, force: str = "") -> None:
    """The step's own process."""
    if part == "figures":
        _draw_figures(force=bool(force))
    elif part == "words":
        _write_words()
    else:
        _write_widget_data()
