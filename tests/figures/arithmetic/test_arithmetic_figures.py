"""The figures on arithmetic show what they say."""

from __future__ import annotations

import re

import numpy as np
import pytest
from torch import nn, ones, zeros

from cnnfilters.arithmetic import DILATED_TRANSPOSED, RELATIONSHIPS, ConvGeometry
from cnnfilters.digits import Digits
from cnnfilters.experiments.small_kernels import WORDS
from cnnfilters.figures.arithmetic.pixel_use import IMAGE, READ, checkerboards, pixel_use
from cnnfilters.figures.arithmetic.receptive_growth import receptive_growth
from cnnfilters.figures.arithmetic.relationships import example, relationship, unused_row
from cnnfilters.figures.arithmetic.rotated_kernel import INPUT, KERNEL, STRIDE, _direct, _painted
from cnnfilters.figures.arithmetic.seven_choices import CHOICES, _response, seven_choices
from cnnfilters.figures.arithmetic.small_kernels import small_kernels
from cnnfilters.figures.arithmetic.traced import broken_network, traced_network, traced_stack
from cnnfilters.figures.drawing.frames import INSERTED, PADDING, PIXEL, Scene
from cnnfilters.figures.drawing.svg import picture, text
from experiments.made_up import study

TOLD = {str(told.number): told for told in (*RELATIONSHIPS, DILATED_TRANSPOSED)}


@pytest.mark.parametrize("name", TOLD)
def test_the_window_reads_as_many_places_as_the_formula_says(name: str) -> None:
    told = TOLD[name]
    scene = Scene.of(*example(told))
    assert scene.output == (told.output(*told.example),) * 2
    # every output has its window inside the cells that are drawn
    rows, columns = scene.kinds.shape
    for place in np.ndindex(*scene.output):
        assert all(row < rows and column < columns for row, column in scene.read(place))
    last = scene.read((scene.output[0] - 1, scene.output[1] - 1))[-1]
    assert scene.steps.output_size(scene.kinds.shape) == scene.output
    assert rows - 1 - last[0] == scene.steps.unused(scene.kinds.shape)[0]


@pytest.mark.parametrize("name", TOLD)
def test_the_pixels_read_are_those_that_pytorch_reads(name: str) -> None:
    told = TOLD[name]
    geometry, size = example(told)
    scene = Scene.of(geometry, size)
    layer = nn.ConvTranspose2d if geometry.transposed else nn.Conv2d
    options = {"stride": geometry.stride, "padding": geometry.padding}
    if geometry.transposed:
        options["output_padding"] = geometry.output_padding
    counted = layer(1, 1, geometry.kernel_size, dilation=geometry.dilation, bias=False, **options)
    nn.init.ones_(counted.weight)
    theirs = counted(ones(1, 1, size, size))[0, 0].detach().numpy()
    ours = [
        sum(scene.kinds[cell] == PIXEL for cell in scene.read(place))
        for place in np.ndindex(*scene.output)
    ]
    np.testing.assert_array_equal(np.reshape(ours, scene.output), theirs)


@pytest.mark.parametrize("name", TOLD)
def test_zeros_are_inserted_only_where_a_transposed_stride_puts_them(name: str) -> None:
    told = TOLD[name]
    geometry, _ = example(told)
    scene = Scene.of(*example(told))
    assert bool((scene.kinds == INSERTED).any()) == (geometry.transposed and geometry.stride != 1)
    assert bool((scene.kinds == PADDING).any()) == (
        "pad by" in told.conditions or geometry.padding_pairs != ((0, 0), (0, 0))
        if told.number != 11
        else False
    )


@pytest.mark.parametrize("name", TOLD)
def test_the_words_name_the_sizes(name: str) -> None:
    told = TOLD[name]
    figure = relationship(told.number)
    output, size = told.output(*told.example), told.example[0]
    assert f"makes {output}×{output} of {size}×{size}." in figure.caption
    assert f"of {output**2} places" in figure.alt
    assert len(figure.table.rows) == output**2


def test_cells_that_no_window_reads_are_hatched_and_counted() -> None:
    figure = unused_row()
    assert 'fill="url(#hatch)"' in figure.svg("wide", "light")
    assert "11 of the 36 cells" in figure.caption  # 6·6 less the 5·5 that are read
    assert 'fill="url(#hatch)"' not in relationship(5).svg("wide", "light")


def test_marks_are_told_apart_without_colour() -> None:
    drawn = relationship(14).svg("narrow", "dark")
    assert "stroke-dasharray" in drawn  # padding
    assert re.search(r">0</text>", drawn)  # inserted zeros
    assert "inserted zero" in drawn


def test_pixel_use_counts_what_a_gradient_counts() -> None:
    rows = dict(pixel_use().table.rows)
    for title, geometry in READ.items():
        image = zeros(1, 1, IMAGE, IMAGE, requires_grad=True)
        options = {"stride": geometry.stride, "padding": geometry.padding}
        kernel = ones(1, 1, *geometry.kernel_pair)
        nn.functional.conv2d(image, kernel, **options).sum().backward()
        ours = [[int(n) for n in rows[f"{title}, row {row}"].split()] for row in range(IMAGE)]
        np.testing.assert_array_equal(ours, image.grad[0, 0].numpy())


def test_checkerboards_are_where_the_caption_says() -> None:
    figure = checkerboards()
    assert "1, 2 or 4 inputs" in figure.caption


def test_painting_is_what_a_transposed_layer_does() -> None:
    import torch

    image, kernel = (torch.tensor(part)[None, None].float() for part in (INPUT, KERNEL))
    theirs = nn.functional.conv_transpose2d(image, kernel, stride=STRIDE)[0, 0].numpy()
    np.testing.assert_array_equal(_painted(), theirs)
    np.testing.assert_array_equal(_direct(KERNEL[::-1, ::-1]), theirs)
    assert (_direct(KERNEL) != theirs).any()


def test_a_stride_keeps_responses_as_they_were(digits: Digits) -> None:
    digit = digits.held_out_images[int(np.argmax(digits.held_out_labels == 7))]
    plain, second = _response(digit, ConvGeometry(5)), _response(digit, ConvGeometry(5, stride=2))
    np.testing.assert_allclose(second, plain[::2, ::2], atol=1e-6)
    sizes = [row[1] for row in seven_choices(digits).table.rows]
    assert sizes == [geometry.output_size(28)[0] for geometry in CHOICES]


def test_what_moves_a_unit_lies_within_what_it_sees() -> None:
    for layers, theory, measured in receptive_growth().table.rows:
        assert theory == 2 * layers + 1
        assert measured <= theory


def test_the_words_of_the_experiment_come_from_its_numbers() -> None:
    arms = {name: {"accuracy": [50.0, 60.0, 70.0]} for name in WORDS}
    arms["3x3-3x3"]["accuracy"] = [70.0, 80.0, 90.0]
    counts = {"parameters": dict.fromkeys(WORDS, 100), "macs": dict.fromkeys(WORDS, 1_000)}
    figure = small_kernels(study(arms, "small_kernels", **counts))
    assert "lie within 20.0 points" in figure.caption
    assert "3 networks each: 7×7 60.0 %" in figure.alt


def test_the_traced_network_arrives_at_the_features_of_its_linear_layer() -> None:
    assert "32·7·7 = 1,568" in traced_network().caption


def test_three_small_layers_are_traced_to_the_field_of_a_large_one() -> None:
    assert "see two pixels more" in traced_stack().caption
    assert traced_stack().table.rows[-1][-1] == "7 × 7"


def test_the_broken_network_stops_where_pytorch_stops() -> None:
    stack = [nn.Conv2d(1, 16, 5), nn.ReLU(), nn.MaxPool2d(2)]
    stack += [nn.Conv2d(16, 32, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()]
    features = nn.Sequential(*stack)(zeros(1, 1, 28, 28)).shape[1]
    figure = broken_network()
    assert f"= {features:,} numbers" in figure.caption
    assert f"gets {features:,}" in figure.svg("narrow", "light")
    assert len(figure.table.rows) == len(stack)  # and no linear layer


def test_text_in_a_picture_is_escaped() -> None:
    assert "a &lt; b" in picture("wide", 10, [text(0, 0, "a < b")])
