"""Digits as two hands write them: where the pen turns, in a box 10 wide and 14 high.

The pen goes smoothly through the places of a stroke; a place that stands twice is a corner. The
two hands build their digits differently: the first writes a bare 1, an open 4, a 7 without a bar
and a 9 with a straight tail, the 8 in one go; the second a 1 with flag and foot, a closed 4, a
crossed 7, a curved 9, the 5 and the 8 in two strokes, a 2 with a loop.
"""

from __future__ import annotations

Stroke = list[tuple[float, float]]  # (across, down)

ROUND = (  # from 0 to 9; strokes are kept apart by semicolons
    "5,0 2,1.5 0.5,7 2,12.5 5,14 8,12.5 9.5,7 8,1.5 5,0",
    "6.5,0 5.6,7 4.5,14",
    "1,3 3,0.5 6,0 8.5,2 8.3,4.5 6,8 1,14 1,14 9,13.8",
    "1.5,1.5 4.5,0 8,1.5 7.8,4.8 4.5,6.8 4.5,6.8 8.3,8.3 8.8,11.5 6,14 1,12.8",
    "2,0 1.4,4 1,8 1,8 9,8.2; 7.4,0.5 7.2,7 6.8,14",
    "8.5,0 2.2,0 2.2,0 1.8,6 1.8,6 5.5,5 9,8 8.2,12.3 4.5,14 1,12.8",
    "7.5,0 3,4 1,9 2.5,13 5.5,14 8.5,12 8.3,9 5.5,7.5 2.5,9 1.3,10.8",
    "1,0.5 9,0 9,0 5,7 3.5,14",
    "8.3,2 5,0 1.8,2 2.5,5 5.5,7 8.6,10 7.5,13.2 4.5,14 1.5,12 2,9.2 5,6.8 7.8,4.5 8.3,2",
    "8.6,2.5 5.5,0 1.8,2 1.5,5.5 4.5,7.5 8,5 8.6,1.5 8.6,1.5 8,14",
)
ANGULAR = (
    "7,1 4,0.2 1.8,4 1.5,10 3.5,13.6 6.5,13 8.2,9 8,3.5 6,0.5 4.2,0.9",
    "2.5,3.5 5.5,0 5.5,0 5.5,14; 2,14 9,14",
    "1.2,3.2 2.5,0.8 6,0 8.3,2.5 7.5,6 4,11 1.8,13.3 1,12 2.8,11 5.5,13 9.3,13.5",
    "1.5,0.3 8.5,0.3 8.5,0.3 4.5,5.5 4.5,5.5 8,7.2 8.5,11 5.5,14 1,12.5",
    "6.8,0 0.8,9.3 0.8,9.3 9.5,9.3; 6.8,0.2 6.8,14",
    "2.5,0.5 2,6 2,6 6,5 8.8,8.5 7.5,13 4,14 1,12.5; 2.5,0.5 8.8,0.3",
    "5.5,0 3.6,4.5 1.8,9.5 2.2,12.8 4.8,14 7.6,12.6 7.8,9.6 5,8.4 2.6,10.4 2.3,12",
    "1,2 1.2,0.5 1.2,0.5 9,0.5 9,0.5 4.5,14; 3.4,7.2 9,6.6",
    "5,0 2.2,1.5 2.5,5 5,6.5 7.5,5 7.8,1.5 5,0; 5,6.5 1.8,8.5 1.5,12 5,14 8.5,12 8.2,8.5 5,6.5",
    "8,2.5 5.5,0.2 2.2,1.8 2,5.5 5,7.2 8,4.5 8.3,2 8.5,6 7.5,11.5 4.5,14 1.5,12.5",
)


def strokes(digit: str) -> list[Stroke]:
    """The places of each stroke."""
    return [
        [(float(x), float(y)) for x, y in (place.split(",") for place in stroke.split())]
        for stroke in digit.split(";")
    ]


HANDS = {
    name: [strokes(digit) for digit in hand]
    for name, hand in (("round", ROUND), ("angular", ANGULAR))
}
