"""Public functions have an example; pytest runs them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import griffe

from docs.reference import Shown, all_shown, handler_options, loaded, objects, package, shown_on

# By `folder.function`: why an example would not help a reader. May only become fewer.
LEFT_OUT = {
    "asks all networks of an experiment, or takes all that one has measured": """
        experiments.measure facts.agreement facts.digits_with_a_detector
        figures.best_unit_digits figures.class_images
        figures.drawn_filters figures.first_layers figures.five_networks figures.flattening
        figures.in_order figures.patches_coherence figures.photo_filters
        figures.photo_filters_measured figures.photo_responses figures.probes_by_depth
        figures.projections figures.randomised_weights figures.small_kernels figures.start_scales
        figures.three_arms figures.verdicts
    """,
    "needs the weights of every layer and digits, more lines than it would explain": """
        experiments.best_of experiments.read_at_equal_width experiments.read_random_sums
        experiments.read_stages experiments.right_answers
        figures.ablation_bars figures.false_frame figures.one_weight figures.seven_maps
        figures.top_patches figures.top_windows figures.weight_step figures.whole_network
        figures.zeros_or_paper
    """,
    "takes longer than half a second": """
        analysis.units experiments.class_images facts.all_cases figures.receptive_growth
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
        each.path
        for each in functions
        if not (each.docstring and any(map(_runs, each.docstring.value.splitlines())))
    ]


def _runs(line: str) -> bool:
    return line.lstrip().startswith(">>> ") and "+SKIP" not in line


def in_folder(path: str) -> str:
    """The first and the last name below the package: a module may move within its folder."""
    parts = path.split(".")
    return f"{parts[1]}.{parts[-1]}"


def test_every_function_has_an_example_or_a_reason():
    functions = list(public_functions(all_shown()))
    assert len(functions) > 300
    bare = {in_folder(path) for path in without_example(functions)}
    left_out = {name for names in LEFT_OUT.values() for name in names.split()}
    assert bare - left_out == set(), "give these an example"
    assert left_out - bare == set(), "take these off the list: they have one now, or are gone"


def test_a_door_leads_to_the_function_behind_it():
    shown = shown_on("\n::: cnnfilters.convolution.convolve\n")
    assert [each.path for each in public_functions(shown)] == [
        "cnnfilters.convolution.correlation.convolve"
    ]


PLANTED = '''
def shown():
    """One.

    >>> shown()
    """
def skipped():
    """Two.

    >>> skipped()  # doctest: +SKIP
    """
def told():
    """Three, which says >>> and shows nothing."""
def bare(): ...
'''


def test_a_function_without_an_example_is_found(tmp_path: Path):
    (tmp_path / "planted.py").write_text(PLANTED, encoding="utf-8")
    planted = loaded("planted", tmp_path, handler_options())
    functions = [each for each in objects(planted) if isinstance(each, griffe.Function)]
    assert without_example(functions) == ["planted.skipped", "planted.told", "planted.bare"]
