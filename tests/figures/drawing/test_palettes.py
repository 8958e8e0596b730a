"""The colours under normal and three kinds of deficient colour vision, and against both pages."""

from itertools import combinations

import matplotlib as mpl
import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from cnnfilters.figures.drawing.style import CATEGORIES, DARK, MAGNITUDE, PAPER, PIXELS, SIGNED
from figures.visions import GREY, VISIONS, seen

MOST_APART = 16  # in lightness, of 100: red looks darker without the long-wave cones
HALF = 0.5  # of full scale, where two signs must be told apart at the latest
PAGES = (PAPER, DARK[PAPER])


def lightness(colours: np.ndarray, vision: str) -> np.ndarray:
    return np.asarray(cspace_convert(seen(colours, vision), "sRGB1", "CAM02-UCS")[:, 0])


def steps_are_even(name: str, vision: str) -> bool:
    """Lightness falls or rises all the way, in steps that can be seen, over most of its range."""
    levels = lightness(mpl.colormaps[name](np.linspace(0, 1, 33))[:, :3], vision)
    steps = np.diff(levels) * np.sign(levels[-1] - levels[0])
    return bool((steps > 1).all() and np.ptp(levels) >= 70)


def arms_are_balanced(name: str, vision: str) -> bool:
    """Equal magnitudes are about equally light, and opposite signs differ."""
    at = np.linspace(0, 1, 33)
    negative, positive = (mpl.colormaps[name](0.5 + sign * at / 2)[:, :3] for sign in (-1, 1))
    apart = np.abs(lightness(negative, vision) - lightness(positive, vision)).max()
    half = int(HALF * (len(at) - 1))
    signs = deltaE(seen(negative, vision)[half], seen(positive, vision)[half])
    return bool(apart <= MOST_APART and signs >= 25)


def closest(colours: np.ndarray, vision: str) -> float:
    pairs = combinations(seen(colours, vision), 2)
    return min(float(deltaE(*pair)) for pair in pairs)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG."""
    light, dark = sorted(map(luminance, (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    srgb = np.array(mpl.colors.to_rgb(colour))
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("vision", [*VISIONS, GREY])
@pytest.mark.parametrize("name", [PIXELS, MAGNITUDE])
def test_a_larger_value_is_always_lighter_or_always_darker(name: str, vision: str) -> None:
    assert steps_are_even(name, vision)


@pytest.mark.parametrize("vision", VISIONS)
def test_opposite_signs_are_equally_light_and_told_apart(vision: str) -> None:
    assert arms_are_balanced(SIGNED, vision)


def test_zero_is_the_lightest_of_the_signed_colours() -> None:
    levels = lightness(mpl.colormaps[SIGNED](np.linspace(0, 1, 33))[:, :3], "normal")
    assert levels.argmax() == 16


@pytest.mark.parametrize("vision", VISIONS)
def test_categories_are_told_apart(vision: str) -> None:
    assert closest(np.array([mpl.colors.to_rgb(colour) for colour in CATEGORIES]), vision) >= 17


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("colour", CATEGORIES)
def test_categories_stand_out_from_both_pages(colour: str, page: str) -> None:
    assert contrast(colour, page) >= 3


@pytest.mark.parametrize("text", ["#000000", "#767676"])
def test_contrast_is_what_wcag_says(text: str) -> None:
    assert contrast(text, "#ffffff") == pytest.approx(
        {"#000000": 21, "#767676": 4.54}[text], abs=0.01
    )


def test_a_rainbow_is_refused() -> None:
    assert not any(steps_are_even("jet", vision) for vision in (*VISIONS, GREY))


def test_in_grey_signs_are_one_so_figures_give_their_numbers() -> None:
    negative, positive = lightness(mpl.colormaps[SIGNED]([0.25, 0.75])[:, :3], GREY)
    assert negative == pytest.approx(positive, abs=MOST_APART)


def test_red_to_green_is_refused() -> None:
    assert not arms_are_balanced("RdYlGn", "deuteranomaly")


def test_the_usual_cycle_of_colours_is_refused() -> None:
    assert closest(mpl.colormaps["tab10"](range(10))[:, :3], "protanomaly") < 17
