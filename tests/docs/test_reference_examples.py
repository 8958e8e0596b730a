"""Public functions have an example; pytest runs them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import griffe

from docs.reference import Shown, all_shown, handler_options, loaded, objects, package, shown_on

# Of each, `module.function`, and why an example would not help a reader. May only become fewer.
LEFT_OUT = {
    "asks all networks of an experiment, or takes all that one has measured": """
        class_images.measure flattening.measure frozen_filters.measure hierarchy.measure
        initialisation.measure labels_and_pixels.measure photograph_filters.measure
        randomised_weights.measure silenced_kernels.measure small_kernels.measure units.measure
        hierarchy_claims.counted labels_and_pixels.beyond_reference labels_and_pixels.explained
        small_kernels.better best_units.best_unit_digits class_images.class_images
        first_layers.first_layers five_networks.five_networks flattening.flattening
        patches.patches_coherence photo_filters.photo_filters photo_filters.shown
        photo_measured.photo_filters_measured photo_responses.photo_responses
        probes.probes_by_depth projections.projections randomised_weights.randomised_weights
        small_kernels.small_kernels three_arms.three_arms verdicts.verdicts
    """,
    "needs the weights of every layer and digits, more lines than it would explain": """
        ablation.ablation_bars feature_maps.seven_maps matching.top_windows one_weight.one_weight
        one_weight.weight_step padding.false_frame padding_frame.zeros_or_paper patches.top_patches
        whole_network.whole_network
    """,
    "takes longer than half a second": """
        arithmetic.all_cases receptive_fields.receptive_growth unit_browser.units
        widget_data.unit_pictures
    """,
    "reads weights of others, which have to be downloaded": "pretrained.load_pretrained",
}


def public_functions(shown: Iterable[Shown]) -> Iterator[griffe.Function]:
    """Functions of modules that a page shows, and those that a door lists."""
    names = {each.name for each in shown}
    for name in sorted(names):
        found = package()[name.removeprefix("cnnfilters.")] if "." in name else package()
        if isinstance(found, griffe.Alias):
            found = found.final_target
        if isinstance(found, griffe.Function):
            yield found
        elif found.is_module:
            yield from (each for each in objects(found) if _is_of(each, found))


def _is_of(found: griffe.Object, module: griffe.Object) -> bool:
    return isinstance(found, griffe.Function) and found.parent is module


def without_example(functions: Iterable[griffe.Function]) -> list[str]:
    return [
        each.path for each in functions if not (each.docstring and ">>>" in each.docstring.value)
    ]


def short(path: str) -> str:
    """The last two names, which stay when a module moves to another folder."""
    return ".".join(path.split(".")[-2:])


def test_no_new_function_is_without_an_example():
    functions = list(public_functions(all_shown()))
    assert len(functions) > 300
    left_out = {name for names in LEFT_OUT.values() for name in names.split()}
    assert {short(path) for path in without_example(functions)} == left_out


def test_a_door_leads_to_the_function_behind_it():
    shown = shown_on("\n::: cnnfilters.convolution.convolve\n")
    assert [each.path for each in public_functions(shown)] == [
        "cnnfilters.convolution.correlation.convolve"
    ]


def test_a_function_without_an_example_is_found(tmp_path: Path):
    (tmp_path / "planted.py").write_text(
        'def shown():\n    """One.\n\n    >>> shown()\n    """\ndef told():\n    """Two."""\n'
        "def bare(): ...\n",
        encoding="utf-8",
    )
    planted = loaded("planted", tmp_path, handler_options())
    functions = [each for each in objects(planted) if isinstance(each, griffe.Function)]
    assert without_example(functions) == ["planted.told", "planted.bare"]
