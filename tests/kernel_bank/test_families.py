"""The families of edges, lines and the blob."""

import numpy as np
import pytest

from cnnfilters.analysis.kernels import kernel_shares, orientation_deg
from cnnfilters.kernel_bank import FAMILIES, edge_line_bank, family_bases, gaussian_derivative

SIZES = [3, 4, 5, 7, 11]


@pytest.mark.parametrize("size", SIZES)
def test_all_five_are_orthonormal_and_mean_free(size):
    bases = family_bases(size)
    assert {name: len(basis) for name, basis in bases.items()} == dict(FAMILIES)
    rows = np.concatenate([basis.reshape(len(basis), -1) for basis in bases.values()])
    np.testing.assert_allclose(rows @ rows.T, np.eye(5), atol=1e-12)
    np.testing.assert_allclose(rows.sum(axis=1), 0, atol=1e-12)


def share(basis, kernel):
    pattern = kernel - kernel.mean()
    return (np.tensordot(basis, pattern, axes=2) ** 2).sum() / (pattern**2).sum()


@pytest.mark.parametrize("angle", [0, 25, 140], ids=str)
@pytest.mark.parametrize("size", SIZES)
def test_a_first_derivative_is_all_edge_at_any_angle(size, angle):
    edge = gaussian_derivative(size, order=1, angle_deg=angle)
    assert share(family_bases(size)["edge"], edge) == pytest.approx(1)


@pytest.mark.parametrize("size", SIZES)
def test_second_derivatives_are_lines_and_blob_and_no_edge(size):
    bases = family_bases(size)
    second = gaussian_derivative(size, order=2, angle_deg=30)
    shares = {name: share(basis, second) for name, basis in bases.items()}
    assert shares["edge"] == pytest.approx(0, abs=1e-12)
    assert shares["line"] + shares["blob"] == pytest.approx(1, abs=1e-9)
    crossed = second - gaussian_derivative(size, order=2, angle_deg=120)
    assert share(bases["line"], crossed) == pytest.approx(1)


@pytest.mark.parametrize("size", SIZES)
def test_the_blob_looks_the_same_after_a_quarter_turn(size):
    (blob,) = family_bases(size)["blob"]
    np.testing.assert_allclose(np.rot90(blob), blob, atol=1e-12)


@pytest.mark.parametrize("size", [2, 0, -3])
def test_too_small_a_size_is_refused(size):
    with pytest.raises(ValueError, match=rf"`size` \(={size}\) must be at least 3"):
        family_bases(size)


def test_the_bank_holds_edges_every_45_degrees_and_lines_dark_and_bright():
    bank = edge_line_bank(5)
    np.testing.assert_allclose((bank**2).sum((1, 2)), 1)
    np.testing.assert_allclose(orientation_deg(bank[:8]), 45 * np.arange(8), atol=1)
    np.testing.assert_allclose(kernel_shares(bank).edge, [1] * 8 + [0] * 8, atol=1e-12)
    np.testing.assert_allclose(kernel_shares(bank).line, [0] * 8 + [1] * 8, atol=1e-12)
    np.testing.assert_allclose(bank[8:12], -bank[12:], atol=1e-12)
