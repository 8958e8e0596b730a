"""The chance levels against scipy's Beta law and against simulation; the naming rule."""

import numpy as np
import pytest
from scipy.stats import beta

from cnnfilters.analysis.kernels import kernel_shares, moran_i
from cnnfilters.analysis.nulls import (
    chance_mean,
    chance_quantile,
    fit_chance,
    fit_quantile,
    kernel_fits,
    name_kernels,
    patch_covariance,
    random_kernels,
    smoothness_threshold,
    uniform_kernels,
)
from cnnfilters.kernel_bank import FAMILIES


def beta_law(family, side):
    n, d = side**2 - 1, FAMILIES[family]
    return beta(d / 2, (n - d) / 2)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("side", [3, 5, 7])
@pytest.mark.parametrize("level", [0.0, 0.05, 0.5, 0.95, 0.99, 1.0])
def test_the_quantile_is_that_of_the_beta_law(family, side, level):
    exact = beta_law(family, side).ppf(level)
    assert chance_quantile(family, level, side=side) == pytest.approx(exact, abs=1e-6)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_mean_is_that_of_the_beta_law(family):
    assert chance_mean(family) == pytest.approx(beta_law(family, 5).mean())


@pytest.mark.parametrize("family", FAMILIES)
def test_gaussian_kernels_follow_the_exact_null(family):
    kernels = np.random.default_rng(5).normal(size=(50_000, 5, 5))
    shares = getattr(kernel_shares(kernels), family)
    assert shares.mean() == pytest.approx(chance_mean(family), abs=0.001)
    assert np.quantile(shares, 0.95) == pytest.approx(chance_quantile(family, 0.95), abs=0.004)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_uniform_start_is_so_near_to_gaussian_that_the_textbook_null_serves(family):
    shares = getattr(kernel_shares(uniform_kernels()), family)
    assert np.quantile(shares, 0.95) == pytest.approx(chance_quantile(family, 0.95), abs=0.004)


def test_a_share_from_another_law_would_be_noticed():
    smooth = uniform_kernels(count=2_000, side=7)
    smooth = smooth[:, 1:-1, 1:-1] + smooth[:, :-2, 1:-1] + smooth[:, 1:-1, :-2]
    shares = kernel_shares(smooth).edge
    assert abs(np.quantile(shares, 0.95) - chance_quantile("edge", 0.95)) > 0.05


@pytest.mark.parametrize("side", [3, 4, 5, 7])
def test_at_most_three_chance_kernels_in_a_hundred_are_named(side):
    names = name_kernels(uniform_kernels(count=20_000, side=side, seed=9))
    assert 0.01 < (names != "none").mean() < 0.03


@pytest.mark.parametrize("family", FAMILIES)
def test_chance_is_that_of_kernels_which_were_not_among_those_it_was_simulated_with(family):
    kernels = uniform_kernels(count=20_000, seed=9)
    fits, chance = getattr(kernel_fits(kernels), family), fit_chance()[family]
    assert fits.mean() == pytest.approx(chance.mean, abs=0.002)
    assert (fits > chance.limit).mean() == pytest.approx(0.01, abs=0.003)


def test_one_chance_kernel_in_a_hundred_is_smoother_than_the_threshold():
    smoothness = moran_i(uniform_kernels(count=50_000, seed=9))
    assert (smoothness > smoothness_threshold()).mean() == pytest.approx(0.01, abs=0.003)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_kernel_gets_its_name_just_above_the_limit_and_not_just_below(family):
    kernels = uniform_kernels(count=50_000, seed=11)
    fits = kernel_fits(kernels)._asdict()
    limit = fit_chance()[family].limit
    near = np.abs(fits[family] - limit) < 0.02
    largest = np.all([fits[family] >= fits[other] for other in FAMILIES], axis=0)
    names = name_kernels(kernels[near & largest])
    above = fits[family][near & largest] > limit
    assert above.any()
    assert (~above).any()
    assert ((names == family) == above).all()


def test_names_keep_the_axes_of_the_kernels():
    checkerboard = np.indices((3, 3)).sum(axis=0) % 2
    kernels = np.stack([[[[-1, 0, 1]] * 3, checkerboard], [np.ones((3, 3)), np.zeros((3, 3))]])
    assert name_kernels(kernels).tolist() == [["edge", "none"], ["none", "none"]]


def in_zeros(kernel):
    return np.pad(np.array(kernel, float), 1)


@pytest.mark.parametrize(
    ("kernel", "name"),
    [
        ([[-1, -1, 4, -1, -1]] * 5, "line"),
        (in_zeros([[-1, 2, -1]] * 3), "line"),
        (np.eye(5), "line"),
        (np.fliplr(np.eye(5)), "line"),
        ([[0, 0, 0, -1, 0]] * 5, "line"),
        (in_zeros([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]), "blob"),
        (in_zeros([[0, -1, 0], [-1, 4, -1], [0, -1, 0]]), "blob"),
        (in_zeros([[1, 2, 1], [2, 4, 2], [1, 2, 1]]), "blob"),
        (in_zeros([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]), "edge"),
        ([[0, 0, 0, 1, 1]] * 5, "edge"),
        (np.triu(np.ones((5, 5))), "edge"),
        ([[-2, -1, 0, 1, 2]] * 5, "edge"),
        (np.indices((5, 5)).sum(axis=0) % 2, "none"),
        (np.ones((5, 5)), "none"),
    ],
)
def test_kernels_that_anyone_would_name_have_that_name(kernel, name):
    assert str(name_kernels(kernel)) == name
    assert str(name_kernels(-3 * np.asarray(kernel))) == name


@pytest.mark.parametrize("level", [-0.1, 1.5, float("nan")])
def test_a_level_that_is_no_probability_is_refused(level):
    for quantile in (chance_quantile, fit_quantile):
        with pytest.raises(ValueError, match=r"`level` .* must be between 0 and 1"):
            quantile("edge", level)


@pytest.mark.parametrize(
    "question",
    [
        chance_mean,
        lambda family: chance_quantile(family, 0.5),
        lambda family: fit_quantile(family, 0.5),
    ],
)
def test_an_unknown_family_is_refused(question):
    with pytest.raises(ValueError, match=r"`family` \(='rest'\) must be one of edge, line, blob"):
        question("rest")


def test_patch_covariance_is_that_of_all_patches_written_out():
    images = np.random.default_rng(1).uniform(0, 1, (3, 6, 7))
    patches = [
        image[row : row + 3, column : column + 3].ravel()
        for image in images
        for row in range(4)
        for column in range(5)
    ]
    expected = np.cov(np.array(patches).T, bias=True)
    np.testing.assert_allclose(patch_covariance(images, side=3), expected, atol=1e-12)


def test_random_kernels_vary_together_as_they_are_told():
    mix = np.random.default_rng(2).normal(size=(9, 9))
    wanted = mix @ mix.T
    kernels = random_kernels(wanted, count=50_000)
    found = np.cov(kernels.reshape(-1, 9).T)
    np.testing.assert_allclose(found, wanted, atol=0.05 * np.abs(wanted).max())


def test_smooth_images_make_random_kernels_edge_like_and_white_noise_does_not():
    rows, columns = np.mgrid[:28, :28] / 28
    smooth = np.stack([np.sin(5 * rows + t) * np.cos(4 * columns - t) for t in range(6)])
    noise = np.random.default_rng(3).normal(size=(40, 28, 28))
    shares = [
        kernel_shares(random_kernels(patch_covariance(i))).edge.mean() for i in (smooth, noise)
    ]
    assert shares[0] > 0.5
    assert shares[1] == pytest.approx(2 / 24, abs=0.02)
