"""The two tests ask for the same skills; every number in their answers is computed once more."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
import torch
from torch import nn

from cnnfilters.analysis.nulls import kernel_fits
from cnnfilters.arithmetic import (
    ConvGeometry,
    Convolution,
    Pooling,
    count_macs,
    count_parameters,
    receptive_field,
)
from cnnfilters.convolution import convolve, cross_correlate, kernel_gradient
from cnnfilters.evidence import Interval, Rule
from docs.chapters import DOCS, matrices, number

PAGES = {
    name: (DOCS / f"{name}.md").read_text(encoding="utf-8") for name in ("pre-test", "post-test")
}
both = pytest.mark.parametrize("page", PAGES)
VALUE = r"(-?\d+(?:\.\d+)?)"


def question(page: str, count: int) -> str:
    """One question with its answer."""
    found = re.search(rf"^### {count}\. (.*?)(?=^##|\Z)", PAGES[page], re.M | re.S)
    assert found, f"{page} has no question {count}"
    return found[1]


def numbers(text: str, pattern: str) -> list[float]:
    """All numbers of the one place that the pattern finds."""
    found = re.findall(pattern, text)
    assert len(found) == 1, f"{pattern!r} was found {len(found)} times"
    return [float(each) for each in found[0]]


def shape(text: str, pattern: str) -> tuple[int, ...]:
    """A shape such as 3×32×32."""
    found = re.findall(pattern, text)
    assert len(found) == 1, f"{pattern!r} was found {len(found)} times"
    return tuple(map(int, found[0].split("×")))


def test_both_ask_the_same_questions_in_the_same_order() -> None:
    headings = [re.findall(r"^### (.*)$", text, re.M) for text in PAGES.values()]
    assert headings[0] == headings[1]
    assert [int(each.split(".")[0]) for each in headings[0]] == list(range(1, 15))


def test_both_name_the_same_chapters_for_them() -> None:
    taught = [
        [re.findall(r"chapter: (\d+)", question(page, count)) for count in range(1, 15)]
        for page in PAGES
    ]
    assert taught[0] == taught[1]
    assert all(taught[0])
    parts = {int(chapter) for each in taught[0] for chapter in each}
    assert parts <= set(range(1, 19))
    assert len(parts & set(range(1, 15))) >= 13


def test_no_answer_of_one_is_an_answer_of_the_other() -> None:
    for count in range(1, 15):
        assert question("pre-test", count) != question("post-test", count)


@both
def test_each_answer_is_hidden(page: str) -> None:
    for count in range(1, 15):
        task, answer = question(page, count).split(f'??? answer "Answer {count}"')
        assert task.strip()
        lines = [line for line in answer.splitlines() if line.strip()]
        assert all(line.startswith("    ") for line in lines)
        assert "Taught in" in lines[-1]


@both
def test_a_digit_that_moves(page: str) -> None:
    text = question(page, 1)
    moved = int(number(text, r"digit moves\s+(\d+) px"))
    digit = torch.zeros(1, 1, 40, 40)
    digit[..., 12:18, 12:18] = torch.rand(6, 6, generator=torch.Generator().manual_seed(0))
    network = nn.Sequential(nn.Conv2d(1, 3, 5), nn.MaxPool2d(2, stride=2))
    before, after = (network(torch.roll(digit, by, 3)) for by in (0, moved))
    places = int(number(text, r"pooled maps move (\d+) places"))
    torch.testing.assert_close(torch.roll(before, places, 3)[..., 5:-5], after[..., 5:-5])


@both
def test_one_number_and_a_flip(page: str) -> None:
    text = question(page, 2)
    image, kernel, answer = matrices(text)
    np.testing.assert_allclose(cross_correlate(image, kernel), answer)
    layer = nn.functional.conv2d(torch.tensor(image)[None], torch.tensor(kernel)[None, None])
    np.testing.assert_allclose(layer[0], answer)
    said = number(text, rf"top left number is \${VALUE}\$")
    assert convolve(image, kernel)[0, 0] == said


@both
def test_what_a_layer_costs(page: str) -> None:
    text = question(page, 3)
    channels, filters = map(int, numbers(text, r"takes (\d+) channels to (\d+)"))
    side = int(number(text, r"filters of (\d+)×"))
    size = int(number(text, r"maps of (\d+)×"))
    groups = int(number(text, r"left with (\d+) groups"))
    full = Convolution(channels, filters, ConvGeometry(side, padding="same"))
    parted = Convolution(channels, filters, ConvGeometry(side, padding="same", groups=groups))
    weights = number(text, r"= (\d+)\$ weights and")
    biases = number(text, r"and \$(\d+)\$ biases")
    said = number(text, r"\$(\d+)\$ multiplications")
    assert count_parameters(full) == weights + biases
    assert count_macs(full, (channels, size, size)) == said
    left = number(text, r"sees \d channels: \$(\d+)\$ weights")
    assert count_parameters(parted) == left + biases


@both
def test_the_gradient_of_a_shared_weight(page: str) -> None:
    image, upstream, answer = matrices(question(page, 4))
    kernel = torch.zeros(1, 1, *answer.shape, dtype=torch.float64, requires_grad=True)
    maps = nn.functional.conv2d(torch.tensor(image)[None, None], kernel)
    (maps * torch.tensor(upstream)).sum().backward()
    assert kernel.grad is not None
    np.testing.assert_allclose(kernel.grad[0, 0], answer)
    np.testing.assert_allclose(
        kernel_gradient(upstream, image, geometry=ConvGeometry(answer.shape)), answer
    )


@both
def test_how_large_is_the_output(page: str) -> None:
    text = question(page, 5)
    size, side, stride = map(
        int, numbers(text, r"image of (\d+)×\d+ meets a kernel of (\d+)×\d+ with a stride of (\d+)")
    )
    padding = int(number(text, r"with a padding of (\d+)\?"))
    bare = ConvGeometry(side, stride=stride)
    assert bare.output_size(size) == shape(text, r"so (\d+×\d+), and")
    assert bare.unused(size)[0] == number(text, r"and (\d+) rows? (?:is|are) never read")
    padded = ConvGeometry(side, stride=stride, padding=padding)
    assert padded.output_size(size) == shape(text, r"padding it is (\d+×\d+)")
    assert (
        bare.output_size(size)[0]
        == nn.Conv2d(1, 1, side, stride)(torch.zeros(1, 1, size, size)).shape[-1]
    )


@both
def test_back_up(page: str) -> None:
    text = question(page, 6)
    side, stride, padding = map(
        int, numbers(text, r"ConvTranspose2d\(1, 1, (\d+), stride=(\d+), padding=(\d+)\)")
    )
    small = torch.zeros(1, 1, *shape(text, r"map of (\d+×\d+)"))
    wanted = shape(text, r"`output_padding` gives (\d+×\d+)")
    more = int(number(text, r"output padding of (\d+) gives"))

    def size(**options: int) -> tuple[int, ...]:
        layer = nn.ConvTranspose2d(1, 1, side, stride=stride, padding=padding, **options)
        return tuple(layer(small).shape[2:])

    assert size() == shape(text, r"so (\d+×\d+)\. An")
    assert size(output_padding=more) == wanted
    ours = ConvGeometry(side, stride=stride, padding=padding, output_padding=more, transposed=True)
    assert ours.output_size(tuple(small.shape[2:])) == wanted


@both
def test_what_a_unit_sees(page: str) -> None:
    text = question(page, 7)
    first, pool, last = map(
        int,
        numbers(text, r"with (\d)×\d, `MaxPool2d\((\d)\)`, `Conv2d` with (\d)×\d, no padding"),
    )
    layers = [ConvGeometry(first), Pooling(pool), ConvGeometry(last)]
    sizes = [receptive_field(layers[:depth]).size[0] for depth in range(1, 4)]
    assert sizes == numbers(text, r"from 1 to (\d+), to (\d+),\s+and to (\d+),")
    assert sizes[-1] == number(text, r"It sees (\d+) pixels")


@both
def test_the_number_that_is_missing(page: str) -> None:
    text = question(page, 8)
    maps = torch.zeros(1, *shape(text, r"image of (\d+×\d+×\d+)"))
    sizes = []
    for name, arguments in re.findall(r"`(Conv2d|MaxPool2d)\(([\d, ]+)\)`", text):
        maps = getattr(nn, name)(*map(int, arguments.split(",")))(maps)
        sizes.append(maps.shape[-1])
    assert sizes == numbers(text, r"becomes (\d+), (\d+), (\d+) and (\d+)\.")
    assert maps.flatten(1).shape[1] == number(text, r"channels that is \$(\d+)\$")


@both
def test_loss_and_kernels(page: str) -> None:
    text = question(page, 9)
    chance = number(text, rf"a probability of {VALUE}\.")
    classes = int(number(text, r"each of (\d+) \w+ gets"))
    one = torch.tensor([chance, 1 - chance]).log()[None]
    said = number(text, rf"-\\ln {chance} \\approx {VALUE}\$")
    assert nn.functional.cross_entropy(one, torch.tensor([0])).item() == pytest.approx(
        said, abs=0.005
    )
    even = nn.functional.cross_entropy(torch.zeros(1, classes), torch.tensor([0])).item()
    assert even == pytest.approx(number(text, rf"\\ln {classes} \\approx {VALUE}\$"), abs=0.005)


@both
def test_edge_line_or_chance(page: str) -> None:
    text = question(page, 10)
    (kernel,) = matrices(text)
    fits = kernel_fits(kernel)
    family = max(fits.chance, key=lambda name: float(getattr(fits, name)))
    assert f"It is {'an' if family == 'edge' else 'a'} {family}:" in text
    assert kernel.sum() == number(text, r"weights sum to \$(\d+)\$")
    every, count = map(
        int, numbers(text, r"takes 1 random kernel in (\d+) for\s+an edge\. How many of (\d+)")
    )
    assert count / every == number(text, r"On average \$(\d+)\$ kernel")
    said = number(text, rf"1 - 0\.\d+\^\{{\d+\}} \\approx {VALUE}\$")
    assert math.isclose(1 - (1 - 1 / every) ** count, said, abs_tol=0.005)
    assert f"1 - {1 - 1 / every}^{{{count}}}" in text


@both
def test_a_frame_that_nobody_drew(page: str) -> None:
    text = question(page, 12)
    paper = number(text, rf"sheet is \${VALUE}\$ everywhere")
    (row,) = matrices(text)
    sheet = torch.full((1, 9, 9), paper, dtype=torch.float64)
    kernel = torch.tensor(np.repeat(row, 3, axis=0))
    answer = nn.functional.conv2d(sheet, kernel[None, None], padding=1)[0, 4]
    said = numbers(text, rf"Left \${VALUE}\$, middle \${VALUE}\$, right \${VALUE}\$")
    np.testing.assert_allclose(answer[[0, 4, 8]], said, atol=1e-12)
    (bright,) = np.flatnonzero(answer[[0, 4, 8]].relu())
    assert f"leaves the {('left', 'middle', 'right')[bright]} border alone" in text


@both
def test_what_may_be_said(page: str) -> None:
    text = question(page, 14)
    rule = Rule(above=number(text, r"difference is above (\d+)"))
    ends = rf"\${VALUE}\$ to \${VALUE}\$"
    intervals = numbers(text, rf"interval from {ends}, and for one from {ends}\?")
    said = re.findall(r"is (supported|refuted|undecided):", text)
    for (low, high), verdict in zip((intervals[:2], intervals[2:]), said, strict=True):
        assert rule.verdict(Interval((low + high) / 2, low, high, 5)) == verdict
    low, high = intervals[:2]
    cleared = max(low - rule.above, rule.above - high)
    assert cleared == pytest.approx(number(text, rf"(?:clears|lies below) \d by {VALUE}, and"))
    assert (high - low) / 2 == pytest.approx(number(text, rf"half its width is {VALUE}\."))
    second = intervals[2] - rule.above
    assert second == pytest.approx(number(text, rf"clears \d by\s+{VALUE} only"))
