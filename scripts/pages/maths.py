"""Turn TeX into MathML while the site is built, and cut one maths font down to what it needs."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from math_core import LatexError, LatexToMathML

from cnnfilters.files import write_atomically
from cnnfilters.provenance import digest, versions, wheel_file

FONT_URI = "assets/fonts/stix-two-math.woff2"
# `ssty` draws exponents, `dtls` and `flac` accents; the other features are for text.
FONT_FEATURES = ["ssty", "dtls", "flac", "kern", "mark", "mkmk", "ccmp"]
# A browser draws <mi>x</mi> with U+1D465, and U+210E where that block has its hole (italic h).
ITALICS = {
    unicodedata.normalize("NFKC", chr(code)): code
    for code in (*range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C), 0x210E)
    if unicodedata.category(chr(code)) != "Cn"
}
ALWAYS = frozenset(map(ord, " 0123456789√"))  # the radical is a sign that no formula spells out

_FORMULA = re.compile(
    r'<(?P<tag>span|div) class="arithmatex">\s*\\[(\[](?P<tex>.+?)\\[)\]]\s*</(?P=tag)>'
    r"(?P<stop>[.,;:!?)]*)",
    re.DOTALL,
)
_PRIME = re.compile(r"<msup>(<mi>[^<]*</mi>)<mo>′</mo></msup>")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_IDENTIFIER = re.compile(r"<mi>(.)</mi>")
_TAG = re.compile(r"<annotation.*?</annotation>|<[^>]+>", re.DOTALL)

# Signs that are drawn large, with limits above and below: sums, products, integrals, unions.
LARGE = frozenset(map(chr, (0x2140, *range(0x220F, 0x2212), *range(0x222B, 0x2234),
                            *range(0x22C0, 0x22C4), *range(0x2A00, 0x2A1F))))  # fmt: skip
GAP = '<mspace width="0.2222em"/>'  # TeX sets less, but where limits touch they read as one word
SCRIPTED = {"munder", "mover", "munderover", "msub", "msup", "msubsup"}  # as wide as their limits
ROWS = {"math", "semantics", "mrow", "mstyle", "mpadded", "mtd", "msqrt"}
_ELEMENT = re.compile(r"<(?P<end>/?)(?P<name>[a-z]+)[^>]*?(?P<empty>/?)>(?P<text>[^<]*)")


class Written(NamedTuple):
    """A page whose formulas are MathML."""

    content: str
    characters: set[int]  # that its formulas are drawn with
    faults: list[str]  # each names a formula that can't be read, and stays as it was


def with_mathml(content: str) -> Written:
    """Replace each formula of a page."""
    letters, faults = set[int](), list[str]()

    def replace(match: re.Match[str]) -> str:
        tex = html.unescape(match["tex"])
        try:
            mathml = formula(tex, display=match["tag"] == "div")
        except LatexError as error:
            faults.append(f"`{tex}` is no formula: {_reason(error)}")
            return match[0]
        letters.update(characters(mathml))
        stop = match["stop"]  # a comma must not begin the next line
        return f'<span class="cf-nobreak">{mathml}{stop}</span>' if stop else mathml

    return Written(_FORMULA.sub(replace, content), letters, faults)


def formula(tex: str, *, display: bool) -> str:
    r"""The MathML of a formula; a displayed one comes in a box that can scroll.

    The TeX stays inside for whoever copies the formula. The search index gets neither the TeX
    nor a displayed formula, which is no sentence once its layout is gone.

    Args:
        tex: The formula without its delimiters.
        display: On a line of its own.

    Raises:
        LatexError: The formula can't be read.
    """
    mathml = _convert(tex.strip(), display)
    return f'<div class="cf-math" data-search-exclude>{mathml}</div>' if display else mathml


def characters(mathml: str) -> set[int]:
    """The code points that a browser draws a formula with.

    Example:
        >>> sorted(map(chr, characters("<math><mn>2</mn><mi>x</mi></math>")))
        ['2', 'x', '𝑥']
    """
    written = set(html.unescape(_TAG.sub("", mathml)))
    italics = {ITALICS[name] for name in _IDENTIFIER.findall(mathml) if name in ITALICS}
    return italics | set(map(ord, written))


class _Open(NamedTuple):
    """An element whose end has not come."""

    name: str
    start: int
    text: str
    children: list[tuple[bool, bool]]  # whether each begins, and ends, with a large sign

    def edges(self) -> tuple[bool, bool]:
        """Whether it begins with a large sign itself, and whether it ends with one."""
        if self.name == "mo":
            return (self.text.strip() in LARGE,) * 2
        if not self.children or self.name not in SCRIPTED | ROWS:
            return False, False
        last = 0 if self.name in SCRIPTED else -1  # a sign's limits go with it
        return self.children[0][0], self.children[last][1]


def apart(mathml: str) -> str:
    """A formula with a space wherever two large signs would touch.

    Not every browser sets the space that such a sign asks for once it has limits: those of two
    sums would be read as one word.

    Args:
        mathml: As math-core writes it, every element closed.

    Example:
        >>> apart("<mrow><mo>∑</mo><mo>∏</mo><mi>x</mi></mrow>")
        '<mrow><mo>∑</mo><mspace width="0.2222em"/><mo>∏</mo><mi>x</mi></mrow>'
    """
    gaps, levels = [0], [_Open("", 0, "", [])]
    for tag in _ELEMENT.finditer(mathml):
        if not tag["end"]:
            levels.append(_Open(tag["name"], tag.start(), tag["text"], []))
        if tag["end"] or tag["empty"]:
            closed, parent = levels.pop(), levels[-1]
            edges = closed.edges()
            if edges[0] and parent.name in ROWS and parent.children and parent.children[-1][1]:
                gaps.append(closed.start)
            parent.children.append(edges)
    return GAP.join(mathml[one:next_] for one, next_ in pairwise([*sorted(gaps), len(mathml)]))


@lru_cache(maxsize=4096)
def _convert(tex: str, display: bool) -> str:  # noqa: FBT001 - private, and cached by position
    converter = LatexToMathML(annotation=True)
    mathml: str = converter.convert_with_local_state(tex, displaystyle=display)
    # the sign is raised already, and browsers would raise it once more
    mathml = _PRIME.sub(r"<mrow>\1<mo>′</mo></mrow>", mathml)
    return apart(mathml.replace("<annotation ", "<annotation data-search-exclude "))


def _reason(error: LatexError) -> str:
    """The first line of a report that math-core draws for a terminal."""
    return _COLOUR.sub("", str(error)).strip().splitlines()[0]


def font_file(characters: set[int], cache: Path) -> Path:
    """STIX Two Math (OFL 1.1, from the ziamath wheel) with these characters, cut once and kept.

    Args:
        characters: Code points; those that no formula spells out come with them.
        cache: The folder of fonts that were cut before.

    Returns:
        A WOFF2 file.
    """
    source = wheel_file("ziamath", "fonts", "STIXTwoMath-Regular.ttf").read_bytes()
    how = Path(__file__).read_bytes()
    wanted = characters | ALWAYS
    name = digest(source, how, sorted(wanted), versions("fonttools", "brotli"))
    path = cache / f"{name}.woff2"
    if not path.exists():
        write_atomically(path, _subset(source, wanted))
    return path


def _subset(source: bytes, characters: set[int]) -> bytes:
    from fontTools import subset  # half a second, needed only when a new character appears

    options = subset.Options(flavor="woff2", layout_features=FONT_FEATURES, hinting=False)
    font = subset.load_font(BytesIO(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    target = BytesIO()
    subset.save_font(font, target, options)
    return target.getvalue()
