"""Digits drawn with a pointer, as people draw them: eight ways, recorded once as test data.

`python tests/site/checks/drawn_digits.py`, with `tests/site` among Python's paths, writes
`tests/site/drawn_digits.json`. It was recorded, and its halves were fixed, before the lab's
preparation was written: that was tuned on one half alone.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from checks.hands import HANDS, Stroke

FILE = Path(__file__).parents[1] / "drawn_digits.json"
SEED = 28
PAPER = 272  # CSS pixels: the paper on a desk
CELL = PAPER / 28
MARGIN = 0.9  # cells that a pen keeps from the paper's border
HALVES = ("tuning", "held out")
REPEATS = 6  # of each digit by each hand in each way, half of them in each half
THICK = [(0, 0), (1, 0.4), (-0.3, 1)]  # cells: three strokes beside each other make one


class Way(NamedTuple):
    """How large, where and how thick: sizes and places in cells of the 28 × 28."""

    height: tuple[float, float]  # of the line in the middle of the stroke
    middle: tuple[tuple[float, float], tuple[float, float]] | None  # down, across; None: a corner
    thick: bool = False


CENTRE = ((13.5, 14.5), (13.5, 14.5))
WAYS = {
    "MNIST’s place and size": Way((16.5, 18.5), CENTRE),
    "three strokes thick": Way((16.5, 18.5), CENTRE, thick=True),
    "fills the paper": Way((24, 26), CENTRE),
    "fills the paper, thick": Way((23, 25), CENTRE, thick=True),
    "right of the middle": Way((16.5, 18.5), ((13, 15), (19, 20.5))),
    "top left": Way((16.5, 18.5), ((9.6, 10.6), (7, 8.5))),
    "small, in the middle": Way((7, 10), ((12.5, 15.5), (12.5, 15.5))),
    "small, in a corner": Way((7, 10), None),
}


def record() -> dict[str, Any]:
    """All drawings: for each way a list of `[digit, hand, half, strokes]`.

    A stroke is `[x, y, dx, dy, dx, dy, ...]`: where the pointer came down and how far it went from
    event to event, in whole CSS pixels of a paper of 272.
    """
    rng = np.random.default_rng(SEED)
    return {
        "paper": PAPER,
        "ways": {
            name: [
                [digit, hand, HALVES[repeat % 2], drawn(digits[digit], way, rng)]
                for repeat in range(REPEATS)
                for hand, digits in HANDS.items()
                for digit in range(10)
            ]
            for name, way in WAYS.items()
        },
    }


def drawn(strokes: list[Stroke], way: Way, rng: np.random.Generator) -> list[list[int]]:
    """One digit as one person's pointer went over the paper this once."""
    height = rng.uniform(*way.height)
    paths = [dense(shaken(np.array(stroke, float), rng)) for stroke in strokes]
    everything = np.concatenate(paths)
    low, high = everything.min(0), everything.max(0)
    lean, turn, aspect = rng.normal(0.06, 0.08), rng.normal(0, 0.04), rng.uniform(0.88, 1.15)
    shape = np.array([[aspect, -lean - turn], [turn, 1]])
    scale = height / (high - low)[1]
    bent = [(path - (low + high) / 2) @ shape.T * scale for path in paths]
    place = placed(np.concatenate(bent), way, rng)
    passes = THICK if way.thick else THICK[:1]
    return [
        as_events(path + place + np.array(beside) + rng.normal(0, 0.12, 2) * way.thick, height)
        for path in bent
        for beside in passes
    ]


def shaken(places: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Each place a little elsewhere; a corner, whose place stands twice, stays one."""
    moved = rng.normal(0, 0.3, places.shape)
    for at in range(1, len(places)):
        if (places[at] == places[at - 1]).all():
            moved[at] = moved[at - 1]
    return places + moved


def dense(places: np.ndarray) -> np.ndarray:
    """A smooth line through the places (Catmull-Rom); where one stands twice it has a corner."""
    ends = np.vstack([places[:1], places, places[-1:]])
    t = np.linspace(0, 1, 20, endpoint=False)[:, None]
    pieces = []
    for at in range(1, len(ends) - 2):
        before, start, end, after = ends[at - 1 : at + 3]
        if (start == end).all():
            continue
        pieces.append(
            start
            + t * (end - before) / 2
            + t**2 * (before - 2.5 * start + 2 * end - after / 2)
            + t**3 * (1.5 * start - before / 2 - 1.5 * end + after / 2)
        )
    return np.vstack([*pieces, places[-1:]])


def placed(path: np.ndarray, way: Way, rng: np.random.Generator) -> np.ndarray:
    """Where the middle of the digit comes to lie: across, down, such that it fits on the paper."""
    half = (path.max(0) - path.min(0)) / 2
    room = MARGIN + half + (1.2 if way.thick else 0)
    if way.middle is None:
        corner = rng.integers(0, 2, 2)
        inwards = rng.uniform(0, 2, 2)
        middle = np.where(corner == 0, room + inwards, 28 - room - inwards)
    else:
        (top, bottom), (left, right) = way.middle
        middle = np.array([rng.uniform(left, right), rng.uniform(top, bottom)])
    return np.minimum(np.maximum(middle, room), 28 - room)


def as_events(path: np.ndarray, height: float) -> list[int]:
    """What the browser tells of a pointer on this path: whole pixels, some way apart."""
    pixels = path * CELL
    gone = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(pixels, axis=0).T))])
    count = max(2, round(gone[-1] / max(4, height * CELL / 14)) + 1)
    at = np.linspace(0, gone[-1], count)
    events = np.rint([np.interp(at, gone, axis) for axis in pixels.T]).astype(int).T
    return [*events[0].tolist(), *np.diff(events, axis=0).ravel().tolist()]


def points(stroke: list[int]) -> list[tuple[float, float]]:
    """The places of a recorded stroke: across, down, in CSS pixels."""
    path = np.cumsum(np.array(stroke).reshape(-1, 2), axis=0)
    return [(float(x), float(y)) for x, y in path]


def text_of(recorded: dict[str, Any]) -> str:
    """The file: one drawing a line."""
    ways = [
        f"{json.dumps(name, ensure_ascii=False)}: [\n"
        + ",\n".join(json.dumps(drawing, separators=(",", ":")) for drawing in drawings)
        + "\n]"
        for name, drawings in recorded["ways"].items()
    ]
    return f'{{"paper": {recorded["paper"]}, "ways": {{\n' + ",\n".join(ways) + "\n}}\n"


if __name__ == "__main__":
    FILE.write_text(text_of(record()), encoding="utf-8")
