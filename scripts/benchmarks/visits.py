"""What a reader's browser fetches and computes, in a headless Chromium."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from benchmarks.timing import spread
from cnnfilters.config import headline_configs
from pipeline.places import ROOT, Places
from pipeline.processes import BuildError
from pipeline.sheet import Sheet

sys.path.append(str(ROOT / "tests" / "site"))  # it knows how to visit a page, and to weigh it

from checks.browsing import launch, new_context, opened
from checks.built_site import BuiltSite
from checks.chromium import installed_chromium
from checks.server import served
from checks.visit import Visit, visit
from checks.weight import first_view, widgets

LAB = "learning/14-feature-maps/"
PASSES = 50  # of one measurement, since a browser's clock is coarse
FORWARD = """async ([name, rounds, passes]) => {
  const at = path => new URL(`../../${path}`, location);
  const { modelOf } = await import(at("widgets/lib/model_file.js"));
  const { forward } = await import(at("widgets/lib/network.js"));
  const network = modelOf(await (await fetch(at(`widgets/data/model-${name}.json`))).json());
  const ink = Float64Array.from({ length: 784 }, (_, pixel) => (pixel * 37 % 101) / 100);
  const found = [];
  for (let round = -1; round < rounds; round++) { // the first is for the compiler
    const start = performance.now();
    for (let pass = 0; pass < passes; pass++) forward(network, ink);
    if (round >= 0) found.push((performance.now() - start) / passes);
  }
  return found;
}"""


@contextmanager
def browsing() -> Iterator[tuple[Browser, BuiltSite, str]]:
    """A browser, the built site, and the address where it is served.

    Raises:
        BuildError: There is no browser or no site.
    """
    executable = installed_chromium()
    if executable is None:
        raise BuildError("the rows of the browser need an installed Chromium or Chrome")
    folder = Places.of(ROOT).site
    if not (folder / "sitemap.xml").exists():
        raise BuildError(f"{folder} is empty: run python scripts/build.py first")
    site = BuiltSite(folder)
    with sync_playwright() as playwright, served(site) as base:
        browser = launch(playwright, executable)
        yield browser, site, base
        browser.close()


def visits() -> Sheet:
    """KiB and requests of the first visit of every chapter and tutorial, in groups."""
    with browsing() as (browser, site, base):
        seen = {path: visit(browser, base, path) for path in site.pages if _is_read(path)}
        weights = {path: _weight(site, each) for path, each in seen.items()}
    rows = []
    for name, paths in _groups(weights).items():
        kibs, requests, whole = zip(*(weights[path] for path in paths), strict=True)
        heaviest = max(paths, key=lambda path: weights[path])
        rows.append(
            (
                f"{len(paths)} {name}",
                f"{statistics.median(kibs):.0f}",
                f"{max(kibs):.0f}",
                heaviest.strip("/").rpartition("/")[2],
                str(max(requests)),
                f"{max(whole):.0f}",
            )
        )
    return Sheet(
        "KiB and requests of a first visit before anything is scrolled, compressed as GitHub Pages "
        "does; last, the most with all that a page's widgets fetch when they are reached.",
        ("pages", "median", "most", "the heaviest", "requests", "with widgets"),
        rows,
        weights,
    )


def _is_read(path: str) -> bool:
    return path.startswith(("operation/", "arithmetic/", "learning/", "tutorials/"))


def _groups(weights: Mapping[str, object]) -> dict[str, list[str]]:
    tutorials = [path for path in weights if path.startswith("tutorials/")]
    return {"chapters": [path for path in weights if path not in tutorials], "tutorials": tutorials}


def _weight(site: BuiltSite, seen: Visit) -> tuple[float, int, float]:
    """KiB and requests of the first view, and KiB with the page's widgets."""
    first, later = first_view(site, seen), widgets(site, seen)
    kib = sum(first.values()) / 1024
    return kib, len(first), kib + sum(later.values()) / 1024


def lab(rounds: int) -> Sheet:
    """Milliseconds of one forward pass of the digit lab, which keeps every map on the way."""
    with browsing() as (browser, _, base):
        context = new_context(browser)
        with opened(context, base + LAB) as page:
            found = {
                name: page.evaluate(FORWARD, [name, rounds, PASSES]) for name in headline_configs()
            }
    rows = [(name, spread(values)) for name, values in found.items()]
    return Sheet(
        "Milliseconds of one forward pass of the digit lab; a frame of the screen takes 16.7.",
        ("network", "ms"),
        rows,
        found,
    )
