"""What the figures of the operation say, computed once more by other means."""

import re

import numpy as np
import pytest
import torch
from torch.nn import functional

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution import count_multiplications
from cnnfilters.digits import load_digits
from cnnfilters.figures.operation.channel_groups import channel_groups
from cnnfilters.figures.operation.edge_line_blob import edge_line_blob
from cnnfilters.figures.operation.filter_apart import filter_apart
from cnnfilters.figures.operation.flip_impulse import flip_impulse
from cnnfilters.figures.operation.flip_seven import flip_seven
from cnnfilters.figures.operation.gradients import IMAGE, UPSTREAM, WEIGHTS, gradients
from cnnfilters.figures.operation.kernel_zoo import kernel_zoo
from cnnfilters.figures.operation.method_costs import method_costs
from cnnfilters.figures.operation.moved_maps import moved_maps
from cnnfilters.figures.operation.one_window import one_window
from cnnfilters.figures.operation.shuffled_digits import shuffled_digits
from cnnfilters.figures.operation.sparse_matrix import KERNEL, sparse_matrix
from cnnfilters.figures.operation.sum_or_match import sum_or_match
from cnnfilters.figures.operation.top_windows import top_windows
from cnnfilters.photographs import photographs
from figures.runs import made_up


@pytest.fixture(scope="module")
def digits():
    return load_digits()


def rows(figure):
    return {row[0]: row[1:] for row in figure.table.rows}


def test_the_sum_in_the_words_is_the_sum_of_the_products(digits):
    figure = one_window(digits)
    total = sum(row[-1] for row in figure.table.rows)
    assert all(pixel * weight == product for _, pixel, weight, product in figure.table.rows)
    assert f"are {total:.2f}:" in figure.caption


def test_a_window_full_of_ink_scores_as_the_pattern_until_the_means_go():
    scores = rows(sum_or_match())
    np.testing.assert_allclose(scores["the pattern"], [2, 1, 1])
    np.testing.assert_allclose(scores["all ink"], [2, 0, 0])
    np.testing.assert_allclose(scores["the opposite"], [0, -1, -1])


def test_the_least_agreement_is_the_one_that_is_shown(digits):
    figure = top_windows(made_up(), digits)
    shares = {name: share for name, (share,) in rows(figure).items()}
    chosen = re.search(r"[Kk]ernel \d+", figure.alt)[0].lower()
    assert shares[chosen] == min(shares.values())
    assert f"{min(shares.values()):.0f} %" in figure.caption


def test_the_map_moves_with_the_image_to_the_last_bit(digits):
    apart, in_place = (row[1] for row in moved_maps(digits).table.rows)
    assert apart == 0
    assert in_place > 1


def test_shuffling_leaves_no_likeness_between_neighbours(digits):
    for before, after in rows(shuffled_digits(digits)).values():
        assert before > 0.5
        assert abs(after) < 0.15


def test_the_flip_turns_the_sign_of_an_edge_alone(digits):
    alike = {name: value for name, (value,) in rows(flip_seven(made_up(), digits)).items()}
    assert alike["edge"] == pytest.approx(-1)
    assert alike["line"] == alike["spot"] == pytest.approx(1)


def test_the_impulse_tells_the_two_operations_apart():
    assert "turned by 180°" in flip_impulse().alt


@pytest.mark.parametrize("figure", [kernel_zoo, filter_apart], ids=["zoo", "filter"])
def test_a_photograph_stands_beside_its_credit_and_has_a_licence(figure):
    caption = figure().caption
    named = [p for p in photographs().values() if p.attribution in caption]
    assert named
    assert all(p.licence for p in named)


def test_the_zoo_sums_to_one_or_to_zero():
    sums = {name: row[0] for name, row in rows(kernel_zoo()).items()}
    pictures = [sums[name] for name in ("identity", "box", "gaussian-5", "sharpen")]
    np.testing.assert_allclose(pictures, 1)
    np.testing.assert_allclose(sum(sums.values()), len(pictures), atol=1e-9)


def test_only_a_spot_tells_a_blob_from_a_line():
    answers = rows(edge_line_blob())
    np.testing.assert_array_equal(answers["blob over a bar"], answers["line over a bar"])
    np.testing.assert_array_equal(answers["blob over a step"], answers["line over a step"])
    assert max(answers["blob over a spot"]) == 4 * max(answers["line over a spot"])


def test_channels_one_by_one_add_up_to_the_filter():
    (off, *_) = rows(filter_apart())["largest difference from one call with all channels"]
    assert off < 1e-12


def test_groups_cost_what_pytorch_holds():
    for count, (weights, biases, _) in rows(channel_groups()).items():
        layer = torch.nn.Conv2d(8, 8, 3, padding=1, groups=int(count))
        assert (weights, biases) == (layer.weight.numel(), layer.bias.numel())


def test_the_matrix_is_that_of_pytorch():
    pixels = torch.eye(16, dtype=torch.float64).reshape(16, 1, 4, 4)  # one pixel at a time
    kernel = torch.from_numpy(KERNEL)[None, None]
    columns = functional.conv2d(pixels, kernel).reshape(16, -1)
    drawn = np.array([row[1:] for row in sparse_matrix().table.rows])
    np.testing.assert_array_equal(drawn, columns.numpy().T)


def test_both_gradients_are_those_of_autograd():
    image, kernel = (torch.tensor(x, requires_grad=True) for x in (IMAGE, WEIGHTS))
    response = functional.conv2d(image[None, None], kernel[None, None])[0, 0]
    response.backward(torch.from_numpy(UPSTREAM))
    drawn = rows(gradients())
    of_kernel = [drawn[f"kernel, row {i}"][:2] for i in range(2)]
    of_image = [drawn[f"image, row {i}"] for i in range(4)]
    np.testing.assert_array_equal(np.array(of_kernel, float), kernel.grad.numpy())
    np.testing.assert_array_equal(np.array(of_image, float), image.grad.numpy())


def test_the_transform_wins_from_the_size_that_is_said():
    size = int(re.search(r"less from (\d+)×", method_costs().caption)[1])

    def count(method, kernel):
        return count_multiplications(method, input_size=64, geometry=ConvGeometry(kernel))

    assert count("fft", size) < count("windows", size)
    assert count("fft", 5) > count("windows", 5)
