"""Draw the figures that changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cnnfilters.files import write_atomically
from cnnfilters.provenance import code_digest, digest, versions
from cnnfilters.results import Recipe, Results
from pages.marks import BASE
from pipeline.manifest import LIBRARIES, results_key
from pipeline.places import Places
from pipeline.processes import run_step, side_by_side
from pipeline.stamps import begin_if_stale, clear, stamp


def draw(places: Places, *, force: bool = False) -> int:
    """Draw the figures that changed.

    Returns:
        How many were drawn.
    """
    before = {path: path.stat().st_mtime_ns for path in places.figures.glob("*.html")}
    if force:
        clear(places, "figures")
    if begin_if_stale(places, "figures", results_key(places, "cnnfilters.figures")):
        run_step(Draw(places, force))
    after = {path: path.stat().st_mtime_ns for path in places.figures.glob("*.html")}
    return sum(before.get(path) != when for path, when in after.items())


def figure_key(recipe: Recipe, results: Results) -> str:
    """The digest of what a figure depends on: no other module's change draws it again."""
    return digest(
        code_digest(recipe.make.__module__),
        recipe.make.__qualname__,
        [results.key(name) for name in recipe.inputs],
        dict(recipe.options),
        versions(*LIBRARIES),
    )


@dataclass(frozen=True)
class Draw:
    """The step's own process, which has others draw."""

    places: Places
    force: bool = False

    def run(self) -> None:
        """Draw what changed, and remove what is no longer in the catalogue."""
        from cnnfilters.figures import FIGURES

        places, results = self.places, Results(self.places.manifest)
        wanted = places.scope.part("figures", FIGURES)
        keys = {name: figure_key(recipe, results) for name, recipe in wanted.items()}
        stale = [name for name in keys if self._begin(name, keys[name])]
        print(f"figures: drawing {len(stale)} of {len(keys)}", flush=True)
        calls = {f"figure {name}": (places, name, keys[name]) for name in stale}
        side_by_side("figures", draw_one, calls, places.scope.workers)
        outputs = {path for name in keys for path in _outputs(places, name)}
        for path in set(places.figures.glob("*")) - outputs:
            path.unlink()
        stamp(places, "figures", results_key(places, "cnnfilters.figures"), outputs)

    def _begin(self, name: str, key: str) -> bool:
        return self.force or begin_if_stale(self.places, f"figure-{name}", key)


def draw_one(places: Places, name: str, key: str) -> None:
    """Draw one figure and write its pictures, its numbers and its HTML."""
    from cnnfilters.figures import FIGURES
    from cnnfilters.figures.drawing.figure import LAYOUTS, SCHEMES

    recipe, folder, results = FIGURES[name], places.figures, Results(places.manifest)
    figure = results.make(recipe)
    for layout in LAYOUTS:
        for scheme in SCHEMES:
            write_atomically(folder / f"{name}-{layout}-{scheme}.svg", figure.svg(layout, scheme))
    write_atomically(folder / f"{name}.csv", figure.table.csv())
    address = f"{BASE}figures/{name}"
    text = figure.html(
        lambda layout, scheme: f"{address}-{layout}-{scheme}.svg",
        csv=f"{address}.csv",
        name=name,
        origin=results.origin(recipe),
    )
    write_atomically(folder / f"{name}.html", text)
    stamp(places, f"figure-{name}", key, _outputs(places, name))


def _outputs(places: Places, name: str) -> list[Path]:
    layouts = ("wide-light", "wide-dark", "narrow-light", "narrow-dark")
    files = [f"{name}.csv", f"{name}.html", *(f"{name}-{layout}.svg" for layout in layouts)]
    return [places.figures / file for file in files]
