"""What a print of PyTorch leaves out: found by changing each argument, and told on the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from torch import nn

from arithmetic.modules_at_work import WALK
from arithmetic.unprinted import unprinted
from checks.traced_pages import traced_in
from checks.widget_page import Opener, ask, widget

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore"),  # arguments are changed to what PyTorch warns of
]
TRACED = {name: entry["cases"] for name, entry in WALK.items() if "cases" in entry}
TRACER = widget("shape-tracer")


@pytest.mark.full
@pytest.mark.parametrize("name", sorted(set(TRACED) - {"Sequential"}))
def test_the_page_knows_what_a_print_leaves_out(bare: Page, name: str) -> None:
    """Each argument is changed: what the table depends on is printed, or marked in the page."""
    call = "name => module.SIGNATURES.get(name).filter(a => a.unprinted).map(a => a.name)"
    [marked] = ask(bare, "lib/torch/signatures.js", call, [name])
    left, untried = unprinted(name, TRACED[name])
    assert (left, untried) == (set(marked), set())


@pytest.mark.full
def test_an_argument_that_is_not_printed_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nn.Conv2d, "extra_repr", lambda self: "{in_channels}".format(**vars(self)))
    left, untried = unprinted("Conv2d", TRACED["Conv2d"])
    assert {"out_channels", "kernel_size", "stride", "padding", "bias"} <= left
    assert untried == set()


def test_what_several_layers_leave_out_is_told_in_one_line(bare: Page) -> None:
    stack = nn.Sequential(nn.AvgPool2d(2), nn.Hardswish(), nn.AvgPool2d(2), nn.Hardsigmoid())
    code = "nn.AvgPool2d(2), nn.Hardswish(), nn.AvgPool2d(2), nn.Hardsigmoid()"
    newer = repr(stack).replace("padding=0)", "padding=0, ceil_mode=True)")
    printed, written, told = traced_in(
        bare, [(text, [4, 9, 9]) for text in (repr(stack), code, newer)]
    )
    assert printed["assumed"] == (
        "A print does not hold ceil_mode of AvgPool2d, inplace of Hardswish and inplace of "
        "Hardsigmoid; the default, False, is taken."
    )
    assert written["assumed"] == ""
    assert "ceil_mode" not in told["assumed"]  # a later version prints it, perhaps
    assert [row["shape"] for row in told["rows"]][::2] == [[4, 5, 5], [4, 3, 3]]


def test_the_page_says_what_a_print_left_out(open_widgets: Opener) -> None:
    with open_widgets(TRACER) as page:
        note = page.locator(".cf-assumed")
        expect(note).to_be_hidden()
        page.get_by_label("Layers", exact=True).fill(repr(nn.Sequential(nn.AvgPool2d(2))))
        words = "A print does not hold ceil_mode of AvgPool2d; its default, False, is taken."
        expect(note).to_have_text(words)
        expect(page.locator(".cf-body > .cf-spoken")).to_contain_text(words)
        page.get_by_label("Layers", exact=True).fill("nn.Sequential(nn.AvgPool2d(2))")
        expect(note).to_be_hidden()
