"""The arithmetic playground: sizes, counts, pictures, exercises, by keyboard, whatever is typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from playwright.sync_api import Page, expect
from torch.nn import functional

from checks.browsing import wake
from checks.widget_page import Opener, ask, query, widget
from cnnfilters.arithmetic import RELATIONSHIPS, ConvGeometry

pytestmark = [
    pytest.mark.browser,
    # PyTorch copies an image that "same" pads unevenly, and says so
    pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths"),
]
CASES = 1000
PLAYGROUND = widget("arithmetic-playground")
SHOWN = (".cf-boards", ".cf-player", ".cf-result", ".cf-sizes", ".cf-sharing code")
WORK = """async settings => {
  const [state, problems, picture, words, arithmetic, relationships] = await Promise.all([
    "arithmetic/state.js", "arithmetic/problems.js", "arithmetic/picture.js", "arithmetic/words.js",
    "lib/arithmetic.js", "lib/relationships.js",
  ].map(name => import(new URL(`widgets/${name}`, document.baseURI))));
  const read = state.withSettings(state.FIRST, new Map(Object.entries(settings)));
  const found = problems.problemsOf(read.state);
  let [mended, left] = [read.state, found];
  for (let turn = 0; turn < 6 && left.length; turn++) {
    mended = {...mended, ...left[0].fixes[0].change};
    left = problems.problemsOf(mended);
  }
  const axes = state.axesFor(read.state);
  const along = of => axes.map((axis, at) => of(axis, read.state.input[at]));
  return {
    refused: read.refused, settings: state.settingsOf(read.state),
    problems: found.map(p => p.words),
    fixes: found.map(p => p.fixes.length), mended: state.settingsOf(mended), left: left.length,
    ...(found.length ? {} : {
      output: along(arithmetic.outputLength), unused: along(arithmetic.unusedLength),
      visits: along(arithmetic.visits), contributions: along(arithmetic.contributions),
      relationship: relationships.relationshipOf(axes), code: words.pytorchCode(read.state),
      formulas: along(words.formulaSteps), picture: picture.pictureOf(read.state),
      inputs: along((axis, size) =>
        arithmetic.inputLengths(axis, arithmetic.outputLength(axis, size))),
    }),
  };
}"""

Case = dict[str, Any]


@pytest.fixture
def playground(open_widgets: Opener) -> Iterator[Page]:
    with open_widgets(PLAYGROUND) as page:
        yield page


@pytest.fixture(scope="module")
def worked(bare: Page) -> list[tuple[Case, Case]]:
    """Random settings, and what the playground makes of them."""
    rng = np.random.default_rng(5)
    cases = [random_case(rng) for _ in range(CASES)]
    work = f"cases => Promise.all(cases.map({WORK}))"
    answers = bare.evaluate(work, [as_text(case) for case in cases])
    return list(zip(cases, answers, strict=True))


def random_case(rng: np.random.Generator) -> Case:
    transposed = bool(rng.integers(2))
    pair = lambda low, high: tuple(map(int, rng.integers(low, high, size=2)))  # noqa: E731
    sides = [pair(0, 4), pair(0, 4)]
    if rng.random() < 0.7:
        sides = [(before, before) for before, _ in sides]
    groups = int(rng.integers(1, 4))
    return {
        "transposed": transposed,
        "input": pair(1, 12),
        "kernel": pair(1, 6),
        "stride": pair(1, 4) if rng.random() < 0.7 else (1, 1),
        "dilation": pair(1, 4) if rng.random() < 0.5 else (1, 1),
        "added": pair(0, 3) if transposed and rng.random() < 0.5 else (0, 0),
        "padding": "same" if rng.random() < 0.1 else tuple(sides),
        "in": groups * int(rng.integers(1, 3)) + int(rng.random() < 0.05),
        "out": groups * int(rng.integers(1, 3)),
        "groups": groups,
        "painted": bool(rng.integers(2)),
        "step": int(rng.integers(1, 150)),
    }


def as_text(case: Case) -> dict[str, str]:
    """The settings as an address or an attribute holds them."""
    join = lambda numbers: "x".join(map(str, numbers))  # noqa: E731
    padding = case["padding"]
    texts = {name: join(case[name]) for name in ("input", "kernel", "stride", "dilation", "added")}
    texts |= {
        name: str(int(case[name]))
        for name in ("transposed", "painted", "in", "out", "groups", "step")
    }
    return texts | {"padding": padding if padding == "same" else join(padding[0] + padding[1])}


def pytorch(case: Case, image: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """The operation in PyTorch, uneven sides by padding before or cropping after."""
    options = {"stride": case["stride"], "dilation": case["dilation"], "groups": case["groups"]}
    if case["padding"] == "same":
        if case["transposed"]:
            raise ValueError("same")
        return functional.conv2d(image, weight, padding="same", **options)
    (top, bottom), (left, right) = case["padding"]
    if not case["transposed"]:
        return functional.conv2d(
            functional.pad(image, (left, right, top, bottom)), weight, **options
        )
    whole = functional.conv_transpose2d(image, weight, output_padding=case["added"], **options)
    cut = whole[..., top : whole.shape[-2] - bottom, left : whole.shape[-1] - right]
    if min(whole.shape[-2] - top - bottom, whole.shape[-1] - left - right) < 1:
        raise ValueError("nothing is left")
    return cut


def ones(case: Case) -> tuple[torch.Tensor, torch.Tensor]:
    if case["in"] % case["groups"] or case["out"] % case["groups"]:
        raise ValueError("groups")
    first, second = (case["in"], case["out"]) if case["transposed"] else (case["out"], case["in"])
    image = torch.ones(1, case["in"], *case["input"], dtype=torch.float64, requires_grad=True)
    weight = torch.ones(first, second // case["groups"], *case["kernel"], dtype=torch.float64)
    return image, weight


def geometry(case: Case) -> ConvGeometry:
    return ConvGeometry(
        case["kernel"],
        stride=case["stride"],
        padding=case["padding"],
        dilation=case["dilation"],
        transposed=case["transposed"],
        output_padding=case["added"],
    )


def valid(worked: list[tuple[Case, Case]]) -> list[tuple[Case, Case]]:
    return [(case, answer) for case, answer in worked if not answer["problems"]]


def test_settings_come_back_as_they_were_written(worked: list[tuple[Case, Case]]) -> None:
    for _, answer in worked:
        assert answer["refused"] == []
    assert len(valid(worked)) >= 500


def test_it_refuses_exactly_what_pytorch_refuses(worked: list[tuple[Case, Case]]) -> None:
    refused = 0
    for case, answer in worked:
        try:
            output = pytorch(case, *ones(case))
        except (RuntimeError, ValueError):
            assert answer["problems"], case
            refused += 1
        else:
            assert not answer["problems"], (case, answer["problems"])
            assert answer["output"] == list(output.shape[2:])
    assert refused > 50


def test_what_it_offers_instead_works_in_pytorch(worked: list[tuple[Case, Case]]) -> None:
    for case, answer in worked:
        if not answer["problems"]:
            continue
        assert min(answer["fixes"]) >= 1, (case, answer["problems"])
        assert answer["left"] == 0, (case, answer["mended"])
        pytorch(from_text(answer["mended"]), *ones(from_text(answer["mended"])))


def from_text(texts: dict[str, str]) -> Case:
    case: Case = {name: int(texts[name]) for name in ("in", "out", "groups")}
    case["transposed"] = texts["transposed"] == "1"
    for name in ("input", "kernel", "stride", "dilation", "added"):
        numbers = [int(part) for part in texts[name].split("x")]
        case[name] = (numbers[0], numbers[-1])
    parts = texts["padding"].split("x")
    if texts["padding"] == "same":
        case["padding"] = "same"
    elif len(parts) == 4:
        top, bottom, left, right = map(int, parts)
        case["padding"] = ((top, bottom), (left, right))
    else:
        case["padding"] = tuple((int(side), int(side)) for side in (parts[0], parts[-1]))
    return case


def test_counts_are_those_of_pytorchs_sums_and_gradients(worked: list[tuple[Case, Case]]) -> None:
    for case, answer in valid(worked):
        single = case | {"in": 1, "out": 1, "groups": 1}
        image, weight = ones(single)
        output = pytorch(single, image, weight)
        output.sum().backward()
        assert image.grad is not None
        np.testing.assert_array_equal(np.outer(*answer["visits"]), image.grad[0, 0])
        np.testing.assert_array_equal(np.outer(*answer["contributions"]), output.detach()[0, 0])


def test_numbers_are_those_of_the_package(worked: list[tuple[Case, Case]]) -> None:
    seen = set()
    for case, answer in valid(worked):
        shape = geometry(case)
        assert answer["relationship"] == shape.relationship, case
        assert answer["unused"] == list(shape.unused(case["input"]))
        wanted = [[r.start, r.stop - 1] for r in shape.input_sizes(tuple(answer["output"]))]
        assert answer["inputs"] == wanted
        assert [int(steps[-1]) for steps in answer["formulas"]] == answer["output"]
        seen.add(shape.relationship)
    assert {6, 9, 13, 14, 15, None} <= seen


@pytest.mark.parametrize(
    "relationship",
    [each for each in RELATIONSHIPS if each.kind != "pooling"],  # which the playground has not
    ids=lambda relationship: relationship.number,
)
def test_every_relationship_is_named(playground: Page, relationship: Any) -> None:
    _, x = relationship.example
    call = """axis => module.relationshipOf([axis, axis])"""
    axis = {
        "kernel": x.k,
        "stride": x.s,
        "before": x.p,
        "after": x.p,
        "dilation": x.d,
        "added": x.a,
    }
    axis["transposed"] = relationship.kind == "transposed"
    assert ask(playground, "relationships.js", call, [axis]) == [relationship.number]


def test_the_code_to_copy_runs_and_gives_the_shape(worked: list[tuple[Case, Case]]) -> None:
    for _, answer in valid(worked)[:150]:
        lines = answer["code"].splitlines()
        names: dict[str, Any] = {}
        exec("\n".join(lines[:-1]), names)
        shown, comment = lines[-1].split("  # ")
        assert tuple(eval(shown, names)) == eval(comment)


def test_the_picture_computes_pytorchs_numbers(worked: list[tuple[Case, Case]]) -> None:
    rng = np.random.default_rng(8)
    for case, answer in valid(worked):
        single = case | {"in": 1, "out": 1, "groups": 1}
        image = torch.from_numpy(rng.normal(size=(1, 1, *case["input"])))
        weight = torch.from_numpy(rng.normal(size=(1, 1, *case["kernel"])))
        picture = answer["picture"]
        if picture["painted"]:
            check_painted(single, picture)
            continue
        kernel = weight[0, 0].flip(0, 1) if case["transposed"] else weight[0, 0]
        board = filled(picture["near"], image[0, 0].numpy())
        step = np.unravel_index(
            min(case["step"] - 1, np.prod(picture["steps"]) - 1), picture["steps"]
        )
        window = board[np.ix_(picture["near"]["rows"]["taps"], picture["near"]["columns"]["taps"])]
        wanted = pytorch(single, image, weight)[0, 0][step]
        np.testing.assert_allclose((window * kernel.numpy()).sum(), wanted, atol=1e-12)
        assert [picture["far"][axis]["taps"][0] for axis in ("rows", "columns")] == list(step)


def filled(board: Case, image: np.ndarray) -> np.ndarray:
    """The board's cells as numbers: pixels where it says so, zeros elsewhere."""
    places = [
        [at for at, kind in enumerate(board[axis]["kinds"]) if kind == "pixel"]
        for axis in ("rows", "columns")
    ]
    numbers = np.zeros([len(board[axis]["kinds"]) for axis in ("rows", "columns")])
    numbers[np.ix_(*places)] = image
    return numbers


def check_painted(case: Case, picture: Case) -> None:
    """One input alone lights up exactly the patch, and what is cut off is cut off."""
    near, far = picture["near"], picture["far"]
    place = tuple(near[axis]["taps"][0] for axis in ("rows", "columns"))
    image, weight = ones(case)
    image = torch.zeros_like(image)
    image[0, 0][place] = 1
    whole = pytorch(case | {"padding": ((0, 0), (0, 0))}, image, weight)[0, 0]
    lit = np.zeros(whole.shape)
    lit[np.ix_(far["rows"]["taps"], far["columns"]["taps"])] = 1
    np.testing.assert_array_equal(lit, whole)
    kept = [sum(kind == "pixel" for kind in far[axis]["kinds"]) for axis in ("rows", "columns")]
    assert kept == list(pytorch(case, *ones(case)).shape[2:])


def test_every_exercise_has_the_right_answer(playground: Page) -> None:
    cases = [[seed, question] for seed in range(1, 61) for question in range(1, 11)]
    drills = ask(
        playground,
        "arithmetic/drills.js",
        "([seed, question]) => module.drill(seed, question)",
        cases,
    )
    for exercise in drills:
        assert exercise["answer"] == solved(exercise["words"], exercise["state"]), exercise["words"]
        assert f"{exercise['answer']}." in exercise["worked"]
    assert len({exercise["words"] for exercise in drills}) > 400
    again = ask(
        playground,
        "arithmetic/drills.js",
        "([seed, question]) => module.drill(seed, question)",
        cases,
    )
    assert drills == again


def solved(words: str, state: Case) -> int:
    """The answer by counting, from the geometry of the question."""
    case = state | {"padding": tuple(map(tuple, state["padding"])), "in": 1, "out": 1, "groups": 1}
    shape = geometry(
        {name: tuple(value) if isinstance(value, list) else value for name, value in case.items()}
    )
    if "come out" in words:
        return int(pytorch(case, *ones(case)).shape[2])
    if "no window read" in words:
        return shape.unused(tuple(state["input"]))[0]
    if "top left corner" in words:
        return int(shape.visits(tuple(state["input"]))[0, 0])
    if "keeps the size" in words:
        return next(
            side
            for side in range(99)
            if ConvGeometry(
                tuple(state["kernel"]), padding=side, dilation=tuple(state["dilation"])
            ).output_size(40)
            == (40, 40)
        )
    rows = int(words.split("gives ")[1].split()[0])
    return max(size for size in range(state["kernel"][0], 99) if shape.output_size(size)[0] == rows)


# ---- on the page ----


def sizes(page: Page) -> str:
    return page.locator(".cf-result").first.inner_text()


def test_it_steps_by_keyboard_alone(playground: Page) -> None:
    slider = playground.get_by_label("Step", exact=True)
    slider.focus()
    for key, words in [
        ("ArrowRight", "row 1, column 2 reads rows 1 to 3 and columns 3 to 5 of the padded input"),
        ("End", "row 4, column 4 reads rows 7 to 9 and columns 7 to 9"),
        ("Home", "row 1, column 1 reads rows 1 to 3 and columns 1 to 3"),
    ]:
        playground.keyboard.press(key)
        expect(playground.locator(".cf-result").first).to_contain_text(words)
    field = playground.get_by_label("Stride", exact=True)
    field.press("ArrowDown")
    expect(playground.locator(".cf-result").first).to_contain_text("7 × 7 becomes 7 × 7.")
    expect(playground.locator(".cf-sizes")).to_contain_text("Relationship 3, half (same) padding")
    playground.wait_for_url("**/*it.stride=1*")


def test_the_formula_shows_its_floor_and_what_it_forgets(open_widgets: Opener) -> None:
    with open_widgets(PLAYGROUND, query=query(input=8, kernel=3, stride=2, padding=0)) as page:
        text = page.locator(".cf-sizes").inner_text()
        assert "= ⌊(8 + 2·0 − 3) / 2⌋ + 1 = ⌊5 / 2⌋ + 1 = ⌊2.5⌋ + 1 = 2 + 1 = 3" in text
        assert "1 row at the bottom and 1 column at the right of the padded input are read" in text
        assert "Inputs of 7 to 8 rows and columns give this output." in text
        expect(page.locator(".cf-legend")).to_contain_text("read by no window")
        assert page.locator(".cf-grid .cf-cell-unread").count() == 1


def test_an_invalid_combination_is_explained_and_not_drawn(playground: Page) -> None:
    playground.get_by_label("Kernel size", exact=True).fill("12")
    problem = playground.locator(".cf-problem")
    expect(problem).to_contain_text(
        "The kernel reaches over 12 rows, but the padded input has only 9."
    )
    expect(playground.locator(".cf-grid svg").first).to_be_hidden()
    expect(playground.locator(".cf-sharing code")).to_contain_text("# The kernel reaches over 12")
    problem.get_by_role("button", name="Use padding 3").press("Enter")
    expect(problem).to_be_hidden()
    assert playground.get_by_label("Padding", exact=True).input_value() == "3"
    assert sizes(playground).startswith("7 × 7 becomes 1 × 1.")
    assert playground.evaluate("document.activeElement.matches('.cf-result')")


def test_rows_and_columns_can_differ(playground: Page) -> None:
    playground.get_by_label("Rows and columns alike").press("Space")
    playground.get_by_label("Kernel size, columns").fill("5")
    playground.get_by_label("Padding, rows", exact=True).fill("0")
    assert sizes(playground).startswith("7 × 7 becomes 3 × 3.")
    expect(playground.locator(".cf-sharing code")).to_contain_text(
        "kernel_size=(3, 5), stride=2, padding=(0, 1)"
    )
    playground.get_by_label("Padding is").select_option("each")
    playground.get_by_label("Padding, bottom").fill("2")
    expect(playground.locator(".cf-sharing code")).to_contain_text("nn.ZeroPad2d((1, 1, 0, 2))")
    playground.get_by_label("Padding is").select_option("same")
    expect(playground.locator(".cf-problem")).to_contain_text("stride 1 only")
    playground.get_by_label("Rows and columns alike").check()
    assert playground.get_by_label("Kernel size", exact=True).input_value() == "3"


def test_groups_move_over_what_divides_the_channels(playground: Page) -> None:
    slider = playground.get_by_label("Groups")
    slider.press("End")
    expect(playground.locator(".cf-sizes")).to_contain_text("8·(4 / 4)·3·3 = 72")
    expect(playground.locator(".cf-sizes")).to_contain_text("This is a depthwise convolution.")
    playground.get_by_label("Input channels").fill("6")
    expect(playground.locator(".cf-problem")).to_contain_text("Valid here: 1, 2.")
    playground.get_by_role("button", name="Use groups 2").press("Enter")
    assert slider.get_attribute("aria-valuetext") == "2"


def test_counts_are_shown_in_the_cells_and_as_a_table(playground: Page) -> None:
    playground.get_by_label("Show how often each pixel is read").press("Space")
    numbers = playground.locator(".cf-grid").first.locator("text").all_text_contents()
    wanted = ConvGeometry(3, stride=2, padding=1).visits(7)
    assert [int(number) for number in numbers] == wanted.ravel().tolist()
    playground.get_by_text("How often each pixel is read, as a table").click()
    cells = playground.locator(".cf-values td").all_inner_texts()
    assert [int(cell) for cell in cells] == wanted.ravel().tolist()


def test_a_transposed_convolution_is_drawn_both_ways(open_widgets: Opener) -> None:
    with open_widgets(PLAYGROUND, query=query(transposed=1, input=3, added=1)) as page:
        expect(page.locator(".cf-board-name").first).to_have_text(
            "Input, 3 × 3, stretched and padded to 8 × 8"
        )
        expect(page.locator(".cf-sizes")).to_contain_text("Relationship 14")
        expect(page.locator(".cf-sizes")).to_contain_text("2·(3 − 1) + 1 + 3 − 2·1 = 6")
        page.get_by_label("Drawn as").select_option("1")
        assert "The input at row 1, column 1 is painted on rows 1 to 3" in sizes(page)
        page.get_by_label("Padding", exact=True).fill("3")
        expect(page.locator(".cf-sizes")).to_contain_text("at most k − 1")


def test_an_exercise_hides_its_answer_until_asked(open_widgets: Opener) -> None:
    with open_widgets(PLAYGROUND, query=query(seed=7, question=3)) as page:
        [exercise] = ask(page, "arithmetic/drills.js", "s => module.drill(s, 3)", [7])
        practice = page.locator(".cf-practice")
        expect(practice).to_contain_text(exercise["words"])
        assert exercise["worked"] not in page.content()
        answer = page.get_by_label("Your answer")
        answer.fill(str(exercise["answer"] + 1))
        answer.press("Enter")
        expect(practice.locator("output.cf-result")).to_contain_text("is not it")
        answer.fill(str(exercise["answer"]))
        answer.press("Enter")
        expect(practice.locator("output.cf-result")).to_contain_text(
            f"{exercise['answer']} is right."
        )
        page.get_by_role("button", name="Next question").press("Enter")
        expect(practice).to_contain_text("Question 4 of 10")
        expect(practice.locator("output.cf-result")).to_be_hidden()
        page.get_by_role("button", name="Show the answer").press("Enter")
        expect(practice.locator("output.cf-result")).to_contain_text("The answer is")
        page.wait_for_url("**/*it.question=4*")


def test_the_address_shows_the_same_to_someone_else(open_widgets: Opener) -> None:
    with open_widgets(PLAYGROUND) as page:
        page.get_by_role("combobox", name="Operation").select_option("1")
        page.get_by_label("Output padding", exact=True).fill("1")
        page.get_by_label("Dilation", exact=True).fill("2")
        page.get_by_role("button", name="Last", exact=True).click()
        page.wait_for_url("**/*it.step=*")
        page.wait_for_timeout(400)
        before = [page.locator(part).first.inner_text() for part in SHOWN]
        page.reload()
        wake(page)
        assert [page.locator(part).first.inner_text() for part in SHOWN] == before
        page.get_by_role("button", name="Reset").click()
        assert sizes(page).startswith("7 × 7 becomes 4 × 4.")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"stride": "<script>alert(1)</script>"}, "Stride has 25 characters."),
        ({"kernel": "1e309"}, "Kernel size (“1e309”) must be"),
        ({"kernel": "-0"}, "Kernel size (“-0”) must be at least 1."),
        ({"input": "10000"}, "Input size (“10000”) must be at most 32."),
        ({"input": "3,5"}, "must use a decimal point"),
        ({"padding": "1x2x3"}, "Padding must be 1 or 2 or 4 numbers"),
        ({"padding": "٢"}, "Padding (“٢”) must use the digits 0 to 9."),
        ({"__proto__": "1", "question": "11"}, "Question (“11”) must be at most 10."),
        ({"groups": ""}, "Groups is empty."),
    ],
)
def test_a_hostile_address_is_refused_in_words(
    open_widgets: Opener, settings: dict, words: str
) -> None:
    with open_widgets(PLAYGROUND, query=query(**settings)) as page:
        expect(page.get_by_role("alert").filter(has_text="asked for")).to_contain_text(words)
        assert sizes(page).startswith("7 × 7 becomes 4 × 4.")


def test_nonsense_in_a_field_is_refused_and_the_last_good_value_stays(playground: Page) -> None:
    field = playground.get_by_label("Kernel size", exact=True)
    for text in ("", "abc", "1e309", "3,5", "٣", "9" * 100_000):
        field.fill(text)
        field.press("Tab")
        assert field.get_attribute("aria-invalid") == "true"
        expect(playground.get_by_role("alert").first).to_contain_text(
            "The last good value stays in use."
        )
        assert sizes(playground).startswith("7 × 7 becomes 4 × 4.")


def test_the_largest_grid_answers_quickly(open_widgets: Opener) -> None:
    with open_widgets(
        PLAYGROUND, query=query(input=32, kernel=32, padding=32, stride=1, counts=1)
    ) as page:
        milliseconds = page.get_by_label("Step", exact=True).evaluate(
            """slider => { const start = performance.now(); slider.value = 100;
              slider.dispatchEvent(new Event("input")); return performance.now() - start; }"""
        )
        assert sizes(page).startswith("32 × 32 becomes 65 × 65.")
        assert milliseconds < 1000  # 200 at most on a machine that is not shared
        page.get_by_role("combobox", name="Operation").select_option("1")
        page.get_by_label("Stride", exact=True).fill("16")
        page.get_by_label("Padding", exact=True).fill("0")
        expect(page.locator(".cf-grid").last).to_contain_text("too many to draw")


def test_two_on_a_page_keep_apart(open_widgets: Opener) -> None:
    two = widget("arithmetic-playground", 'id="one"') + widget(
        "arithmetic-playground", 'id="two" input="9" question="1"'
    )
    with open_widgets(two) as page:
        ids = page.eval_on_selector_all("[id]", "all => all.map(e => e.id)")
        assert len(ids) == len(set(ids))
        page.locator("#one").get_by_label("Padding", exact=True).fill("0")
        assert page.locator("#one .cf-result").first.inner_text().startswith("7 × 7 becomes 3 × 3.")
        assert page.locator("#two .cf-result").first.inner_text().startswith("9 × 9 becomes 5 × 5.")
        page.wait_for_url("**/*one.padding=0*")
