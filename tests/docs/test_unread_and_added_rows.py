"""What the pages say of rows that no window reads and of rows that no input makes, by PyTorch."""

from __future__ import annotations

import itertools
from functools import partial

import pytest
import torch
from torch import nn

from cnnfilters.arithmetic import ConvGeometry
from docs.chapters import CHAPTERS, DOCS


def test_the_same_promise_holds_for_an_even_kernel_whose_dilation_is_even() -> None:
    for kernel, dilation in itertools.product((2, 4, 6), (1, 2, 3, 4)):
        sizes = {
            ConvGeometry(kernel, padding=p, dilation=dilation).output_size(30)[0] for p in range(12)
        }
        assert (30 in sizes) == (dilation % 2 == 0)
    assert nn.Conv2d(1, 1, 2, padding=1, dilation=2)(torch.zeros(1, 1, 10, 10)).shape[-1] == 10


TRANSPOSED = [
    (size, kernel, stride, padding, dilation, added)
    for size, kernel, stride, padding, dilation in itertools.product(
        (1, 2, 4), (1, 2, 3, 5), (1, 2, 3, 4), (0, 1, 2), (1, 2, 3)
    )
    for added in range(1, max(stride, dilation))
    if (size - 1) * stride + dilation * (kernel - 1) + 1 > 2 * padding
]


def test_added_rows_beyond_the_padding_are_zeros_and_those_before_are_the_cropped_ones() -> None:
    """PyTorch's own layer without padding paints everything: the padded one is a part of it."""
    assert len(TRANSPOSED) > 200
    for size, kernel, stride, padding, dilation, added in TRANSPOSED:
        image, weight = torch.ones(1, 1, size, 1), torch.ones(1, 1, kernel, 1)
        options = {"stride": (stride, 1), "dilation": (dilation, 1)}
        transpose = partial(nn.functional.conv_transpose2d, image, weight, **options)
        painted = transpose()[0, 0, :, 0]
        rows = transpose(padding=(padding, 0), output_padding=(added, 0))[0, 0, :, 0]
        seeing = min(added, padding)
        beyond = rows[len(rows) - added + seeing :]
        assert len(beyond) == max(0, added - padding)
        assert not beyond.any()
        expected = painted[len(painted) - padding : len(painted) - padding + seeing]
        assert rows[len(rows) - added :][:seeing].tolist() == expected.tolist()


def test_the_box_on_output_padding_says_so() -> None:
    box = CHAPTERS["08-transposed-and-dilated"].read_text(encoding="utf-8")
    assert "$a - p$ of them if $a > p$, lie under no copy" in " ".join(box.split())
    sheet = (DOCS / "reference" / "formulas.md").read_text(encoding="utf-8")
    assert r"those that no input reaches | the last $\max(0, a - p)$, zeros |" in sheet


DIRECT = list(itertools.product(range(1, 13), range(1, 5), range(1, 7), range(3), range(1, 4)))


def test_what_no_window_reads_is_left_over_at_the_end_or_skipped_between() -> None:
    """The sheet's two formulas beside the windows of PyTorch, counted in the padded input."""
    tried = 0
    for size, kernel, stride, padding, dilation in DIRECT:
        length, reach = size + 2 * padding, dilation * (kernel - 1) + 1
        if reach > length:
            continue
        tried += 1
        image = torch.zeros(1, 1, length, 1, requires_grad=True)
        weight = torch.ones(1, 1, kernel, 1)
        out = nn.functional.conv2d(image, weight, stride=(stride, 1), dilation=(dilation, 1))
        out.sum().backward()
        assert image.grad is not None
        unread = (image.grad[0, 0, :, 0] == 0).tolist()
        over, outputs = (size + 2 * padding - reach) % stride, out.shape[-2]
        assert (
            over
            == ConvGeometry((kernel, 1), **of_rows(stride, padding, dilation)).unused((size, 1))[0]
        )
        assert all(unread[length - over :])
        if dilation == 1:
            skipped = (outputs - 1) * max(0, stride - kernel)
            assert sum(unread) == over + skipped
    assert tried > 1_000


def of_rows(stride: int, padding: int, dilation: int) -> dict[str, tuple[int, int]]:
    return {"stride": (stride, 1), "padding": (padding, 0), "dilation": (dilation, 1)}


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding", "pixels"),
    [(6, 3, 2, 1, 0), (9, 2, 3, 0, 3), (28, 3, 2, 1, 0)],
)
def test_the_remainder_is_not_a_count_of_pixels(size, kernel, stride, padding, pixels) -> None:  # type: ignore[no-untyped-def]
    geometry = ConvGeometry((kernel, 1), **of_rows(stride, padding, 1))
    assert geometry.unused((size, 1))[0] == 1
    assert int((geometry.visits((size, 1)) == 0).sum()) == pixels
