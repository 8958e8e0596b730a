"""The shape tracer in use: its table, the networks to mend, whatever is typed or pasted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from torch import nn

from checks.browsing import wake
from checks.random_stacks import build, outcome
from checks.widget_page import Opener, ask, widget
from cnnfilters.arithmetic import trace

pytestmark = [
    pytest.mark.browser,
    # PyTorch copies an image that "same" pads unevenly, and says so
    pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths"),
]
TRACER = widget("shape-tracer")
NETWORK = [
    *("Conv2d(1, 16, 5)", "MaxPool2d(2)", "ReLU()", "Conv2d(16, 32, 5)", "MaxPool2d(2)", "ReLU()"),
    *("Flatten()", "Linear(512, 10)"),
]

Case = dict[str, Any]


@pytest.fixture
def tracer(open_widgets: Opener) -> Iterator[Page]:
    with open_widgets(TRACER) as page:
        yield page


@pytest.fixture(scope="module")
def kept_tracer(open_widgets: Opener) -> Iterator[Page]:
    """One for all who leave it with the network that they found."""
    with open_widgets(TRACER) as page:
        yield page


def test_every_broken_network_is_broken_and_its_solution_right(tracer: Page) -> None:
    [networks] = ask(tracer, "tracer/broken_networks.js", "_ => module.BROKEN_NETWORKS", [0])
    assert len(networks) == 10
    for network in networks:
        _, broken = outcome(network["layers"], network["input"])
        fails = len(broken) < len(network["layers"])
        assert fails or broken[-1] != network["goal"], network["title"]
        _, mended = outcome(network["solution"], network["input"])
        assert len(mended) == len(network["solution"])
        assert mended[-1] == network["goal"], network["title"]
    call = """([layers, solution]) => module.changesBetween(layers, solution)"""
    lists = [[network["layers"], network["solution"]] for network in networks]
    assert ask(tracer, "tracer/mending.js", call, lists) == [
        network["most"] for network in networks
    ]


# ---- on the page ----


def cells(page: Page) -> list[list[str]]:
    rows = page.locator(".cf-trace tbody tr").all()
    return [row.locator("th, td").all_inner_texts() for row in rows]


def paste(page: Page, code: str) -> None:
    page.get_by_label("Layers", exact=True).fill(code)


def test_it_starts_with_the_table_of_these_pages_network(tracer: Page) -> None:
    network = nn.Sequential(*map(build, NETWORK))
    _, *wanted, _ = trace(network, (1, 28, 28)).cells()
    shown = cells(tracer)
    assert [row[1:4] for row in shown[1:-1]] == [
        [shape, parameters, macs] for _, _, shape, parameters, macs, _ in wanted[1:]
    ]
    assert shown[-1][:4] == ["all layers", "10", "18,378", "1,054,720"]
    expect(tracer.locator(".cf-result").last).to_contain_text(
        "A unit of the last maps sees 16 × 16 pixels"
    )


def test_an_error_is_explained_and_mended_by_keyboard(tracer: Page) -> None:
    paste(
        tracer,
        "nn.Sequential(\n    nn.Conv2d(1, 8, 3),  # hm\n    nn.Linear(10, 10),\n    nn.ReLU(),\n)",
    )
    problem = tracer.locator(".cf-problem")
    expect(problem).to_contain_text(
        "Layer 1, Linear(10, 10): in_features (10) must be 26, the last of 8 × 26 × 26."
    )
    assert cells(tracer)[2][0] == "✗ 1 Linear(10, 10)"
    assert cells(tracer)[3][:2] == ["2 ReLU()", "not reached"]
    problem.get_by_role("button").first.press("Enter")
    expect(problem).to_be_hidden()
    code = tracer.get_by_label("Layers", exact=True).input_value()
    assert "# hm\n    nn.Flatten(),\n    nn.Linear(5408, 10)," in code
    assert tracer.evaluate("document.activeElement.matches('.cf-result')")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("nn.Linear(n, 10)", "Line 1, character 11: “n” is a name, and code is not run here."),
        ("nn.Sequential(nn.ReLU, nn.Tanh())", "“nn.ReLU” is a class. Write nn.ReLU() for a layer"),
        ("nn.Sequential(F.relu)", "“F.relu” is a function, and a stack holds layers."),
        ("nn.Sequential([nn.ReLU()])", "not a list of them. Write nn.Sequential(*[…])"),
        ("nn.Sequential({'a': nn.ReLU()})", "Write nn.Sequential(OrderedDict({…}))"),
        ("nn.Sequential(*[nn.ReLU() for _ in n])", "character 27: a loop is not run here"),
        ("for n in (1, 2):\n  pass", "“for” is not run here"),
        ("nn.Sequential(nn.LSTM(3, 4))", "LSTM can't be traced: it is recurrent"),
        ("OrderedDict([(f'a{n}', nn.ReLU())])", "a text that begins with “f” is put together"),
        ("from keras.layers import Flatten\nFlatten()", "“Flatten” is not from torch.nn"),
        ("m = nn.Sequential(nn.ReLU())\nm.pop(0)", "“.pop(…)” is not run here"),
        ("models.vgg16()", "Paste what print(model) shows"),
        ("layers = [nn.ReLU()]", "Write nn.Sequential(*layers) below"),
        ("nn.Linear(64 / 2, 10)", "in_features (“32.0”) must be a whole number"),
        ("class Net(nn.Module):\n  pass", "a class or function is not run"),
        ("<script>alert(1)</script>", "can't be read here"),
        ("nn.__proto__(1)", "“__proto__” is no layer that is known here"),
        ("constructor(1)", "“constructor” is no layer that is known here"),
        ("nn.Conv2d(1, 2, __proto__=3)", "Conv2d has no “__proto__”"),
        ("nn.Conv2d(1, 2)", "Conv2d needs kernel_size"),
        ("nn.Conv2d(1, 2, 3.0)", "kernel_size (“3.0”) must be a whole number"),
        ("nn.Conv2d(1, 2, 0)", "kernel_size (“0”) must be at least 1"),
        ("nn.Conv2d(1e400, 2, 1)", "too large"),
        ("nn.Conv2d(1, 2, 3", "At the end: “,” or “)” is expected."),
        ("(" * 10_000, "Line 1, character 13: brackets are nested more than 12 deep"),
        ("-" * 10_000, "nested more than 12 deep"),
        ("1+" * 9_000 + "1", "a sum has at most 300 parts"),
        (
            "a=nn.Sequential()\n" + "a=nn.Sequential(a,a)\n" * 60,
            "stacks in this stack are too many",
        ),
        ("a=[1]\n" + "a=[a,a]\n" * 60 + "nn.Conv2d(a, 1, 1)", "lists in lists are read 3 deep"),
        ("a=[nn.ReLU()]\n" + "a+=a\n" * 60, "a list has at most 1000 members"),
        ("S(" + "\n(0-999): 1000 x Sequential(" * 9, "“)” is missing"),
        ("nn.Conv2d(1, 2, " + "(" * 10_000, "nested more than 12 deep"),
        ("nn.Sequential(" * 50, "nested more than 12 deep"),
        ("nn.ReLU()," * 1000, "more than 200 layers"),
        ("a" * 1_000_000, "The code has 1,000,000 characters."),
        ("__import__('os').system('x')", "“'os').system” is not run here"),
        ("", "There is no layer yet."),
    ],
    ids=lambda text: text[:24],
)
def test_what_can_not_be_read_is_explained_and_not_traced(
    kept_tracer: Page, code: str, words: str
) -> None:
    paste(kept_tracer, code)
    expect(kept_tracer.locator(".cf-problem")).to_contain_text(words)
    assert kept_tracer.get_by_label("Layers", exact=True).get_attribute("aria-invalid") == "true"
    expect(kept_tracer.locator(".cf-trace table")).to_have_count(0)
    assert kept_tracer.locator(".cf-sharing code").text_content().startswith("# ")
    paste(kept_tracer, "nn.Conv2d(1, 2, 3)")
    expect(kept_tracer.locator(".cf-problem")).to_be_hidden()
    assert cells(kept_tracer)[1][:2] == ["0 Conv2d(1, 2, 3)", "2 × 26 × 26"]


def test_the_input_is_typed_in_many_ways(tracer: Page) -> None:
    paste(tracer, "nn.Conv2d(3, 2, 3)")
    field = tracer.get_by_label("Input", exact=True)
    for text in ("3, 9, 8", "(3, 9, 8)", "3x9x8", "[3,9,8,]"):
        field.fill(text)
        assert cells(tracer)[1][1] == "2 × 7 × 6"
    field.fill("1, 3, 9, 8")
    expect(tracer.locator(".cf-problem")).to_contain_text(
        "If the first number is the batch, leave it out"
    )
    assert cells(tracer)[1][1] == "does not fit"
    tracer.get_by_role("button", name="Leave out the batch: 3 × 9 × 8").press("Enter")
    assert field.input_value() == "3, 9, 8"
    assert cells(tracer)[1][1] == "2 × 7 × 6"
    for text in ("", "a, b, c", "1e309, 1, 1", "9" * 100_000, "1, 2, 3, 4, 5", "0, 1, 1"):
        field.fill(text)
        field.press("Tab")
        expect(tracer.get_by_role("alert")).not_to_be_empty()
        assert cells(tracer)[0][1] == "3 × 9 × 8"


@pytest.mark.parametrize(
    ("text", "code", "out"),
    [
        ("784", "nn.Linear(784, 10)", "10"),
        ("(4, 12)", "nn.Conv1d(4, 6, 3)", "6 × 10"),
        ("torch.Size([3, 9, 8])", "nn.Conv2d(3, 2, 3)", "2 × 7 × 6"),
        ("3x4x9x8", "nn.Conv3d(3, 2, 3)", "2 × 2 × 7 × 6"),
    ],
)
def test_the_input_has_one_to_four_numbers(tracer: Page, text: str, code: str, out: str) -> None:
    paste(tracer, code)
    tracer.get_by_label("Input", exact=True).fill(text)
    assert cells(tracer)[1][1] == out


def test_a_stack_is_built_by_keyboard(tracer: Page) -> None:
    paste(tracer, "nn.Conv2d(1, 8, 3)")
    tracer.get_by_label("New layer").select_option("BatchNorm2d")
    add = tracer.get_by_role("button", name="Add below the chosen layer")
    add.press("Enter")
    tracer.get_by_label("New layer").select_option("Conv2d")
    tracer.get_by_label("Outputs").fill("12")
    tracer.get_by_label("Stride").fill("2")
    add.press("Enter")
    code = tracer.get_by_label("Layers", exact=True)
    assert (
        code.input_value() == "nn.Sequential(\n    nn.Conv2d(1, 8, 3),\n    nn.BatchNorm2d(8),\n"
        "    nn.Conv2d(8, 12, 3, stride=2),\n)"
    )
    tracer.get_by_role("button", name="Move up").press("Enter")
    expect(tracer.locator(".cf-problem")).to_contain_text("num_features (8) must be 12")
    tracer.get_by_role("button", name="Remove").press("Enter")
    assert (
        code.input_value() == "nn.Sequential(\n    nn.Conv2d(1, 8, 3),\n    nn.BatchNorm2d(8),\n)"
    )


def test_a_broken_network_is_mended_not_replaced(tracer: Page) -> None:
    tracer.get_by_label("Broken network to mend").select_option("2")
    verdict = tracer.locator(".cf-clinic .cf-result")
    expect(verdict).to_have_text("Not mended yet: a layer fails.")
    assert "32 * 4 * 4" not in tracer.content()
    tracer.get_by_role("button", name="Hint").press("Enter")
    expect(tracer.get_by_text("Follow the sides: 28, 24, 12, 8, 4.")).to_be_visible()
    paste(tracer, "nn.Flatten(), nn.Linear(784, 10)")
    expect(verdict).to_contain_text("layers differ. One change is enough.")
    tracer.get_by_role("button", name="Start again").press("Enter")
    tracer.get_by_role("button", name="Write Linear(512, 10)").press("Enter")
    expect(verdict).to_have_text("Mended, with 1 change: 10 comes out.")
    tracer.get_by_role("button", name="Show the solution").press("Enter")
    expect(tracer.locator(".cf-clinic pre")).to_contain_text("nn.Linear(32 * 4 * 4, 10)")


def test_the_address_shows_the_same_to_someone_else(open_widgets: Opener) -> None:
    with open_widgets(TRACER) as page:
        page.get_by_label("Broken network to mend").select_option("9")
        page.get_by_label("Input", exact=True).fill("1, 20, 20")
        page.wait_for_url("**/*it.input=1x20x20*")
        before = cells(page)
        page.reload()
        wake(page)
        assert cells(page) == before
        page.get_by_role("button", name="Reset").click()
        assert cells(page)[-1][1] == "10"


def test_the_code_to_copy_runs(tracer: Page) -> None:
    tracer.get_by_text("The same in PyTorch").click()
    *lines, last = tracer.locator(".cf-sharing code").inner_text().splitlines()
    names: dict[str, Any] = {}
    exec("\n".join(lines), names)
    assert tuple(eval(last, names)) == (2, 10)
