"""What most facts are made from, and the same fact of several networks."""

from __future__ import annotations

from collections.abc import Mapping

from cnnfilters.results import Recipe

DEFAULT, SOURCE, SMALL_START = ("run:default",), ("run:source",), ("run:small-start",)
SUFFIXES = {"": DEFAULT, "_source": SOURCE, "_small_start": SMALL_START}


def of_each_run(recipes: Mapping[str, Recipe]) -> dict[str, Recipe]:
    """The same fact of the three headline networks: `cosine`, `cosine_source`, and so on.

    Example:
        >>> list(of_each_run({"cosine": Recipe(len)}))
        ['cosine', 'cosine_source', 'cosine_small_start']
    """
    return {
        f"{name}{suffix}": Recipe(recipe.make, (*run, *recipe.inputs), recipe.options)
        for name, recipe in recipes.items()
        for suffix, run in SUFFIXES.items()
    }


def of_the_start(recipes: Mapping[str, Recipe]) -> dict[str, Recipe]:
    """The same fact of the untrained start, whose kernels are alike up to scale in all three.

    Example:
        >>> list(of_the_start({"blobs": Recipe(len)}))
        ['blobs_start']
    """
    return {
        f"{name}_start": Recipe(
            recipe.make, (*DEFAULT, *recipe.inputs), {**recipe.options, "snapshot": 0}
        )
        for name, recipe in recipes.items()
    }
