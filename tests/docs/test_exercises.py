"""Every number in an exercise's task and solution, computed once more by other means."""

import re

import numpy as np
import pytest
import torch
from torch.nn import functional

from cnnfilters.evidence import Interval, Rule
from cnnfilters.lenet import C3_INPUTS
from cnnfilters.lenet_1998 import PartialConvolution
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


def test_feature_maps_move_with_the_picture_and_the_score_does_not_stay() -> None:
    text = section("14-feature-maps", "Exercise").split("A second exercise is about moves")[1]
    picture, kernel, weights, *maps = (
        torch.tensor([float(cell) for cell in cells.split(",")])
        for cells in re.findall(r"\$(?:[xkw] = )?\(([\d, -]+)\)\$", text)
    )
    moved = picture.roll(3)
    assert moved.sum() == picture.sum() == 3  # no ink has left or come round
    first, second = (
        functional.conv1d(each[None, None], kernel[None, None])[0, 0] for each in (picture, moved)
    )
    torch.testing.assert_close(first, maps[0])
    torch.testing.assert_close(first.relu(), maps[1])
    torch.testing.assert_close(second, maps[2])
    assert weights @ first.relu() == number(text, rf"2 \\cdot 3 = {VALUE}\$: \*yes\*")
    assert weights @ second.relu() == number(text, rf"score is \${VALUE}\$: \*no\*")
    assert first.max() == second.max() == number(text, rf"it is \${VALUE}\$ both times")
    place = torch.arange(8.0)
    assert (picture @ place / 3).item() == pytest.approx(5 / 3)
    assert (moved @ place / 3).item() == pytest.approx(14 / 3)
    assert "= 5/3$" in text
    assert "at $14/3$" in text


def test_hierarchy_the_tables_of_c3_have_the_counts_that_are_said() -> None:
    text = section("17-the-hierarchy", "Exercise")
    assert sorted(map(len, C3_INPUTS)) == [3] * 6 + [4] * 9 + [6]
    assert sum(map(len, C3_INPUTS)) == number(text, rf"9 \\cdot 4 \+ 6 = {VALUE}\$ kernels")
    partial, full = (
        sum(weight.numel() for weight in PartialConvolution(table, kernel_size=5).parameters())
        for table in (C3_INPUTS, [tuple(range(6))] * 16)
    )
    assert partial == number(text, rf"60 \\cdot 25 \+ 16 = {VALUE}\$")
    assert 100 * partial == number(text, rf"1516 \\cdot 100 = {VALUE}\$")
    assert full == number(text, rf"96 \\cdot 25 \+ 16 = {VALUE}\$")
    assert 100 * full == number(text, rf"parameters and \${VALUE}\$ connections")


def test_hierarchy_a_unit_takes_as_few_of_the_others_as_is_said() -> None:
    text = section("17-the-hierarchy", "Exercise")
    right = number(text, r"takes 100 digits, of which (\d+) are")
    wrong = 100 - right
    assert wrong == number(text, r"It takes (\d+) of 900")
    assert 100 * wrong / 900 == pytest.approx(number(text, rf"is \${VALUE}\$ %"), abs=0.05)
    assert wrong > 100 / 5


def test_what_we_can_say_the_verdicts_are_those_of_the_ledger() -> None:
    text = section("18-what-we-can-say", "Exercise")
    (listed,) = re.findall(r"seed by seed: (.+?)\. Student", text)
    interval = Interval.of([float(value) for value in re.findall(r"\$([\d.]+)\$", listed)])
    assert interval.mean == pytest.approx(number(text, rf"The mean is \${VALUE}\$"))
    low, high = (
        number(text, rf"from \${VALUE}\$ to"),
        number(text, rf"from \$0\.304\$ to \${VALUE}\$"),
    )
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=6e-4)
    reach = number(text, rf"0\.0707 = {VALUE}\$")
    assert interval.width / 2 == pytest.approx(reach, abs=6e-4)
    assert Rule(above=0).verdict(interval) == "supported"
    assert Rule(above=0.2).verdict(interval) == "undecided"
    assert Rule(above=1).verdict(interval) == "refuted"
    assert re.findall(r": \*(\w+)\*", text) == ["supported", "undecided", "refuted"]


@pytest.mark.parametrize(
    "chapter",
    [
        "11-training",
        "12-reading-the-weights",
        "14-feature-maps",
        "17-the-hierarchy",
        "18-what-we-can-say",
    ],
    ids=str,
)
def test_each_solution_is_hidden(chapter: str) -> None:
    task, *solutions = section(chapter, "Exercise").split('??? solution "Solution"')
    assert task.strip()
    for solution in solutions[:-1]:  # a second task follows
        assert re.fullmatch(r"\n+(?:(?:    .*)?\n)+\S(?s:.*)", solution)
    assert all(line.startswith("    ") for line in solutions[-1].splitlines() if line.strip())
