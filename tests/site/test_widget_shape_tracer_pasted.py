"""Code as people paste it is read, and a link opens what was shared or says that it cannot."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from checks.browsing import wake
from checks.traced_pages import traced_in
from checks.widget_page import Opener, ask, widget

pytestmark = pytest.mark.browser
TRACER = widget("shape-tracer")
STAGES = [(3, 64, 1), (64, 128, 1), (128, 256, 2), (256, 512, 2), (512, 512, 2)]
VGG = (
    "nn.Sequential("
    + "".join(
        f"nn.Conv2d({inputs}, {outputs}, 3, padding=1), nn.ReLU(inplace=True), "
        + f"nn.Conv2d({outputs}, {outputs}, 3, padding=1), nn.ReLU(inplace=True), " * more
        + "nn.MaxPool2d(2), "
        for inputs, outputs, more in STAGES
    )
    + "nn.Flatten(), nn.Linear(25088, 10))"
)
LAYERS = 26 + 5 + 2  # convolutions with their ReLU, poolings, head
SHARED = "c = nn.Conv2d(4, 4, 3)\nnn.Sequential(c, nn.ReLU(), c)"
READ_BACK = """([code, input]) => {
  const state = {...module.FIRST, code, input};
  const settings = new Map(Object.entries(module.settingsOf(state)));
  const {state: read, refused} = module.withSettings(module.FIRST, settings);
  const rows = state => module.workOut(state).trace.rows.map(({layer, ...row}) => row);
  return {before: rows(state), after: rows(read), refused, problem: module.linkProblem(state)};
}"""
EVERYDAY = {
    "imports": "import torch.nn as nn\nfrom torch.nn import (\n  Conv2d,\n  ReLU as R,\n)\n"
    "model = nn.Sequential(Conv2d(1, 8, 3), R())\nprint(model)",
    "device": "device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')\n"
    "model = nn.Sequential(nn.Conv2d(1, 8, 3, device=device), nn.ReLU()).to(device).eval()\n"
    "x = torch.randn(1, 1, 28, 28); y = model(x)\nmodel(x).shape",
    "prompts": ">>> model = nn.Sequential(\n...   nn.Conv2d(1, 8, 3),\n...   nn.ReLU(),\n... )\n"
    ">>> model(x).shape\ntorch.Size([1, 8, 26, 26])",
    "printed after a prompt": ">>> model\nSequential(\n  (0): Conv2d(1, 8, kernel_size=(3, 3), "
    "stride=(1, 1))\n  (1): ReLU()\n)",
    "printed among words": "Using cpu device\nSequential(\n  (0): Conv2d(1, 8, kernel_size=(3, 3), "
    "stride=(1, 1))\n  (1): ReLU()\n)\nTotal params: 80",
    "printed below its code": "m = nn.Sequential(\n  nn.Conv2d(1, 8, 3),\n)\nprint(m)\n"
    "Sequential(\n  (0): Conv2d(1, 8, kernel_size=(3, 3), stride=(1, 1))\n  (1): ReLU()\n)",
    "notebook's answer": "Out[5]: \nSequential(\n  (0): Conv2d(1, 8, kernel_size=(3, 3), "
    "stride=(1, 1))\n  (1): ReLU()\n)",
    "notebook": "%matplotlib inline\n!pip install torch\nnn.Conv2d(1, 8, 3), nn.ReLU()",
    "fence": "```python\nnn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU())\n```",
    "sizes": "n, k = 2**3, int(9 / 3)\nnn.Sequential(nn.Conv2d(1, n, k), nn.ReLU())",
    "list": "layers = []\nlayers.append(nn.Conv2d(1, 8, 3))\nlayers += [nn.ReLU()]\n"
    "model = nn.Sequential(*layers)",
    "star": "nn.Sequential(*[nn.Conv2d(1, 8, 3)], *[nn.ReLU()] * 1)",
    "added": "m = nn.Sequential(nn.Conv2d(1, 8, 3))\nm.add_module('act', nn.ReLU())",
    "dict": "OrderedDict({'conv': nn.Conv2d(1, 8, 3), 'act': nn.ReLU()})",
    "lines": "nn.Conv2d(1, 8, 3)\nnn.ReLU()",
    "comments": "# a net\nnet: nn.Module = nn.Sequential(  # hm\n  nn.Conv2d(1, 8, 3), nn.ReLU())",
    "continued": "model = \\\n  torch.nn.Sequential(nn.modules.Conv2d(1, 8, 3), nn.ReLU())",
    "parts": "a = nn.Sequential(nn.Conv2d(1, 8, 3))\nmodel = nn.Sequential(a, nn.ReLU())\n"
    "criterion = nn.CrossEntropyLoss()\nopt = torch.optim.Adam(model.parameters(), lr=1e-3)",
    "put together in a print": "n = 3\nm = nn.Sequential(nn.Conv2d(1, 8, n), nn.ReLU())\n"
    "print(f'{n}\\t{m}')",
    "the inside of a class": "super().__init__()\nself.body = nn.Sequential(\n"
    "  nn.Conv2d(1, 8, 3), nn.ReLU())",
    "curly quotes": "OrderedDict([(“c”, nn.Conv2d(1, 8, 3)), (‘r’, nn.ReLU())])",
}


@pytest.fixture
def tracer(open_widgets: Opener):
    with open_widgets(TRACER) as page:
        yield page


def paste(page: Page, code: str) -> None:
    page.get_by_label("Layers", exact=True).fill(code)


def names(page: Page) -> list[str]:
    return page.locator(".cf-trace tbody th").all_inner_texts()


@pytest.mark.parametrize("way", EVERYDAY)
def test_everyday_spelling_is_read(bare: Page, way: str) -> None:
    [answer] = traced_in(bare, [(EVERYDAY[way], [1, 28, 28])])
    assert answer["refused"] is None
    assert [row["text"] for row in answer["rows"]] == ["Conv2d(1, 8, 3)", "ReLU()"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("a = nn.Linear(2, 2)\na.weight = b\nnn.Sequential(a)", "“b” is a name"),
        ("a = nn.ReLU()\na.inplace = True\nnn.Sequential(a)", "a.inplace is changed here"),
        ("nn.Sequential(nn.Conv2d(1, 8, 3, padding=same))", "“same” is a name"),
        ("nn.Sequential(nn.ReLU(), ..., nn.Tanh())", "“...” leaves something out"),
        ("nn.Conv2d(1, 8, 3, dtype=torch.half)", "dtype (“'torch.half'”) must be left out"),
        ("sizes = [1]\nnn.Linear(sizes[1], 2)", "there is no such member"),
        ("Sequential(\n  (0): ReLU()\n  ...\n  (9): Tanh()\n)", "“...” leaves something out"),
        ("Sequential(\n  (0): ReLU()\n", "At the end: “)” is expected."),
        ("Sequential(\n  (0): MultiheadAttention(\n    (out_proj): Linear())\n)", "takes queries"),
        ("-----\n  Layer (type)  Output Shape\n", "A table of layers does not hold"),
        ("nn.Conv2D(1, 8, 3)", "“Conv2D” is no layer. Write Conv2d."),
        (
            "c = nn.Linear(2, 2)\nc.weight.requires_grad = False\nnn.Sequential(c)",
            "is changed here",
        ),
        ("base = nn.Sequential(nn.ReLU())\nbase = wrap(base)", "“wrap(base)” is not run here."),
    ],
    ids=lambda text: text[:24],
)
def test_what_would_be_another_network_is_refused(bare: Page, code: str, words: str) -> None:
    [answer] = traced_in(bare, [(code, [1, 28, 28])])
    assert words in answer["refused"]


BASE = "base = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU())\n"


@pytest.mark.parametrize(
    "line",
    [
        *("net = wrap(base)", "net = wrap(3, net=base)", "net = Net([base], 3)", "net = base[:1]"),
        *("net = nn.DataParallel(base)", "net = torch.compile(base)", "net = [wrap(base)]"),
        *(
            "net = base.requires_grad_(False)",
            "net, other = wrap(base), 3",
            "net = base or wrap(3)",
        ),
        *("net = F.relu(base)", "net = wrap(nn.Flatten())", "net = wrap(base) + base"),
        *("net = nn.utils.weight_norm(base[0])", "net = wrap({'body': base})"),
    ],
)
def test_what_is_made_of_a_stack_and_not_read_is_not_passed_over(bare: Page, line: str) -> None:
    """The last line may be the network that is meant: the stack above is not silently taken."""
    [answer] = traced_in(bare, [(BASE + line, [1, 28, 28])])
    assert "makes is not read here. Choose the stack to trace." in answer["refused"]


@pytest.mark.parametrize(
    "line",
    [
        *("y = base(x)", "opt = torch.optim.Adam(base.parameters())", "base.training = False"),
        *("stats = summary(base, (1, 28, 28))", "torch.save(base.state_dict(), 'net.pt')"),
        *("n = sum(p.numel() for p in base.parameters())", "net = copy.deepcopy(base)\nbase"),
        *(
            "net = wrap(base)\nnet = nn.Sequential(base)",
            "net = wrap(base)\nbase",
            "w = base[0].weight",
        ),
    ],
)
def test_what_only_looks_at_a_stack_leaves_it_meant(bare: Page, line: str) -> None:
    [answer] = traced_in(bare, [(BASE + line, [1, 28, 28])])
    assert answer["refused"] is None
    assert [row["text"] for row in answer["rows"]] == ["Conv2d(1, 8, 3)", "ReLU()"]


def test_a_copy_has_weights_of_its_own(bare: Page) -> None:
    code = "import copy\nc = nn.Conv2d(4, 4, 3)\nnn.Sequential(c, copy.deepcopy(c), c)"
    [answer] = traced_in(bare, [(code, [4, 9, 9])])
    assert [row["parameters"] for row in answer["rows"]] == [148, 148, 0]


def test_a_stack_below_which_another_is_made_can_be_chosen(tracer: Page) -> None:
    paste(tracer, f"{BASE}net = wrap(base)")
    expect(tracer.locator(".cf-problem")).to_contain_text(
        "What “net = wrap(base)” makes is not read"
    )
    tracer.get_by_label("Stack to trace").select_option("base: 2 layers")
    expect(tracer.locator(".cf-problem")).to_be_hidden()
    assert names(tracer) == ["input", "0 Conv2d(1, 8, 3)", "1 ReLU()", "all layers"]


def test_of_several_stacks_one_is_chosen(tracer: Page) -> None:
    paste(tracer, "down = nn.Sequential(nn.Tanh())\nup = nn.Sequential(nn.ReLU(), nn.ReLU())")
    expect(tracer.locator(".cf-problem")).to_contain_text("The code makes 2 stacks")
    tracer.get_by_label("Stack to trace").select_option("up: 2 layers")
    assert names(tracer) == ["input", "0 ReLU()", "1 ReLU()", "all layers"]


@pytest.mark.parametrize(
    ("code", "size", "layers"), [(VGG, [3, 224, 224], LAYERS), (SHARED, [4, 9, 9], 3)]
)
def test_a_link_is_read_back(bare: Page, code: str, size: list[int], layers: int) -> None:
    [link] = ask(bare, "tracer/state.js", READ_BACK, [[code, size]])
    assert (link["refused"], link["problem"]) == ([], "")
    assert link["after"] == link["before"]
    assert len(link["before"]) == layers


def test_a_link_that_is_damaged_says_so_and_keeps_the_rest(open_widgets: Opener) -> None:
    query = "?it.code=nn.ReLU%28%E2%80&it.input=2x3x4&it.inptu=1x1x1"
    with open_widgets(TRACER, query=query) as page:
        said = page.get_by_role("alert")
        expect(said).to_contain_text("“code” in the address can't be decoded: the link is damaged.")
        expect(said).to_contain_text("“inptu” is no setting of this widget. It has broken, input")
        assert page.get_by_label("Input", exact=True).input_value() == "2, 3, 4"


def test_a_long_link_opens_what_was_shared(open_widgets: Opener) -> None:
    with open_widgets(TRACER) as page:
        paste(page, VGG)
        page.get_by_label("Input", exact=True).fill("3, 224, 224")
        page.wait_for_url("**/*it.input=3x224x224*")
        table = page.locator(".cf-trace tbody")
        before = table.inner_text()
        page.reload()
        wake(page)
        assert table.inner_text() == before
        assert len(names(page)) == 1 + LAYERS + 1  # the input, the layers and their sum


def test_what_no_link_can_hold_is_said(tracer: Page) -> None:
    copy = tracer.get_by_role("button", name="Copy link")
    warning = tracer.locator(".cf-sharing .cf-error")
    paste(tracer, "nn.Foo()")
    copy.press("Enter")
    expect(warning).to_have_text("The code can't be read, so a link can't hold it.")
    expect(tracer.locator(".cf-sharing output")).to_contain_text("a link can't hold it")
    paste(tracer, "nn.ReLU()")
    copy.press("Enter")
    expect(warning).to_be_hidden()
    paste(tracer, "nn.Conv2d(64, 64, (3, 5), stride=(1, 2), padding=(1, 2), bias=False)," * 120)
    copy.press("Enter")
    expect(warning).to_contain_text("Some servers and mail programs cut links")
