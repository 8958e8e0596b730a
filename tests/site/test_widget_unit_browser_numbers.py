"""The numbers of the unit browser: what Python computes, and how much they weigh."""

from __future__ import annotations

import gzip
from itertools import product
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from checks.built_site import BuiltSite
from checks.widget_files import levels, units_data
from checks.widget_page import Opener, ask, query, widget
from cnnfilters.analysis.forward import Network
from cnnfilters.analysis.receptive_patches import coherence, cut, responses, strongest
from cnnfilters.analysis.unit_browser import ENDS, LAYERS
from cnnfilters.config import headline_configs
from cnnfilters.results import MANIFEST, Results

pytestmark = pytest.mark.browser
UNITS = widget("unit-browser")
MOST_BYTES = 120 * 1024  # packed, of the two layers of one network


@pytest.mark.parametrize("layer", LAYERS)
def test_its_numbers_are_those_of_the_build_s_network(site: BuiltSite, layer: Any) -> None:
    """The files are of the Runs and digits that the build has, not of others."""
    if not MANIFEST.exists():
        pytest.skip("the site was built elsewhere")
    results = Results()
    run, digits = results.get("run:default"), results.get("digits")
    network, images = Network.of(run), digits.held_out_images[:1_000]
    found = strongest(network, images, layer=layer)
    data = units_data(site, layer)
    np.testing.assert_allclose(data["responses"], found.response, atol=1e-3)
    patches = cut(network, images, found, layer=layer)
    np.testing.assert_allclose(data["coherence"], coherence(patches), atol=1e-3)
    np.testing.assert_allclose(levels(data["patches"]) / 255, patches, atol=0.5 / 255 + 1e-6)
    alone = responses(network, levels(data["maximised"]) / 255, layer)
    np.testing.assert_allclose(data["reached"], np.diagonal(alone[..., 0, 0]), atol=1e-3)


@pytest.mark.parametrize("layer", LAYERS)
def test_what_it_reads_is_what_was_written(bare: Page, site: BuiltSite, layer: str) -> None:
    raw = units_data(site, layer)
    call = """([data, cases]) => { const units = module.readUnits(data);
      return cases.map(([unit, method]) => [module.patchOf(units, unit, 3),
        module.meanPatch(units, unit), module.projectionOf(units, unit, method),
        module.maximisedOf(units, unit),
        ...(units.slices ? module.slicesOf(units, unit).map(({ slice }) => slice) : [])]
        .map(({ data }) => [...data])); }"""
    cases = list(product(range(len(raw["labels"])), raw["projections"]))  # each unit, each way
    (found,) = ask(bare, "units/data.js", call, [[raw, cases]])
    for (unit, method), (patch, mean, projection, maximised, *slices) in zip(
        cases, found, strict=True
    ):
        ink = levels(raw["patches"])[unit] / 255
        np.testing.assert_allclose(patch, ink[3].ravel())
        np.testing.assert_allclose(mean, ink.mean(axis=0).ravel())
        back = raw["projections"][method]
        wanted = levels(back, np.int8)[unit] / 127 * back["scales"][unit]
        np.testing.assert_allclose(projection, wanted.ravel())
        np.testing.assert_allclose(maximised, levels(raw["maximised"])[unit].ravel() / 255)
        if layer == "conv2":
            wanted = levels(raw["slices"], np.int8)[unit] / 127 * raw["slices"]["scales"][unit]
            np.testing.assert_allclose(slices, wanted.reshape(4, 25))


def test_correlations_are_numpys(bare: Page) -> None:
    rng = np.random.default_rng(3)
    cases = [rng.normal(size=(2, int(size))).tolist() for size in rng.integers(2, 200, 200)]
    found = ask(bare, "units/data.js", "x => module.correlation(...x)", cases)
    np.testing.assert_allclose(found, [np.corrcoef(case)[0, 1] for case in cases], atol=1e-9)
    assert ask(bare, "units/data.js", "x => module.correlation(...x)", [[[1, 1], [0, 1]]]) == [None]


@pytest.mark.parametrize(
    "state", [{}, {"layer": "conv1", "unit": 7, "run": "source", "end": "start"}], ids=str
)
def test_the_code_finds_the_responses_again(
    open_widgets: Opener, site: BuiltSite, monkeypatch: pytest.MonkeyPatch, state: dict[str, Any]
) -> None:
    if not MANIFEST.exists():
        pytest.skip("the site was built elsewhere")
    run = Results().get(f"run:{state.get('run', 'default')}")
    monkeypatch.setattr("cnnfilters.training.train", lambda _: run)  # it takes a minute
    with open_widgets(UNITS, query=query(**state)) as page:
        lines = (page.locator(".cf-sharing code").text_content() or "").splitlines()
    names: dict[str, Any] = {}
    exec("\n".join(lines[:-1]), names)
    found = eval(lines[-1].split("#")[0], names)
    data = units_data(site, *(state.get(name, first) for name, first in FIRST.items()))
    unit = state.get("unit", 1) - 1
    np.testing.assert_allclose(found, data["responses"][unit], atol=1e-3)
    patches = np.stack([np.asarray(patch) for patch in names["patches"]])
    strong = np.diff(data["responses"][unit]) < -1e-3  # equal ones may change places
    first = 0 if strong[0] else slice(0, 0)
    wanted = levels(data["patches"])[unit] / 255
    np.testing.assert_allclose(patches[first], wanted[first], atol=0.14)  # padding is grey there


FIRST = {"layer": "conv2", "end": "trained", "run": "default"}


@pytest.mark.parametrize("run", headline_configs())
@pytest.mark.parametrize("end", ENDS)
def test_a_network_s_two_layers_stay_within_their_budget(
    site: BuiltSite, run: str, end: str
) -> None:
    files = [site.folder / f"widgets/data/units-{run}-{layer}-{end}.json" for layer in LAYERS]
    assert sum(len(gzip.compress(file.read_bytes(), mtime=0)) for file in files) <= MOST_BYTES
