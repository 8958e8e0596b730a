"""SVG written directly: a schematic picture costs a millisecond instead of matplotlib's second.

The unit is the point, 96/72 CSS px, as in matplotlib's pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Literal, TypeAlias

from cnnfilters.figures.drawing.style import FONTS, INK, MUTED, SMALL, WIDTH, Layout

POINTS = {layout: 72 * inches for layout, inches in WIDTH.items()}  # width of a picture
Place: TypeAlias = tuple[int, int]  # row and column of a cell
Anchor = Literal["start", "middle", "end"]
HATCH = (
    '<pattern id="hatch" width="3.5" height="3.5" patternUnits="userSpaceOnUse" '
    f'patternTransform="rotate(45)"><path d="M0 0V3.5" stroke="{MUTED}" stroke-width="1.4"/>'
    "</pattern>"
)


def picture(layout: Layout, height: float, marks: Iterable[str]) -> str:
    """A whole picture.

    Args:
        layout: Says how wide it is.
        height: In points.
        marks: What is drawn, from the back to the front.

    Example:
        >>> picture("wide", 10, [box(0, 0, 1, 1)]).endswith("</svg>")
        True
    """
    size = f"{number(POINTS[layout])} {number(height)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}"><defs>{HATCH}</defs>'
        + "".join(marks)
        + "</svg>"
    )


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = SMALL,
    anchor: Anchor = "start",
    colour: str = INK,
    bold: bool = False,
) -> str:
    """One line of text whose baseline begins, is centred or ends at (x, y).

    Example:
        >>> "7 &lt; 8" in text(0, 0, "7 < 8")
        True
    """
    weight = "; font-weight: 600" if bold else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" text-anchor="{anchor}" fill="{colour}" '
        f'style="font-family: {FONTS}; font-size: {number(size)}px{weight}">{escape(words)}</text>'
    )


def squares(places: Iterable[Place], left: float, top: float, side: float, /, **paint: str) -> str:
    """Cells of one grid in one path; nothing where there are none.

    Args:
        places: Row and column of each cell.
        left: Of the grid.
        top: Of the grid.
        side: Of a cell.
        paint: Attributes, `_` for `-`.

    Example:
        >>> squares([(1, 0)], 0, 0, 10, fill="red")
        '<path d="M0 10h10v10h-10z" fill="red"/>'
    """
    s = number(side)
    path = "".join(
        f"M{number(left + column * side)} {number(top + row * side)}h{s}v{s}h-{s}z"
        for row, column in places
    )
    return f'<path d="{path}"{_attributes(paint)}/>' if path else ""


def box(left: float, top: float, width: float, height: float, **paint: str) -> str:
    """A rectangle.

    Example:
        >>> box(1, 2, 3, 4, fill="none")
        '<path d="M1 2h3v4h-3z" fill="none"/>'
    """
    path = f"M{number(left)} {number(top)}h{number(width)}v{number(height)}h{number(-width)}z"
    return f'<path d="{path}"{_attributes(paint)}/>'


def line(*points: tuple[float, float], **paint: str) -> str:
    """A line through the points.

    Example:
        >>> line((0, 0), (3, 4))
        '<path d="M0 0L3 4" fill="none"/>'
    """
    path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f'<path d="{path}" fill="none"{_attributes(paint)}/>'


def number(value: float) -> str:
    """At most two decimals and no needless zero.

    Example:
        >>> number(3.0), number(2.499), number(-0.001)
        ('3', '2.5', '0')
    """
    rounded = round(value, 2)
    return str(int(rounded)) if rounded == int(rounded) else f"{rounded:g}"


def _attributes(paint: Mapping[str, str]) -> str:
    return "".join(f' {name.replace("_", "-")}="{value}"' for name, value in paint.items())
