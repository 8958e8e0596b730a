"""The exercise of chapter 13, computed once more with matrices."""

import numpy as np

from docs.chapters import number, section


def variances(correlation):
    """Along the edge and along the line, for three pixels in a row."""
    covariance = correlation ** np.abs(np.subtract.outer(np.arange(3), np.arange(3)))
    edge, line = np.array([-1, 0, 1]) / 2**0.5, np.array([-1, 2, -1]) / 6**0.5
    return [direction @ covariance @ direction for direction in (edge, line)]


def test_the_edge_takes_half_of_chance_and_more_of_what_is_smooth():
    text = section("13-what-makes-edges", "Exercise")
    edge, line = variances(0.8)
    assert number(text, r"they are \$([\d.]+)\$ and") == round(edge, 2)
    assert number(text, r"and \$([\d.]+)\$, and the edge has") == round(line, 3)
    assert number(text, r"the edge has \$[\d.]+ / [\d.]+ = ([\d.]+)\$") == round(
        edge / (edge + line), 2
    )
    np.testing.assert_allclose(variances(0.0), [1, 1])


def test_the_formula_of_the_line_is_the_matrix_product():
    for correlation in (0.1, 0.5, 0.9):
        assert np.isclose(variances(correlation)[0], 1 - correlation**2)
        assert np.isclose(variances(correlation)[1], (1 - correlation) * (3 - correlation) / 3)
