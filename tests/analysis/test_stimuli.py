"""A step and a bar, and what kernels make of them."""

import numpy as np
import pytest

from cnnfilters.analysis.stimuli import response_profile, stimulus
from cnnfilters.kernel_bank import family_bases, named_kernel


@pytest.mark.parametrize("reach", [1, 2, 4])
@pytest.mark.parametrize(("kind", "extra"), [("step", 0), ("bar", 1), ("spot", 1)])
@pytest.mark.parametrize("shape", [(3, 3), (5, 2), (1, 4)], ids=str)
def test_a_profile_has_its_places_around_the_middle(kind, extra, reach, shape):
    assert response_profile(np.ones(shape), kind, reach=reach).shape == (2 * reach + extra,)


@pytest.mark.parametrize("name", ["sobel-x", "prewitt-x"])
def test_an_edge_kernel_peaks_once_on_a_step_and_swings_on_a_bar(name):
    step, bar = (response_profile(named_kernel(name).weights, kind) for kind in ("step", "bar"))
    np.testing.assert_allclose(step, step[::-1])
    assert step.min() == 0
    np.testing.assert_allclose(bar, -bar[::-1])


def test_a_line_kernel_swings_on_a_step_and_peaks_once_on_a_bar():
    line = named_kernel("line-upright").weights
    step, bar = (response_profile(line, kind) for kind in ("step", "bar"))
    np.testing.assert_allclose(step, -step[::-1])
    np.testing.assert_allclose(bar, bar[::-1])
    assert bar.argmax() == len(bar) // 2


@pytest.mark.parametrize("kind", ["step", "bar"])
def test_kernels_that_sum_to_zero_answer_nothing_away_from_the_pattern(kind):
    for basis in family_bases(3).values():
        assert response_profile(basis[0], kind, reach=6)[[0, -1]] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: stimulus("dot", size=3), r"`kind` \(='dot'\) must be one of step, bar"),
        (lambda: stimulus("bar", size=0), r"`size` \(=0\) must be at least 1"),
        (lambda: response_profile([1, 2], "bar"), r"`kernel` \(shape \(2,\)\) must have axes"),
        (lambda: response_profile([[1]], "bar", reach=0), r"`reach` \(=0\) must be at least 1"),
    ],
    ids=["kind", "size", "kernel", "reach"],
)
def test_nonsense_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_blob_kernel_tells_a_spot_from_a_bar_and_a_line_kernel_does_not():
    line, blob = (named_kernel(name).weights for name in ("line-upright", "laplacian-8"))
    peaks = {
        (name, kind): np.abs(response_profile(kernel, kind)).max()
        for name, kernel in (("line", line), ("blob", blob))
        for kind in ("bar", "spot")
    }
    assert peaks["line", "bar"] == peaks["blob", "bar"]
    assert peaks["blob", "spot"] > peaks["blob", "bar"]
    assert peaks["line", "spot"] < peaks["line", "bar"]
