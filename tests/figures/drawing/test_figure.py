"""A figure can't be built without its words, and is the same whoever draws it."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from lxml import etree, html
from matplotlib.figure import Figure as Canvas

from cnnfilters.figures.drawing import style
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.panels import signed_image
from cnnfilters.figures.drawing.style import DARK, Layout
from cnnfilters.figures.drawing.table import Table

ALT = "Accuracy rises from 10 % at step 0 to 98 % at step 1,250, half of it by step 16."
CAPTION = "Half of the digits are right by step 16."
TABLE = Table(("step", "accuracy"), [(0, 0.1), (16, 0.5), (1_250, 0.98)])


def draw(canvas: Canvas, layout: Layout) -> None:
    """A curve, a picture and text: what figures are made of."""
    left, right = canvas.subplots(1, 2)
    left.plot([0, 16, 1_250], [0.1, 0.5, 0.98], marker="o", label=f"accuracy ({layout})")
    left.set(xlabel="step", title="Accuracy & loss < 1")
    left.legend()
    signed_image(right, np.arange(-3.0, 3.0).reshape(2, 3), limit=3)


def figure(alt: str = ALT, caption: str = CAPTION) -> Figure:
    return Figure(plotted(draw, height=2, narrow_height=3), alt=alt, caption=caption, table=TABLE)


@pytest.fixture(scope="module")
def drawn() -> Figure:
    return figure()


# words


@pytest.mark.parametrize(
    ("alt", "rule"),
    [
        ("", "not be empty"),
        ("  \n ", "not be empty"),
        (CAPTION.upper(), "say more than the caption"),
        ("No description has been provided for this image, which has 2 panels.", "a placeholder"),
        ("TODO: say what the sixteen kernels of the first layer look like.", "a placeholder"),
        ("Alt text of the figure with the sixteen kernels of the first layer.", "a placeholder"),
        ("Image of sixteen kernels, of which eleven are edges after training.", 'with "Image of"'),
        ("The mean edge share of the sixteen trained kernels is nan percent.", "not NaN"),
        ("The ratio of the two losses at the end of the training is inf.", "not NaN"),
        ("Kernel 4: left half positive, right half negative, and so on", "end in a full stop"),
        ("Kernel 4: left positive, right negative."[1:], "at least 40 characters"),
        ("Kernel. " * 31 + "End.", "at most 250 characters, has 252"),
        (
            "Kernel 4: left half positive,\nright half negative, none is so.",
            "plain words",
        ),
        (
            "Kernel 4: {left} half positive, right half negative, none so.",
            "plain words",
        ),
        (
            "Kernel 4: <b>left</b> half positive, right half negative, alone.",
            "plain words",
        ),
    ],
)
def test_an_alt_text_that_says_nothing_is_refused(alt: str, rule: str) -> None:
    with pytest.raises(ValueError, match=rf"^`alt` \(='[^']*'\) must .*{re.escape(rule)}"):
        figure(alt=alt)


@pytest.mark.parametrize(
    "alt",
    [
        "Kernel 4: left positive, right negative.",
        "K" * 248 + "7.",
        "A mastodon drawn in 16 strokes, of which 3 are edges by kernel 4.",
    ],
    ids=["40 characters", "250 characters", "a word with todo in it"],
)
def test_an_alt_text_that_says_something_is_welcome(alt: str) -> None:
    assert figure(alt=alt).alt == alt


@pytest.mark.parametrize(
    ("caption", "rule"),
    [
        ("", "must state the finding"),
        (" \t", "must state the finding"),
        ("The cosine with the start is nan.", "must hold numbers, not NaN"),
        ("Kernels settle.\n\nWithin 300 steps.", "must be one line"),
    ],
)
def test_a_caption_that_states_nothing_is_refused(caption: str, rule: str) -> None:
    with pytest.raises(ValueError, match=rf"^`caption` \(='.*'\) {rule}"):
        figure(caption=caption)


# pictures


@pytest.mark.parametrize(
    ("layout", "width", "height"), [("wide", 7.2, 2), ("narrow", 3.4, 3)], ids=["wide", "narrow"]
)
def test_a_picture_has_the_size_of_its_layout(
    drawn: Figure, layout: Layout, width: float, height: float
) -> None:
    root = etree.fromstring(drawn.svg(layout, "light").encode())
    assert root.get("viewBox") == f"0 0 {72 * width:g} {72 * height:g}"
    picture = f'width="{96 * width:.0f}" height="{96 * height:.0f}"'
    assert picture in drawn.html(lambda layout, _: layout, csv="x.csv")


def test_text_stays_text_in_the_fonts_of_the_page(drawn: Figure) -> None:
    svg = drawn.svg("wide", "light")
    words = [element.text for element in etree.fromstring(svg.encode()).iter("{*}text")]
    assert "Accuracy & loss < 1" in words
    assert "DejaVu" not in svg
    assert style.FONTS in svg


def test_the_dark_picture_has_other_inks_and_nothing_else(drawn: Figure) -> None:
    light, dark = (drawn.svg("wide", scheme) for scheme in style_schemes())
    back = {ink: pale for pale, ink in DARK.items()}
    assert light != dark
    assert re.sub("|".join(back), lambda mark: back[mark[0]], dark) == light
    assert not any(ink in dark for ink in DARK)


def style_schemes() -> tuple[style.Scheme, style.Scheme]:
    return "light", "dark"


def test_no_data_colour_is_an_ink() -> None:
    maps = [mpl.colormaps[name] for name in (style.SIGNED, style.PIXELS, style.MAGNITUDE)]
    colours = {mpl.colors.to_hex(each(share)) for each in maps for share in np.linspace(0, 1, 256)}
    assert not {*DARK, *DARK.values()} & (colours | {*style.CATEGORIES})


def test_a_figure_drawn_twice_is_the_same_bytes(drawn: Figure) -> None:
    assert figure().svg("wide", "light") == drawn.svg("wide", "light")


def checksum(one: Figure) -> str:
    text = one._repr_html_()
    return hashlib.sha256(text.encode()).hexdigest()


def test_another_process_draws_the_same_bytes(drawn: Figure, tmp_path: Path) -> None:
    """Another hash seed, time zone and language, and a reader's own matplotlibrc."""
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 9\nfont.size: 30\nsvg.hashsalt: x\n")
    program = (
        "import importlib.util as u\n"
        f"spec = u.spec_from_file_location('again', {__file__!r})\n"
        "module = u.module_from_spec(spec)\n"
        "spec.loader.exec_module(module)\n"
        "print(module.checksum(module.figure()))\n"
    )
    settings = {"PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **settings, "MATPLOTLIBRC": str(tmp_path / "matplotlibrc")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == checksum(drawn)


def test_drawing_changes_no_setting_of_the_readers_own() -> None:
    before = dict(mpl.rcParams)
    figure().svg("narrow", "light")
    assert dict(mpl.rcParams) == before


def test_a_drawing_without_a_size_is_refused() -> None:
    bare = Figure(lambda _: "<svg></svg>", alt=ALT, caption=CAPTION, table=TABLE)
    with pytest.raises(ValueError, match="needs a viewBox"):
        bare._repr_html_()


# pages


def page(one: Figure, name: str | None = None) -> html.HtmlElement:
    text = one.html(lambda layout, scheme: f"{layout}-{scheme}.svg", csv="a.csv", name=name)
    assert "\n" not in text  # Markdown would end the HTML at a blank line
    return html.fragment_fromstring(text, create_parent=True)


def test_a_page_gets_every_picture_with_its_words(drawn: Figure) -> None:
    element = page(drawn, "accuracy")
    assert [child.tag for child in element] == ["figure", "details"]
    assert element.xpath("figure/@id") == ["accuracy"]
    assert element.xpath("//img/@src") == ["wide-light.svg", "wide-dark.svg"]
    assert element.xpath("//source/@srcset") == ["narrow-light.svg", "narrow-dark.svg"]
    assert element.xpath("//img/@alt") == [ALT, ALT]
    assert element.findtext("figure/figcaption") == CAPTION
    assert element.xpath("//a/@href") == ["a.csv"]
    assert len(element.xpath("//tbody/tr")) == len(TABLE.rows)


def test_the_numbers_say_when_they_were_measured(drawn: Figure) -> None:
    text = drawn.html(lambda *_: "x.svg", csv="a.csv", origin="measured once, on a day")
    assert "<caption>The numbers of this figure. Measured once, on a day." in text


def test_without_the_sites_style_one_picture_is_shown(drawn: Figure) -> None:
    shown = page(drawn).xpath("//picture[not(contains(@style, 'display:none'))]/@class")
    assert shown == ["cf-light"]


def test_words_are_escaped() -> None:
    alt = 'Kernel "4" & kernel "5": the left half is positive, the right half negative.'
    element = page(figure(alt=alt, caption="Edges & lines, share < 0.5."), 'a"><script>')
    assert element.xpath("//img/@alt")[0] == alt
    assert element.findtext("figure/figcaption") == "Edges & lines, share < 0.5."
    assert element.xpath("figure/@id") == ['a"><script>']
    assert not element.xpath("//script")


def test_a_notebook_needs_no_file_beside_it(drawn: Figure) -> None:
    element = html.fragment_fromstring(drawn._repr_html_(), create_parent=True)
    addresses = element.xpath("//img/@src | //source/@srcset | //a/@href")
    assert all(address.startswith("data:") for address in addresses)
    kind, _, data = addresses[-1].partition(";base64,")
    assert kind == "data:text/csv"
    assert base64.b64decode(data).decode() == TABLE.csv()


def test_at_the_prompt_a_figure_is_its_words(drawn: Figure) -> None:
    assert repr(drawn) == f"Figure: {CAPTION}\n{ALT}"
