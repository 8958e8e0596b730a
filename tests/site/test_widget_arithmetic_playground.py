"""The arithmetic playground in use: by keyboard, its exercises, whatever is typed or linked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from checks.arithmetic_settings import Case, geometry, ones, pytorch
from checks.browsing import wake
from checks.widget_page import Opener, ask, query, widget
from cnnfilters.arithmetic import RELATIONSHIPS, ConvGeometry

pytestmark = [
    pytest.mark.browser,
    # PyTorch copies an image that "same" pads unevenly, and says so
    pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths"),
]
PLAYGROUND = widget("arithmetic-playground")
SHOWN = (".cf-boards", ".cf-player", ".cf-result", ".cf-sizes", ".cf-sharing code")


@pytest.fixture
def playground(open_widgets: Opener) -> Iterator[Page]:
    with open_widgets(PLAYGROUND) as page:
        yield page


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
        ("ArrowRight", "row 0, column 1 reads rows 0 to 2 and columns 2 to 4 of the padded input"),
        ("End", "row 3, column 3 reads rows 6 to 8 and columns 6 to 8"),
        ("Home", "row 0, column 0 reads rows 0 to 2 and columns 0 to 2"),
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
    wanted = ConvGeometry(3, stride=2, padding=1).visits(7)
    numbers = [str(number) for number in wanted.ravel()]
    expect(playground.locator(".cf-grid").first.locator("text")).to_have_text(numbers)
    playground.get_by_text("How often each pixel is read, as a table").click()
    expect(playground.locator(".cf-values td")).to_have_text(numbers)


def test_a_transposed_convolution_is_drawn_both_ways(open_widgets: Opener) -> None:
    with open_widgets(PLAYGROUND, query=query(transposed=1, input=3, added=1)) as page:
        expect(page.locator(".cf-board-name").first).to_have_text(
            "Input, 3 × 3, stretched and padded to 8 × 8"
        )
        expect(page.locator(".cf-sizes")).to_contain_text("Relationship 14")
        expect(page.locator(".cf-sizes")).to_contain_text("2·(3 − 1) + 1 + 3 − 2·1 = 6")
        page.get_by_label("Drawn as").select_option("1")
        assert "The input at row 0, column 0 is painted on rows 0 to 2" in sizes(page)
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
