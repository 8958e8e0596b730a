"""The text in every published picture is large enough, complete, and in the ink of its page."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pytest

from checks.built_site import BuiltSite
from checks.drawn_text import light_inks, missing_numbers, small_texts
from checks.figure_colours import pictures_in
from cnnfilters.figures import FIGURES
from cnnfilters.figures.drawing.style import DARK, INK

pytestmark = pytest.mark.browser
Problems = Callable[[str], Collection[str]]
TEXT = '<svg xmlns="http://www.w3.org/2000/svg"><text style="{}">{}</text></svg>'
SEEN = f"font: 8px 'DejaVu Sans'; fill: {DARK[INK]}"


@pytest.mark.parametrize(
    ("scheme", "problems"),
    [("*", small_texts), ("*", missing_numbers), ("dark", light_inks)],
    ids=["large", "complete", "seen"],
)
def test_the_text_of_every_figure_is(site: BuiltSite, scheme: str, problems: Problems) -> None:
    pictures = pictures_in(site.folder / "figures", f"*-{scheme}.svg")
    assert len(pictures) == len(FIGURES) * (2 if scheme == "dark" else 4)
    found = {name: problems(svg) for name, svg in pictures.items()}
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize(
    ("style", "words", "problems", "found"),
    [
        (SEEN, "0.5", small_texts, []),
        ("font: 7.9px serif", "0.5", small_texts, ["0.5"]),
        ("font-size: 7px; font-weight: bold", "0.5", small_texts, ["0.5"]),
        ("fill: red", "0.5", small_texts, ["0.5"]),
        (SEEN, "information", missing_numbers, set()),
        (SEEN, "-inf", missing_numbers, {"inf"}),
        (SEEN, "NaN %", missing_numbers, {"NaN"}),
        (SEEN, "0.5", light_inks, set()),
        (SEEN.replace(DARK[INK], INK), "0.5", light_inks, {INK}),
    ],
)
def test_planted_text_is_caught(
    style: str, words: str, problems: Problems, found: Collection[str]
) -> None:
    assert problems(TEXT.format(style, words)) == found


def test_a_picture_without_text_is_caught() -> None:
    assert small_texts('<svg xmlns="http://www.w3.org/2000/svg"/>') == ["no text"]
