"""Every number in an exercise's task and solution, computed once more by other means."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from docs.chapters import matrices, number, section

VALUE = r"(-?\d+(?:\.\d+)?)"


def test_training_one_step_by_hand_is_what_autograd_does() -> None:
    text = section("11-training", "Exercise")
    image, kernel, target, response, error, gradient, stepped = map(
        torch.from_numpy, matrices(text)
    )
    rate = number(text, rf"\\eta = {VALUE}")
    kernel.requires_grad_()

    def loss(weights: torch.Tensor) -> torch.Tensor:
        return (functional.conv2d(image[None], weights[None, None])[0] - target).square().sum() / 2

    before = loss(kernel)
    before.backward()
    assert kernel.grad is not None
    ours = functional.conv2d(image[None], kernel[None, None])[0].detach()
    torch.testing.assert_close(response, ours)
    torch.testing.assert_close(error, ours - target)
    torch.testing.assert_close(gradient, kernel.grad)
    torch.testing.assert_close(stepped, (kernel - rate * kernel.grad).detach())
    assert before.item() == number(text, rf"\bL = {VALUE}\n")
    assert loss(stepped).item() == pytest.approx(number(text, rf"the loss is \$L = {VALUE}\$"))


def test_training_two_of_the_four_differences_grow_in_that_step() -> None:
    image, kernel, target, *_, stepped = map(
        torch.from_numpy, matrices(section("11-training", "Exercise"))
    )
    before, after = (
        (functional.conv2d(image[None], weights[None, None])[0] - target).abs()
        for weights in (kernel, stepped)
    )
    assert int((after > before).sum()) == 2


def test_reading_weights_on_their_own_scales_hides_their_size() -> None:
    text = section("12-reading-the-weights", "Exercise")
    a = np.array([number(text, rf"Kernel A has the weights \${VALUE}\$"), 0.2, 0.3])
    b = np.array([number(text, rf"kernel B has \${VALUE}\$"), 0, 0.01])
    assert "$0.2$ and $0.3$" in text
    assert "$0$ and $0.01$" in text

    def grey(weight: float, kernel: np.ndarray) -> float:
        return float((weight - kernel.min()) / (kernel.max() - kernel.min()))

    for kernel in (a, b):
        np.testing.assert_allclose([grey(weight, kernel) for weight in kernel], [0, 0.5, 1])
    assert grey(0, a) == pytest.approx(number(text, rf"In A, zero would be \${VALUE}\$"))
    assert grey(0, b) == pytest.approx(number(text, rf"in B it is \${VALUE}\$"))
    assert np.diff(a)[0] / np.diff(b)[0] == pytest.approx(10)


def test_reading_weights_of_chance_are_named_as_often_as_said() -> None:
    text = section("12-reading-the-weights", "Exercise")
    expected = number(text, rf"16 \\cdot 0\.03 = {VALUE}\$")
    at_least_one = number(text, rf"1 - 0\.97\^\{{16\}} \\approx {VALUE}\$")
    named = np.random.default_rng(0).random((200_000, 16)) < 0.03
    assert named.sum(axis=1).mean() == pytest.approx(expected, abs=0.01)
    assert named.any(axis=1).mean() == pytest.approx(at_least_one, abs=0.005)


def test_feature_maps_of_blank_paper_have_the_frame_that_is_said() -> None:
    text = section("14-feature-maps", "Exercise")
    paper = number(text, rf"normalised to \${VALUE}\$ everywhere")
    (row,) = matrices(text)
    kernel = torch.from_numpy(np.repeat(row, 5, axis=0))
    sheet = torch.full((1, 28, 28), paper, dtype=torch.float64)
    response = functional.conv2d(sheet, kernel[None, None], padding=2)[0, 14]
    left = number(text, rf"sum to \$5 .+ = 10\$\. The response is \${VALUE}\$")
    right = number(text, rf"response is \${VALUE}\$\.\n\n    After")
    middle = number(text, rf"they sum to zero: the response is \${VALUE}\$")
    said = torch.tensor([left, middle, right], dtype=torch.float64)
    torch.testing.assert_close(response[[0, 14, 27]], said)
    assert response[[0, 14, 27]].relu().count_nonzero() == 1


@pytest.mark.parametrize(
    "chapter", ["11-training", "12-reading-the-weights", "14-feature-maps"], ids=str
)
def test_each_solution_is_hidden(chapter: str) -> None:
    task, solution = section(chapter, "Exercise").split('??? solution "Solution"')
    assert task.strip()
    assert all(line.startswith("    ") for line in solution.splitlines() if line.strip())
