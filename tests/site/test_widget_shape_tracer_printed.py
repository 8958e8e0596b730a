"""What the installed PyTorch and torchvision print is read back, or a part of it is chosen."""

from __future__ import annotations

import re
from typing import Any

import pytest
import torchvision
from playwright.sync_api import Page, expect
from torch import nn

from arithmetic.modules_at_work import REFUSALS, STACKS, WALK, build
from checks.traced_pages import numbers, rows_of, traced_in
from checks.widget_page import Opener, widget

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore"),  # what is built here is traced elsewhere, with warnings
]
TRACED = {name: entry["cases"] for name, entry in WALK.items() if "cases" in entry}
UNPRINTED = ("FractionalMaxPool2d", "FractionalMaxPool3d")  # PyTorch prints none of their arguments
TRACER = widget("shape-tracer")


def printed_cases(name: str) -> list[tuple[nn.Module, list[int]]]:
    """The cases of a class that the package traces."""
    cases = []
    for code, shape in TRACED[name]:
        try:
            module = build(code)
            rows_of(module, shape)
        except REFUSALS:
            continue
        cases.append((module, shape))
    return cases


# What a print leaves out and the table depends on, with the default that is taken.
ASSUMED = {f"AvgPool{rank}d": ("ceil_mode", False) for rank in (1, 2, 3)}
ASSUMED |= dict.fromkeys(("Hardsigmoid", "Hardswish"), ("inplace", False))
READ = sorted(set(TRACED) - {"Sequential", *UNPRINTED})


@pytest.mark.parametrize("name", READ)
def test_each_layer_is_read_back_from_what_pytorch_prints(bare: Page, name: str) -> None:
    """Alone, and in a stack; what is not printed is taken to be as usual, and that is said."""
    setting, usual = ASSUMED.get(name, ("", None))
    note = f"A print does not hold {setting} of {name}; its default, {usual}, is taken."
    cases = printed_cases(name)
    alone = traced_in(bare, [(repr(module), shape) for module, shape in cases])
    stack = traced_in(bare, [(repr(nn.Sequential(module)), shape) for module, shape in cases])
    usual_ones = 0
    for (module, shape), *answers in zip(cases, alone, stack, strict=True):
        assert {answer["assumed"] for answer in answers} == {note if setting else ""}
        if getattr(module, setting, usual) != usual:
            continue  # no print can say so
        usual_ones += 1
        for answer in answers:
            assert answer["refused"] is None, (module, answer["refused"])
            assert numbers(answer) == rows_of(module, shape), module
    assert usual_ones


@pytest.mark.parametrize(
    "text",
    [
        "Conv2d(4, 8, kernel_size=(3, 3), stride=(1, 1), padding=same)\nReLU()\n",
        "[Conv2d(4, 8, kernel_size=(3, 3), stride=(1, 1), padding=same), ReLU()]",
        "Out[3]: [Conv2d(4, 8, kernel_size=(3, 3), stride=(1, 1), padding=same),\n ReLU()]",
        "Conv2d(4, 8, kernel_size=(3, 3), stride=(1, 1), padding=same)\n\nReLU()",
        "LazyConv2d(0, 8, kernel_size=(3, 3), stride=(1, 1), padding=same)\nReLU()",
    ],
    ids=["lines", "list", "notebook", "parted", "lazy"],
)
def test_layers_printed_one_by_one_are_a_stack(bare: Page, text: str) -> None:
    [answer] = traced_in(bare, [(text, [4, 9, 10])])
    assert answer["refused"] is None
    assert numbers(answer) == rows_of(
        nn.Sequential(nn.Conv2d(4, 8, 3, padding="same"), nn.ReLU()), [4, 9, 10]
    )


@pytest.mark.parametrize("name", ["resnet152", "densenet201", "efficientnet_b7"])
def test_long_prints_are_read(bare: Page, name: str) -> None:
    text = repr(getattr(torchvision.models, name)(weights=None))
    assert len(text) > 30_000
    [answer] = traced_in(bare, [(text, [3, 224, 224])])
    assert "is a class of its own, and a print does not hold" in answer["refused"]


def test_a_print_that_is_too_long_is_refused_with_what_to_do(bare: Page) -> None:
    text = repr(nn.Sequential(*(nn.ReLU() for _ in range(7000))))
    text = text.replace(
        "(0-6999): 7000 x ReLU()", "\n".join(f"  ({at}): ReLU()" for at in range(7000))
    )
    [answer] = traced_in(bare, [(text, [3, 9, 9])])
    assert answer["refused"] == (
        f"The print has {len(text):,} characters. At most 100,000 can be read. Paste one part of "
        "it, as print(model.layer1) shows it."
    )


@pytest.mark.parametrize("name", UNPRINTED)
def test_what_pytorch_does_not_print_is_asked_for(bare: Page, name: str) -> None:
    [answer] = traced_in(bare, [(repr(nn.Sequential(build(f"{name}(2, 3)"))), [4, 9, 10, 10])])
    assert "A print does not hold it: write the layer as in your code." in answer["refused"]


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: str(stack["name"]))
def test_everyday_stacks_are_read_back_from_what_pytorch_prints(bare: Page, stack: Any) -> None:
    try:
        module = build(stack["code"])
        rows = rows_of(module, stack["input"])
    except REFUSALS:
        return  # there is nothing to read back
    [answer] = traced_in(bare, [(repr(module), stack["input"])])
    met = [*module.modules()], [*module.named_modules(remove_duplicate=False)]
    if len(met[0]) < len(met[1]):  # a print does not say that a module is the same
        rows = [{**row, "parameters": 0} for row in rows]
        answer["rows"] = [{**row, "parameters": 0} for row in answer["rows"]]
    assert answer["refused"] is None
    assert numbers(answer) == rows


@pytest.mark.parametrize("name", ["alexnet", "vgg11", "vgg16", "vgg11_bn"])
def test_alexnet_and_vgg_are_traced_whole(bare: Page, name: str) -> None:
    network = getattr(torchvision.models, name)(weights=None)
    whole = nn.Sequential(network.features, network.avgpool, nn.Flatten(), network.classifier)
    [answer] = traced_in(bare, [(repr(network), [3, 224, 224])])
    assert answer["refused"] is None
    assert numbers(answer) == rows_of(whole, [3, 224, 224])
    assert {row["layer"].split(".")[0] for row in answer["rows"]} == {
        *("features", "avgpool", "flatten", "classifier")
    }


def test_torchvisions_own_sequential_is_a_stack(bare: Page) -> None:
    block = torchvision.ops.Conv2dNormActivation(3, 8, 3, stride=2)
    [answer] = traced_in(bare, [(repr(block), [3, 30, 31])])
    assert numbers(answer) == rows_of(nn.Sequential(*block), [3, 30, 31])


def test_what_older_versions_print_is_read(bare: Page) -> None:
    old = "Sequential(\n  (0): ReLU(inplace)\n  (1): LeakyReLU(negative_slope=0.2, inplace)\n"
    old += "  (2): Upsample(scale_factor=2.0, mode=nearest-exact)\n"
    [answer] = traced_in(
        bare, [(f"{old}  (3): Upsample(scale_factor=2, mode=nearest)\n)", [4, 4, 4])]
    )
    assert answer["refused"] is None
    assert [row["text"] for row in answer["rows"]] == [
        "ReLU(inplace=True)",
        "LeakyReLU(negative_slope=0.2, inplace=True)",
        "Upsample(scale_factor=2.0, mode='nearest-exact')",
        "Upsample(scale_factor=2)",
    ]


def test_modules_printed_as_one_are_several(bare: Page) -> None:
    """A ModuleList prints equal modules once; in a stack each has weights of its own."""
    line = repr(nn.ModuleList(nn.Conv2d(4, 4, 3) for _ in range(3))).splitlines()[1]
    assert line.strip().startswith("(0-2): 3 x Conv2d(")
    [answer] = traced_in(bare, [(f"Sequential(\n{line}\n)", [4, 9, 10])])
    assert [row["layer"] for row in answer["rows"]] == ["0", "1", "2"]
    assert numbers(answer) == rows_of(
        nn.Sequential(*(nn.Conv2d(4, 4, 3) for _ in range(3))), [4, 9, 10]
    )


class Net(nn.Module):
    """A class of a reader's own, with a forward that its print does not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU())
        self.memory = nn.LSTM(8, 8)
        self.head = nn.Sequential(nn.Flatten(), nn.Linear(5408, 10))


@pytest.mark.parametrize(
    ("network", "words"),
    [
        (Net(), "Net is a class of its own, and a print does not hold the order of its forward."),
        (torchvision.models.resnet18(weights=None), "ResNet is a class of its own"),
        (nn.Sequential(nn.ReLU(), Net()), "Net is a class of its own"),
        (nn.ModuleList([nn.ReLU()]), "A ModuleList has no forward of its own"),
    ],
    ids=["Net", "ResNet", "in a stack", "ModuleList"],
)
def test_a_class_whose_forward_is_not_printed_is_refused(
    bare: Page, network: nn.Module, words: str
) -> None:
    [answer] = traced_in(bare, [(repr(network), [1, 28, 28])])
    assert answer["refused"].startswith(words)


def test_a_stack_of_a_printed_class_is_chosen_by_keyboard(open_widgets: Opener) -> None:
    with open_widgets(TRACER) as page:
        page.get_by_label("Layers", exact=True).fill(repr(Net()))
        expect(page.locator(".cf-problem")).to_contain_text("Choose one of the stacks")
        chooser = page.get_by_label("Stack to trace")
        assert chooser.locator("option").all_inner_texts() == [
            *("choose one", "features: 2 layers", "head: 2 layers")
        ]
        chooser.focus()
        page.keyboard.press("ArrowDown")
        expect(page.locator(".cf-trace tbody th").nth(1)).to_have_text("0 Conv2d(1, 8, 3)")
        expect(page.locator(".cf-problem")).to_be_hidden()
        assert chooser.evaluate("element => element === document.activeElement")
        chooser.select_option("head: 2 layers")
        expect(page.locator(".cf-problem")).to_contain_text("in_features (5408) must be 784")
        page.get_by_role("button", name=re.compile("Write Linear")).press("Enter")
        expect(page.locator(".cf-problem")).to_be_hidden()
        expect(chooser).to_be_hidden()
        page.get_by_label("Layers", exact=True).fill("nn.ReLU()")
        expect(chooser).to_be_hidden()
