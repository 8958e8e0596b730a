"""Exercises and statements of chapters 1 to 6, computed once more by other means."""

import numpy as np
import pytest
import torch
from scipy import signal
from torch import nn
from torch.nn import functional

from cnnfilters.kernel_bank import named_kernel
from cnnfilters.model import MLP, SmallCNN
from docs import chapters
from docs.chapters import matrices, number, section

CHAPTERS = (
    "01-why-not-flatten",
    "02-one-sliding-dot-product",
    "03-convolution-or-cross-correlation",
    "04-a-zoo-of-kernels",
    "05-channels-bias-groups",
    "06-as-a-matrix",
)


def correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return np.asarray(signal.correlate2d(image, kernel, mode="valid"))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_solution_is_hidden(chapter: str) -> None:
    task, solution = section(chapter, "Exercise").split('??? solution "Solution"')
    assert task.strip()
    assert all(line.startswith("    ") for line in solution.splitlines() if line.strip())


def test_pooling_hides_the_first_move_and_not_the_second() -> None:
    image, kernel, *said = matrices(section(CHAPTERS[0], "Exercise"))
    for places, (response, pooled) in enumerate(zip(said[::2], said[1::2], strict=True)):
        row = correlate(np.roll(image, places, axis=1), kernel)
        np.testing.assert_array_equal(response, row)
        expected = functional.max_pool1d(torch.from_numpy(row)[None], 2)[0]
        np.testing.assert_array_equal(pooled, expected.numpy())


def test_first_layers_have_as_many_numbers_as_the_table_says() -> None:
    text = section(CHAPTERS[0], "One kernel for all places")
    perceptron, cnn = MLP().hidden, SmallCNN().conv1
    for words, layer in (("128 units", perceptron), ("5×5", cnn)):
        count = sum(weight.numel() for weight in layer.parameters())
        assert number(text, rf"{words} \| ([\d,]+) \|") == count


def test_one_map_and_its_brighter_and_mean_free_twins() -> None:
    text = section(CHAPTERS[1], "Exercise")
    image, kernel, response, centred, mean_free = matrices(text)
    np.testing.assert_array_equal(response, correlate(image, kernel))
    np.testing.assert_array_equal(centred, kernel - kernel.mean())
    np.testing.assert_array_equal(mean_free, correlate(image, centred))
    grown = correlate(image + number(text, r"gets (\d) units brighter"), kernel) - response
    np.testing.assert_array_equal(grown, number(text, r"each grows\s+by \$(\d)\$"))
    assert "sum to 6, 4, 5 and 6" in " ".join(text.split())
    np.testing.assert_array_equal(correlate(image, np.ones((2, 2))).ravel(), [6, 4, 5, 6])
    assert response.argmax() == mean_free.argmax() == 1  # the window at the top right


def test_flipping_by_hand_is_what_scipy_does() -> None:
    image, kernel, *said = matrices(section(CHAPTERS[2], "Exercise"))
    correlated, convolved, symmetric, antisymmetric, mean, half = said
    np.testing.assert_array_equal(correlated, correlate(image, kernel))
    np.testing.assert_array_equal(convolved, signal.convolve2d(image, kernel, mode="valid"))
    np.testing.assert_array_equal(symmetric + antisymmetric, kernel)
    np.testing.assert_array_equal(symmetric, symmetric[:, ::-1])
    np.testing.assert_array_equal(antisymmetric, -antisymmetric[:, ::-1])
    np.testing.assert_array_equal(mean, (correlated + convolved) / 2)
    np.testing.assert_array_equal(half, (correlated - convolved) / 2)
    np.testing.assert_array_equal(mean, correlate(image, symmetric))
    np.testing.assert_array_equal(half, correlate(image, antisymmetric))


def test_two_small_kernels_are_one_large_kernel() -> None:
    rng = np.random.default_rng(1)
    image, first, second = rng.random((9, 8)), rng.random((3, 3)), rng.random((3, 3))
    both = signal.convolve2d(first, second)
    assert both.shape == (5, 5)
    np.testing.assert_allclose(correlate(correlate(image, first), second), correlate(image, both))


def test_designed_kernels_do_what_the_solution_says() -> None:
    text = section(CHAPTERS[3], "Exercise")
    sharpen, sobel, dark_line = matrices(text)
    image = np.random.default_rng(2).random((6, 7))
    inside, box = image[1:-1, 1:-1], np.full((3, 3), 1 / 9)
    np.testing.assert_allclose(correlate(image, sharpen / 9), 2 * inside - correlate(image, box))
    assert sharpen.sum() / 9 == pytest.approx(number(text, r"they sum to \$(\d)\$"))
    np.testing.assert_array_equal(sobel, np.outer([1, 2, 1], [-1, 0, 1]))
    ramp = np.tile(np.arange(7.0), (5, 1))
    np.testing.assert_array_equal(
        correlate(ramp, sobel), number(text, r"the answer is \$(\d)\$ everywhere")
    )
    line = np.ones((5, 5))
    line[2] = 0
    assert dark_line.sum() == 0
    assert correlate(line, dark_line).argmax() // 3 == 1  # the middle row of the answers


def test_the_kernels_of_the_text_are_those_of_the_bank() -> None:
    edge, line, blob = matrices(section(CHAPTERS[3], "An edge is not a line"))
    np.testing.assert_array_equal(edge, named_kernel("prewitt-x").weights)
    np.testing.assert_array_equal(line, named_kernel("line-upright").weights)
    np.testing.assert_array_equal(blob, -named_kernel("laplacian-8").weights)


def test_layers_have_the_weights_that_are_counted() -> None:
    text = section(CHAPTERS[4], "Counting")
    model = SmallCNN()
    layers = {
        "on a grey image": nn.Conv2d(1, 1, 3),
        "on a colour image": nn.Conv2d(3, 1, 3),
        "of 1×5×5": model.conv1,
        "of 16×5×5": model.conv2,
    }
    for words, layer in layers.items():
        assert layer.bias is not None
        assert number(text, rf"{words} \| ([\d,]+) \|") == layer.weight.numel()
        assert number(text, rf"{words} \| [\d,]+ \| (\d+) \|") == layer.bias.numel()


def test_a_separable_layer_costs_what_the_solution_counts() -> None:
    text = section(CHAPTERS[4], "Exercise")
    full, grouped = nn.Conv2d(32, 64, 3), nn.Conv2d(32, 64, 3, groups=4)
    pair = [nn.Conv2d(32, 32, 3, groups=32), nn.Conv2d(32, 64, 1)]
    weights = sum(layer.weight.numel() for layer in pair)
    places = 14 * 14
    assert number(text, r"32 \\cdot 9 = (\d+)\$\. Biases") == full.weight.numel()
    assert number(text, r"\$(\d+)\$ multiplications\.\n    2") == full.weight.numel() * places
    assert number(text, r"8 \\cdot 9 = (\d+)\$") == grouped.weight.numel()
    assert number(text, r"biases, \$(\d+)\$ multi") == grouped.weight.numel() * places
    assert number(text, r"together \$(\d+)\$ weights") == weights
    assert number(text, r"\$(\d+)\$ multiplications, about") == weights * places
    ratio = full.weight.numel() / weights
    assert ratio == pytest.approx(number(text, r"about \$([\d.]+)\$ times"), abs=0.05)


def test_gradients_by_hand_are_those_of_autograd() -> None:
    image, kernel, upstream, matrix, response, of_image, of_kernel = matrices(
        section(CHAPTERS[5], "Exercise")
    )
    pixels, weights = (torch.tensor(x, requires_grad=True) for x in (image, kernel))
    map_ = functional.conv2d(pixels[None, None], weights[None, None])[0, 0]
    map_.backward(torch.from_numpy(upstream))
    assert pixels.grad is not None
    assert weights.grad is not None
    np.testing.assert_array_equal(response, map_.detach().numpy())
    np.testing.assert_array_equal(of_image, pixels.grad.numpy())
    np.testing.assert_array_equal(of_kernel, weights.grad.numpy())
    np.testing.assert_array_equal(matrix @ image[0], response[0])
    np.testing.assert_array_equal(matrix.T @ upstream[0], of_image[0])
    assert (response * upstream).sum() == (image * of_image).sum() == 11


def test_the_matrix_of_a_digit_has_as_many_cells_as_said() -> None:
    rows, columns, filled = 24 * 24, 28 * 28, 24 * 24 * 25
    text = chapters.CHAPTERS[CHAPTERS[5]].read_text(encoding="utf-8")
    assert f"{rows} rows and {columns} columns" in text
    assert f"Of its {rows * columns:,} cells {filled:,} are" in text
