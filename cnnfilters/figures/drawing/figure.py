"""A picture and its words as one object: it cannot be built without them."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVarTuple

from matplotlib import style
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Canvas

from cnnfilters.figures.drawing.style import DARK, FONTS, RC, WIDTH, Layout, Scheme
from cnnfilters.figures.drawing.table import Table
from cnnfilters.words import NOT_FINITE

Drawn = TypeVarTuple("Drawn")
Drawing = Callable[[Layout], str]  # an SVG in the light scheme's colours
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
LAYOUTS: tuple[Layout, ...] = ("wide", "narrow")
NARROW = "screen and (max-width: 44.9em)"  # there the wide picture's text would be too small
SHORTEST_ALT, LONGEST_ALT = 40, 250
PLACEHOLDER = re.compile(r"\b(no description|todo|alt text|placeholder|untitled)\b", re.IGNORECASE)
# matplotlib names a clip after its place, of which builds may differ in the last bit
MADE_NAME = re.compile(r'(?<=id=")\w*[0-9a-f]{10}(?=")|(?<=#)\w*[0-9a-f]{10}(?=[")])')


class Figure:
    """A picture in two colour schemes and two widths, with alt text, caption and numbers.

    Args:
        drawing: Gives the SVG for a layout, in the light scheme's colours. `plotted` makes one
            from a matplotlib function.
        alt: What to notice, with a number from the data; 40 to 250 characters.
        caption: The finding, in one or two sentences.
        table: The numbers that are drawn.

    Raises:
        ValueError: The alt text is missing, too short or long, a placeholder, the caption again,
            begins with "Image of", or holds NaN; or there is no caption, or one with NaN.

    Example:
        >>> figure = Figure(
        ...     lambda layout: '<svg viewBox="0 0 72 72"></svg>',
        ...     alt="Accuracy over the steps of a training: it rises from 10 % to 90 %.",
        ...     caption="Nine digits in ten are read after 100 steps.",
        ...     table=Table(("step", "accuracy"), [(0, 0.1), (100, 0.9)]),
        ... )
        >>> figure.table.rows[-1]
        (100, 0.9)
    """

    def __init__(self, drawing: Drawing, *, alt: str, caption: str, table: Table) -> None:
        check_words(alt, caption)
        self.alt, self.caption, self.table = alt, caption, table
        self._drawn = lru_cache(maxsize=None)(drawing)

    def svg(self, layout: Layout, scheme: Scheme) -> str:
        """The picture; the dark one has other inks and the same data colours."""
        drawn = self._drawn(layout)
        return drawn if scheme == "light" else re.sub("|".join(DARK), lambda m: DARK[m[0]], drawn)

    def html(
        self,
        source: Callable[[Layout, Scheme], str],
        *,
        csv: str,
        name: str | None = None,
        origin: str = "",
    ) -> str:
        """The `<figure>` of a page, and below it its numbers.

        The numbers follow the figure: inside, nothing but the picture may stand beside the caption,
        and the caption, which names the figure, must not hold a table.

        Args:
            source: Address of the picture for a layout and a scheme.
            csv: Address of the numbers.
            name: The figure's id on the page.
            origin: When and where its numbers were measured, in words.

        Returns:
            HTML without blank lines, so that Markdown leaves it as it is.
        """
        identity = f' id="{html.escape(name)}"' if name else ""
        pictures = "".join(self._picture(source, scheme) for scheme in SCHEMES)
        return (
            f'<figure{identity} class="cf-figure">{pictures}'
            f"<figcaption>{html.escape(self.caption)}</figcaption></figure>"
            '<details class="cf-data" data-search-exclude><summary>The numbers</summary>'
            f'<div class="cf-scroll">{self.table.html(_caption(origin))}</div>'
            f'<p><a href="{csv}" download>Download as CSV</a></p></details>'
        )

    def _repr_html_(self) -> str:
        """For notebooks: nothing but this text is needed, no file beside it."""

        def source(layout: Layout, scheme: Scheme) -> str:
            return _data_uri("image/svg+xml", self.svg(layout, scheme))

        return self.html(source, csv=_data_uri("text/csv", self.table.csv()))

    def __repr__(self) -> str:
        return f"Figure: {self.caption}\n{self.alt}"

    def _picture(self, source: Callable[[Layout, Scheme], str], scheme: Scheme) -> str:
        hidden = ' style="display:none"' if scheme == "dark" else ""  # outside the site: light only
        wide, narrow = (_size(self.svg(layout, scheme)) for layout in LAYOUTS)
        return (
            f'<picture class="cf-{scheme}"{hidden}>'
            f'<source media="{NARROW}" srcset="{source("narrow", scheme)}"'
            f' width="{narrow[0]}" height="{narrow[1]}">'
            f'<img src="{source("wide", scheme)}" alt="{html.escape(self.alt)}"'
            f' width="{wide[0]}" height="{wide[1]}" loading="lazy"></picture>'
        )


def check_words(alt: str, caption: str) -> None:
    """Refuse words that would leave a reader without the picture.

    Raises:
        ValueError: See `Figure`.

    Example:
        >>> check_words("Image of sixteen kernels after the training, in a row.", "Kernels.")
        Traceback (most recent call last):
        ValueError: `alt` (='Image of sixteen ...') must not begin with "Image of"
    """
    for name, text, problem in (
        ("alt", alt, _problem_of_alt(alt, caption)),
        ("caption", caption, _problem_of_caption(caption)),
    ):
        if problem:
            shown = text if len(text) <= 20 else f"{text[:17]}..."
            raise ValueError(f"`{name}` (={shown!r}) {problem}")


def plotted(
    draw: Callable[[Canvas, Layout, *Drawn], None],
    *drawn: *Drawn,
    height: float | Callable[[Layout], float],
    narrow_height: float | None = None,
) -> Drawing:
    """A drawing made by matplotlib.

    Args:
        draw: Draws on an empty canvas; the layout says whether it is for a column or a phone.
        drawn: What `draw` takes after these two.
        height: Inches, at the full width of 7.2 inches; or what gives them for each layout.
        narrow_height: Inches, at 3.4 inches of width; None: the same height.

    Returns:
        What `Figure` takes.

    Example:
        >>> drawing = plotted(lambda canvas, layout: canvas.add_subplot(title=layout), height=1)
        >>> re.search('viewBox="(.*?)"', drawing("narrow"))[1]  # 3.4 and 1 inches in points
        '0 0 244.8 72'
    """

    def inches(layout: Layout) -> float:
        if callable(height):
            return height(layout)
        return height if layout == "wide" else narrow_height or height

    def drawing(layout: Layout) -> str:
        with style.context(["default", RC]):  # whatever the reader's matplotlibrc says
            canvas = Canvas(figsize=(WIDTH[layout], inches(layout)), layout="constrained")
            FigureCanvasSVG(canvas)
            draw(canvas, layout, *drawn)
            buffer = io.StringIO()
            canvas.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        return _tidy(buffer.getvalue())

    return drawing


def _problem_of_caption(caption: str) -> str | None:
    if not caption.strip():
        return "must state the finding"
    if NOT_FINITE.search(caption):
        return "must hold numbers, not NaN"
    return "must be one line" if "\n" in caption else None  # Markdown ends HTML at an empty one


def _problem_of_alt(alt: str, caption: str) -> str | None:
    text = alt.strip()
    rules = (
        (not text, "must not be empty"),
        (text.lower() == caption.strip().lower(), "must say more than the caption"),
        (PLACEHOLDER.search(text), "must not be a placeholder"),
        (text.lower().startswith("image of"), 'must not begin with "Image of"'),
        (NOT_FINITE.search(text), "must hold numbers, not NaN"),
        (not text.endswith("."), "must end in a full stop"),
        (len(text) < SHORTEST_ALT, f"must have at least {SHORTEST_ALT} characters"),
        (len(text) > LONGEST_ALT, f"must have at most {LONGEST_ALT} characters, has {len(text)}"),
        (re.search(r"[\n{}<>]", text), "must be one line of plain words"),
    )
    return next((message for broken, message in rules if broken), None)


def _tidy(svg: str) -> str:
    """The page's fonts, names that tell nothing, and no header that an HTML page could not hold."""
    svg = re.sub(r"'DejaVu Sans'[^;\"]*", FONTS, svg[svg.index("<svg") :])
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"\n\s*", "\n", _named(svg))


def _named(svg: str) -> str:
    """Numbers for names, with a mark of the whole: two pictures may stand in one page."""
    names = {name: f"n{nth}" for nth, name in enumerate(dict.fromkeys(MADE_NAME.findall(svg)))}
    numbered = MADE_NAME.sub(lambda m: names[m[0]], svg)
    mark = hashlib.sha256(numbered.encode()).hexdigest()[:6]
    return MADE_NAME.sub(lambda m: f"{names[m[0]]}-{mark}", svg)


def _size(svg: str) -> tuple[int, int]:
    """Width and height in CSS px, from the view box, which matplotlib writes in points."""
    head = re.search(r'<svg[^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if head is None:
        raise ValueError("a drawing needs a viewBox that starts at 0 0")
    return round(float(head[1]) * 96 / 72), round(float(head[2]) * 96 / 72)


def _caption(origin: str) -> str:
    said = f" {origin[0].upper()}{origin[1:]}." if origin else ""
    return f"The numbers of this figure.{said}"


def _data_uri(mime: str, text: str) -> str:
    return f"data:{mime};base64,{base64.b64encode(text.encode()).decode()}"
