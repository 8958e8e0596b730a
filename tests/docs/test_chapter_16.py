"""The exercise of chapter 16, computed by listing every case; and the layer that its text names."""

import re
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from cnnfilters.analysis.independent_components import as_conv2d
from cnnfilters.analysis.orientation_and_colour import chroma
from cnnfilters.experiments.photograph_filters import COMPONENTS, SIDE
from docs.chapters import number, section

CHAPTER = "16-colour-from-photographs"
SOURCE = {-2: Fraction(1, 8), 0: Fraction(3, 4), 2: Fraction(1, 8)}
VALUE = r"(-?\d+(?:\.\d+)?)"


def moment(power):
    """Of s, and of y times the square root of 2, to an even power."""
    alone = sum(chance * value**power for value, chance in SOURCE.items())
    pairs = product(SOURCE.items(), repeat=2)
    mixed = sum(p * q * (s + t) ** power for (s, p), (t, q) in pairs)
    return alone, Fraction(mixed, 2 ** (power // 2))


def test_mixing_keeps_the_variance_and_halves_the_excess():
    text = section(CHAPTER, "Exercise")
    variances, fourth = moment(2), moment(4)
    assert variances == (1, 1)
    assert number(text, rf"\\mathrm\{{E\}}\\,s\^4 = \\tfrac14 \\cdot 16 = {VALUE}\$") == fourth[0]
    assert number(text, rf"\(4 \+ 6 \\cdot 1 \\cdot 1 \+ 4\) = {VALUE}\$") == fourth[1]
    assert number(text, rf"the excess of \$s\$ is \${VALUE}\$") == fourth[0] - 3
    assert number(text, rf"the excess of \$y\$ is \${VALUE}\$") == fourth[1] - 3


def test_the_mixtures_are_uncorrelated_though_not_independent():
    pairs = [(s, t, p * q) for (s, p), (t, q) in product(SOURCE.items(), repeat=2)]
    assert sum(chance * (s + t) * (s - t) for s, t, chance in pairs) == 0
    squares = sum(chance * (s + t) ** 2 * (s - t) ** 2 for s, t, chance in pairs) / 4
    assert squares != 1  # what independence would give


def test_the_chromas_of_the_exercise():
    text = section(CHAPTER, "Exercise")
    weights = np.array([[1, 1, 1], [1, 0, 0], [1, -1, 0]], dtype=float).reshape(3, 3, 1, 1)
    said = [0, number(text, rf"\\approx {VALUE}\$, and"), number(text, rf", and \${VALUE}\$\.\n")]
    assert chroma(weights) == pytest.approx(said, abs=0.005)


def test_the_layer_is_the_one_of_the_text():
    (code,) = re.findall(r"`nn\.Conv2d\((.+?)\)`", section(CHAPTER, "As a layer"))
    layer = as_conv2d(np.zeros((COMPONENTS[3], 3, SIDE, SIDE)))
    assert code == f"3, {layer.out_channels}, kernel_size={layer.kernel_size[0]}, bias=False"
    assert (
        number(section(CHAPTER, "Filters without a network"), r"adds up (\d+) num") == 3 * SIDE**2
    )


def test_the_solution_is_hidden():
    _, solution = section(CHAPTER, "Exercise").split('??? solution "Solution"')
    assert all(line.startswith("    ") for line in solution.splitlines() if line.strip())
