"""A claim as one small picture: a dot for each network, the interval, the limits, and chance.

It is drawn at the size at which it is shown, with the page's own type and colours
(docs/assets/claims.css), so that it can be read on a phone, in the dark and in forced colours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from cnnfilters.evidence.interval import Interval
from cnnfilters.evidence.rule import Rule
from cnnfilters.words import number

WIDTH, MARGIN = 280.0, 8.0  # CSS pixels
LETTER = 7.2  # the width of a letter, at most about
LABEL = 15.0  # a line of type
DOTS, BAR, FOOT = 8.0, 17.0, 24.0  # below the upper label
SAME = 2.0  # nearer than this, chance and a limit are one line

Scale = Callable[[float], float]


def strip(
    interval: Interval, rule: Rule, *, chance: float | None, unit: str, replicates: str
) -> str:
    """Draw it, as SVG with words for who does not see it.

    Args:
        interval: What was measured.
        rule: The limits; where the sentence holds is shaded.
        chance: What chance gives; None: not known.
        unit: Of all of them.
        replicates: What one value stands for, in the plural.

    Example:
        >>> drawn = strip(
        ...     Interval.of([1.0, 2.0, 3.0]), Rule(above=0), chance=0, unit="points",
        ...     replicates="networks",
        ... )
        >>> drawn.count("<circle"), "above 0 points, chance" in drawn
        (3, True)
    """
    at = _scale([*interval.values, interval.low, interval.high, *rule.limits], chance)
    is_limit = chance is not None and any(abs(at(chance) - at(each)) < SAME for each in rule.limits)
    top = 0.0 if chance is None or is_limit else LABEL
    height = top + FOOT + LABEL
    words = _words(interval, rule, chance=chance, unit=unit, replicates=replicates)
    marks = [*_limits(rule, at, top, f"{unit}, chance" if is_limit else unit)]
    if chance is not None and not is_limit:
        marks += _chance(chance, at, top)
    return (
        f'<svg class="cf-strip" viewBox="0 0 {WIDTH:g} {height:g}" width="{WIDTH:g}" '
        f'height="{height:g}" role="img" aria-label="{escape(words)}">'
        f"{''.join([*marks, *_measured(interval, at, top)])}</svg>"
    )


def _scale(values: list[float], chance: float | None) -> Scale:
    """From a value to its place: what is shown fills the strip."""
    shown = [*values, *([] if chance is None else [chance])]
    low, span = min(shown), (max(shown) - min(shown)) or 1.0
    return lambda value: MARGIN + (WIDTH - 2 * MARGIN) * (value - low) / span


def _limits(rule: Rule, at: Scale, top: float, unit: str) -> Iterator[str]:
    """Where the sentence holds, its ends, and their words below."""
    if not rule.limits:
        return
    left = at(rule.above) if rule.above in rule.limits else 0.0
    right = at(rule.below) if rule.below in rule.limits else WIDTH
    yield f'<rect class="cf-strip__holds"{_box(left, top, right - left, FOOT)}/>'
    for limit in rule.limits:
        yield _upright("cf-strip__limit", at(limit), top, FOOT)
    between = " and ".join(number(limit) for limit in rule.limits)
    side = "between" if len(rule.limits) > 1 else "above" if left else "below"
    words = f"{side} {between}{_unit(unit)}"
    middle = (left + right) / 2 if side == "between" else left if left else right
    anchor = {"between": "middle", "above": "start", "below": "end"}[side]
    yield _label(words, middle, anchor, top + FOOT + LABEL - 3)


def _chance(chance: float, at: Scale, top: float) -> Iterator[str]:
    yield _upright("cf-strip__chance", at(chance), top, FOOT)
    yield _label(f"chance {number(chance)}", at(chance), "middle", top - 4)


def _measured(interval: Interval, at: Scale, top: float) -> Iterator[str]:
    for value in interval.values:
        yield f'<circle cx="{at(value):.1f}" cy="{top + DOTS:g}" r="3"/>'
    low, mean, high = at(interval.low), at(interval.mean), at(interval.high)
    if interval.networks:
        bar = f'x1="{low:.1f}" x2="{high:.1f}" y1="{top + BAR:g}" y2="{top + BAR:g}"'
        yield f'<line class="cf-strip__interval" {bar}/>'
        yield _upright("cf-strip__mean", mean, top + BAR - 4, 8)


def _label(words: str, place: float, anchor: str, base: float) -> str:
    """A text that stays in the picture, at its place or as near to it as there is room."""
    width = LETTER * len(words)
    before = {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    start = min(max(place - before, 0.0), max(WIDTH - width, 0.0))
    return f'<text x="{start + before:.1f}" y="{base:g}" text-anchor="{anchor}">{words}</text>'


def _upright(kind: str, place: float, top: float, height: float) -> str:
    ends = f'y1="{top:g}" y2="{top + height:g}"'
    return f'<line class="{kind}" x1="{place:.1f}" x2="{place:.1f}" {ends}/>'


def _box(left: float, top: float, width: float, height: float) -> str:
    return f' x="{left:.1f}" y="{top:g}" width="{width:.1f}" height="{height:g}"'


def _unit(unit: str) -> str:
    return unit if not unit or unit.startswith(",") else f" {unit}"


def _words(
    interval: Interval, rule: Rule, *, chance: float | None, unit: str, replicates: str
) -> str:
    unit = _unit(unit)
    parts = []
    if interval.networks:
        least, most = (number(end(interval.values or [interval.mean])) for end in (min, max))
        spread = f" from {least} to {most}{unit}" if interval.values else ""
        parts.append(f"{interval.networks} {replicates}{spread}")
        ends = f"{number(interval.low)} to {number(interval.high)}"
        parts.append(f"mean {number(interval.mean)}, 95 % interval {ends}")
    else:
        parts.append(f"counted: {number(interval.mean)}{unit}")
    parts += [rule.words(unit.strip())] if rule.limits else []
    parts += [] if chance is None else [f"chance gives {number(chance)}{unit}"]
    return "; ".join(parts) + "."
