"""A strip shows what was measured, in its place and in words."""

import itertools

import pytest
from lxml import html

from cnnfilters.evidence import Interval, Rule
from cnnfilters.evidence.strip import WIDTH, strip

VALUES = [1.0, 1.5, 2.0, 2.5, 4.0]
ABOVE_0 = Rule(above=0)


def drawn(values=VALUES, rule=ABOVE_0, *, chance=None, unit="points"):
    interval = Interval.of(values) if len(values) > 1 else Interval.exactly(values[0])
    text = strip(interval, rule, chance=chance, unit=unit, replicates="networks")
    return html.fragment_fromstring(text), interval


def place(svg, kind, name="x1"):
    (found,) = svg.find_class(kind)
    return float(found.get(name))


def test_dots_interval_mean_and_limit_stand_in_proportion():
    svg, interval = drawn(rule=Rule(above=0))
    dots = [float(dot.get("cx")) for dot in svg.iter("circle")]
    limit = place(svg, "cf-strip__limit")
    step = (dots[-1] - dots[0]) / (VALUES[-1] - VALUES[0])
    for value, dot in zip(VALUES, dots, strict=True):
        assert dot == pytest.approx(limit + step * value, abs=0.2)
    assert place(svg, "cf-strip__mean") == pytest.approx(limit + step * interval.mean, abs=0.2)
    assert place(svg, "cf-strip__interval") == pytest.approx(limit + step * interval.low, abs=0.2)
    end = place(svg, "cf-strip__interval", "x2")
    assert end == pytest.approx(limit + step * interval.high, abs=0.2)


@pytest.mark.parametrize(
    ("rule", "begins", "ends", "words"),
    [
        (Rule(above=2), "limit", WIDTH, "above 2 points"),
        (Rule(below=2), 0, "limit", "below 2 points"),
    ],
)
def test_where_the_sentence_holds_is_shaded_from_the_limit_on(rule, begins, ends, words):
    svg, _ = drawn(rule=rule)
    limit = place(svg, "cf-strip__limit")
    left = place(svg, "cf-strip__holds", "x")
    right = left + place(svg, "cf-strip__holds", "width")
    assert left == pytest.approx(limit if begins == "limit" else begins, abs=0.2)
    assert right == pytest.approx(limit if ends == "limit" else ends, abs=0.2)
    assert words in svg.text_content()


def test_two_limits_shade_what_lies_between():
    svg, _ = drawn(rule=Rule(above=0, below=5))
    assert len(svg.find_class("cf-strip__limit")) == 2
    assert "between 0 and 5 points" in svg.text_content()


def test_chance_has_a_line_of_its_own_or_is_the_limit():
    apart, _ = drawn(chance=-3.0)
    assert len(apart.find_class("cf-strip__chance")) == 1
    assert "chance −3" in apart.text_content()
    same, _ = drawn(chance=0.0)
    assert same.find_class("cf-strip__chance") == []
    assert "above 0 points, chance" in same.text_content()
    unknown, _ = drawn()
    assert "chance" not in unknown.text_content() + unknown.get("aria-label")


def test_a_strip_says_in_words_what_it_shows():
    svg, _ = drawn(chance=0.0)
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == (
        "5 networks from 1 to 4 points; mean 2.20, 95 % interval 0.771 to 3.63; holds if the "
        "value is above 0 points; chance gives 0 points."
    )
    counted, _ = drawn([3], Rule(above=2), unit="")
    assert counted.get("aria-label") == "counted: 3; holds if the value is above 2."
    assert counted.find_class("cf-strip__interval") == []


RULES = [Rule(above=75), Rule(below=-1_000), Rule(above=-0.0005, below=0.0005), Rule(above=0)]


@pytest.mark.parametrize(("rule", "unit"), [*itertools.product(RULES, ["points", "%", ""])])
def test_no_mark_and_no_word_leaves_the_strip(rule, unit):
    svg, _ = drawn([97.1, 97.3, 97.0], rule, chance=10.0, unit=unit)
    for mark in svg.iter("line", "circle", "rect"):
        for name in ("x1", "x2", "cx", "x"):
            assert 0 <= float(mark.get(name, 0)) <= WIDTH
    for text in svg.iter("text"):
        wide = 7 * len(text.text)
        before = {"start": 0, "middle": wide / 2, "end": wide}[text.get("text-anchor")]
        assert -1 <= float(text.get("x")) - before <= WIDTH - wide + 1


def test_a_strip_needs_no_style_of_its_own():
    svg, _ = drawn(chance=-1.0)
    assert all("style" not in mark.attrib for mark in svg.iter())
