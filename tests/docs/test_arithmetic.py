"""The chapters on arithmetic and the page of relationships: code, numbers and formulas."""

from __future__ import annotations

import doctest
import re

import numpy as np
import pytest
import torch
from torch import nn

from cnnfilters.arithmetic import (
    DILATED_TRANSPOSED,
    RELATIONSHIPS,
    SYMBOLS,
    ConvGeometry,
    Convolution,
    Pooling,
    ShapeError,
    count_parameters,
    receptive_field,
    trace,
)
from cnnfilters.figures.arithmetic.traced import SOURCE
from docs.chapters import CHAPTERS, DOCS, section

ARITHMETIC = sorted(path for path in CHAPTERS.values() if path.parent.name == "arithmetic")
RELATIONSHIPS_PAGE = (DOCS / "reference" / "relationships.md").read_text(encoding="utf-8")


def examples(text: str) -> str:
    """The consoles of a page, without their fences."""
    return "\n\n".join(re.findall(r"^```pycon\n(.*?)^```", text, re.M | re.S))


@pytest.mark.parametrize("page", ARITHMETIC, ids=lambda page: page.stem)
def test_the_code_gives_what_the_page_shows(page) -> None:  # type: ignore[no-untyped-def]
    parsed = doctest.DocTestParser().get_doctest(
        examples(page.read_text(encoding="utf-8")), {}, page.stem, str(page), 0
    )
    assert parsed.examples
    assert doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(parsed).failed == 0


def test_padding_the_exercise_is_solved_by_counting() -> None:
    solution = section("07-padding-and-stride", "Exercise").split("Solution")[1]
    bare, padded = ConvGeometry(4, stride=3), ConvGeometry(4, stride=3, padding=1)
    assert f"the output is {bare.output_size(11)[0]}×3" in solution
    assert f"= {int((bare.visits(11) == 0).sum())}$ pixels are not" in solution
    same = [size for size in range(4, 30) if bare.output_size(size) == bare.output_size(11)]
    assert "Sizes {}, {} and {} .".replace(" .", ".").format(*same) in solution
    assert f"the output is {padded.output_size(11)[0]}×4" in solution
    assert f"so {int((padded.visits(11) == 0).sum())} pixels are unread" in solution


def test_transposed_the_exercise_is_solved_by_pytorch() -> None:
    solution = section("08-transposed-and-dilated", "Exercise").split("Solution")[1]
    small = torch.zeros(1, 1, 7, 7)
    three = nn.ConvTranspose2d(1, 1, 3, stride=2, padding=1)(small).shape[-1]
    mended = nn.ConvTranspose2d(1, 1, 3, stride=2, padding=1, output_padding=1)(small).shape[-1]
    four = nn.ConvTranspose2d(1, 1, 4, stride=2, padding=1)(small).shape[-1]
    assert f"= {three}$. With `output_padding=1` it is {mended}." in solution
    assert f"= {four}$, with nothing to mend" in solution
    inner = (slice(2, -2),) * 2
    uneven = ConvGeometry(3, stride=2, padding=1, transposed=True).contributions(7)[inner]
    even = ConvGeometry(4, stride=2, padding=1, transposed=True).contributions(7)[inner]
    assert f"from {uneven.min()} to {uneven.max()} in the plane" in solution
    assert even.min() == even.max()
    assert f"always {even.max()}." in solution


def test_receptive_fields_the_exercise_is_solved_by_gradients() -> None:
    solution = section("09-receptive-fields", "Exercise").split("Solution")[1]
    layers = [nn.Conv2d(1, 1, 7, stride=2), nn.AvgPool2d(3, stride=2)]
    layers += [nn.Conv2d(1, 1, 3), nn.Conv2d(1, 1, 3)]
    seen = []
    for depth in range(1, 5):
        image = torch.randn(1, 1, 60, 60, requires_grad=True)
        nn.Sequential(*layers[:depth])(image)[..., 0, 0].sum().backward()
        assert image.grad is not None
        seen.append(int(image.grad[0, 0].any(dim=1).sum()))
    first, pooled, third, fourth = seen
    assert f"the field is {first} and the jump 2" in solution
    assert f"the field is {pooled} and the" in solution
    assert f"it is {third}. The second adds 8 again: it is {fourth}." in solution


def test_receptive_fields_the_weights_are_counted() -> None:
    text = section("09-receptive-fields", "Exercise").split("Solution")[1]
    one = count_parameters(Convolution(64, 64, ConvGeometry(7), bias=False))
    three = 3 * count_parameters(Convolution(64, 64, ConvGeometry(3), bias=False))
    assert f"= {one}$ weights" in text
    assert f"= {three}$" in text
    assert f"{one / three:.2f} times fewer" in text
    table = section("09-receptive-fields", "One large kernel, or several small ones")
    assert re.findall(r"([\d.]+) times fewer", table) == [f"{49 / 27:.2f}", f"{25 / 18:.2f}"]


def test_receptive_fields_the_table_follows_the_network() -> None:
    rows = re.findall(
        r"\| (\d+) · (\d+) \| (\d+) \| (\d+) \|", CHAPTERS["09-receptive-fields"].read_text("utf-8")
    )
    layers = [ConvGeometry(5), Pooling(2), ConvGeometry(5), Pooling(2)]
    fields = [receptive_field(layers[: depth + 1]) for depth in range(4)]
    assert [(int(size), int(jump)) for *_, size, jump in rows] == [
        (field.size[0], field.jump[0]) for field in fields
    ]
    before = [1, *(field.size[0] for field in fields)]
    assert [int(a) * int(b) for a, b, *_ in rows] == np.diff(before).tolist()


def test_clinic_each_network_is_broken_where_the_solution_says_and_mended_by_it() -> None:
    task, solution = section("10-shape-clinic", "Exercise").split('??? solution "Solution"')
    stacks = re.findall(r"^:   (.+)$", task, re.M)
    fixes = re.findall(r"[Ww]rite `(.+?)`", solution)
    assert len(stacks) == len(fixes) == 3
    names = {name: getattr(nn, name) for name in ("Conv2d", "MaxPool2d", "Flatten", "Linear")}

    def run(stack: list[str]) -> torch.Tensor:
        built = eval(f"[{', '.join(stack)}]", names)  # our own page's text
        return nn.Sequential(*built)(torch.zeros(1, 1, 28, 28))

    for words, fix in zip(stacks, fixes, strict=True):
        stack = re.findall(r"`(.+?)`", words)
        with pytest.raises((RuntimeError, ValueError)):
            run(stack)
        last = stack[-1].replace("groups=4", fix) if fix.startswith("groups") else fix
        run([*stack[:-1], last])


def test_clinic_the_counts_of_the_source_network() -> None:
    text = CHAPTERS["10-shape-clinic"].read_text(encoding="utf-8")
    first, second = (
        nn.Conv2d(1, 16, 5, padding=2),
        nn.Conv2d(16, 32, 5, padding=2),
    )
    rows = trace(nn.Sequential(first, nn.MaxPool2d(2), second), (1, 28, 28)).rows
    assert f"= {rows[0].parameters}$ parameters" in text
    assert f"= {rows[0].macs}$ MACs" in text
    assert round(rows[2].parameters / rows[0].parameters) == 31
    assert rows[2].macs == 8 * rows[0].macs
    with pytest.raises(ShapeError):
        trace(nn.Sequential(nn.Linear(1, 1)), (1, 28, 28))


def test_clinic_the_memory_of_the_source_network() -> None:
    text = " ".join(CHAPTERS["10-shape-clinic"].read_text(encoding="utf-8").split())
    table = trace(SOURCE, (1, 28, 28))
    weights, kept = 4 * table.parameters, table.memory.training
    assert f"writes {table.memory.forward:,} bytes, and training keeps {kept:,}" in text
    assert f"its weights take {weights:,}." in text
    assert f"keeps {64 * kept / 1e6:.1f} MB, about {64 * kept / weights:.0f} times" in text


@pytest.mark.parametrize(
    "told", [*RELATIONSHIPS, DILATED_TRANSPOSED], ids=lambda told: str(told.number)
)
def test_a_relationship_stands_on_its_page_as_the_package_has_it(told) -> None:  # type: ignore[no-untyped-def]
    number = f"{told.number} " if told.number else ""
    heading = f"### {number}{told.name}\n"
    assert heading in RELATIONSHIPS_PAGE
    part = RELATIONSHIPS_PAGE.split(heading)[1].split("\n### ")[0]
    assert f"\n{told.formula}\n" in part
    assert f"Holds for {told.conditions}." in part
    size, _ = told.example
    assert f"makes {told.output(*told.example)} of {size}." in part


def test_every_letter_is_explained() -> None:
    for letter, meaning in SYMBOLS.items():
        assert f"| ${letter}$ | {meaning} |" in RELATIONSHIPS_PAGE


def test_the_sheet_halves_and_doubles_as_it_says() -> None:
    for geometry in (ConvGeometry(2, stride=2), ConvGeometry(3, stride=2, padding=1)):
        assert {2 * geometry.output_size(even)[0] - even for even in range(4, 40, 2)} == {0}
    for geometry in (
        ConvGeometry(4, stride=2, padding=1, transposed=True),
        ConvGeometry(2, stride=2, transposed=True),
    ):
        assert {geometry.output_size(size)[0] / size for size in range(1, 20)} == {2}


def test_the_same_promise_needs_an_odd_kernel() -> None:
    for kernel in range(1, 8):
        sizes = {ConvGeometry(kernel, padding=p).output_size(9)[0] for p in range(7)}
        assert (9 in sizes) == (kernel % 2 == 1)
