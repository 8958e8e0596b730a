"""Every picture says what to notice: the rules for alt text that a machine can check."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

LENGTHS = range(40, 251)  # characters; more belongs into the caption or the table
TOO_ALIKE = 0.8  # share of common words (Jaccard) at which alt only repeats the text beside it
PLACEHOLDERS = {
    "alt", "chart", "diagram", "figure", "graph", "image", "img", "photo", "picture", "plot",
    "screenshot", "tbd", "todo",
}  # fmt: skip
PLACEHOLDER = re.compile(r"no description|no alt|todo\b|tbd\b|lorem ipsum|placeholder", re.I)
OPENING = re.compile(r"(an? |the )?(image|picture|photo|graphic) (of|showing)|graph showing", re.I)
FILE_NAME = re.compile(r"\S+\.(png|svg|jpe?g|gif|webp|avif)$|\S*[/\\]\S*$|[\w-]+[_-][\w-]*$", re.I)
MARKUP = re.compile(r"\$|\\[a-zA-Z(\[]|\*\*|`|\]\(|\n")
COMPARISON = re.compile(
    r"\d|\b(no|none|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|sixteen"
    r"|half|twice|all|every|each|both|most|least|more|less|fewer|same|equal(ly)?|than|only|first"
    r"|last|above|below|(larg|small|high|low|bright|dark|strong|weak|great|long|short|wid|narrow"
    r"|earli|lat|fast|slow)(er|est))\b",
    re.I,
)


def alt_problems(tree: HtmlElement) -> list[str]:
    """What is wrong with the pictures of one page, a line each."""
    return [
        *(f"{_name(img)}: {fault}" for img in tree.iter("img") for fault in _image(img)),
        *(
            f"svg in {_name(svg)}: {problem}"
            for svg in _drawings(tree)
            for problem in _drawing(svg)
        ),
        *_repeated(tree),
    ]


def _image(img: HtmlElement) -> Iterator[str]:
    alt = img.get("alt")
    if alt is None:
        yield "no alt"
    elif not alt.strip():
        if not _is_decoration(img):
            yield "alt is empty, but nothing marks the picture as decoration"
    else:
        yield from _words(alt)
        if _is_content(img):
            yield from _content(alt, img)


def _words(alt: str) -> Iterator[str]:
    """Rules for any alt, also that of a logo."""
    if alt.strip().lower().rstrip(".") in PLACEHOLDERS or PLACEHOLDER.search(alt):
        yield f"alt is a placeholder: {alt!r}"
    if FILE_NAME.fullmatch(alt.strip()):
        yield f"alt is a file name or an id: {alt!r}"
    if OPENING.match(alt):
        yield f"alt begins with what every picture is: {alt!r}"
    if MARKUP.search(alt):
        yield f"alt holds TeX, Markdown or a line break: {alt!r}"


def _content(alt: str, img: HtmlElement) -> Iterator[str]:
    """Rules for pictures that teach something."""
    if len(alt) not in LENGTHS:
        yield f"alt has {len(alt)} characters, not {LENGTHS.start} to {LENGTHS.stop - 1}: {alt!r}"
    if not alt.rstrip().endswith((".", "?", "!")):
        yield f"alt does not end as a sentence does: {alt!r}"
    if not COMPARISON.search(alt):
        yield f"alt has neither a number nor a comparison: {alt!r}"
    for beside in _beside(img):
        if alt.strip(". ") in beside or _likeness(alt, beside) >= TOO_ALIKE:
            yield f"alt repeats the text beside it: {alt!r}"


def _beside(img: HtmlElement) -> Iterator[str]:
    """The caption, and the heading that the picture stands under."""
    for figure in list(img.iterancestors("figure"))[:1]:
        for caption in figure.iter("figcaption"):
            yield _text(caption)
    headings = img.xpath("preceding::*[self::h1 or self::h2 or self::h3 or self::h4][1]")
    yield from map(_text, headings)


def _drawings(tree: HtmlElement) -> list[HtmlElement]:
    """Inline drawings and canvases of the text; an icon belongs to the button that holds it."""
    drawings = tree.xpath("//main//*[local-name()='svg' or local-name()='canvas']")
    held = "ancestor::a|ancestor::button|ancestor::label|ancestor::*[local-name()='svg']"
    icon = "ancestor::*[contains(@class, 'twemoji') or contains(@class, 'md-icon')]"
    return [drawing for drawing in drawings if not drawing.xpath(f"{held}|{icon}")]


def _drawing(drawing: HtmlElement) -> Iterator[str]:
    if drawing.xpath("ancestor-or-self::*[@aria-hidden='true']"):
        return
    title = next(iter(drawing.xpath("*[local-name()='title']")), None)
    ids = (drawing.get("aria-labelledby") or "").split()
    labels = [drawing.get("aria-label") or "", _text(title) if title is not None else ""]
    labels += [_text(label) for name in ids for label in drawing.xpath(f"//*[@id='{name}']")]
    name = max(labels, key=len)
    if drawing.get("role") != "img":
        yield 'no role="img"'
    if not name:
        yield "no name: neither title nor aria-label nor aria-labelledby"
    yield from _words(name)


def _repeated(tree: HtmlElement) -> Iterator[str]:
    """Two figures with one alt; the light and the dark picture of a figure may share theirs."""
    owner: dict[str, object] = {}
    for img in tree.iter("img"):
        alt = (img.get("alt") or "").strip()
        figure = next(img.iterancestors("figure"), img)
        if alt and _is_content(img) and owner.setdefault(alt, figure) is not figure:
            yield f"{_name(img)}: shares its alt with another figure: {alt!r}"


def _is_content(img: HtmlElement) -> bool:
    return any(True for _ in img.iterancestors("main"))


def _is_decoration(img: HtmlElement) -> bool:
    hidden = img.xpath("ancestor-or-self::*[@aria-hidden='true']")
    return bool(hidden) or img.get("role") in {"presentation", "none"}


def _likeness(one: str, other: str) -> float:
    first, second = ({*re.findall(r"\w+", text.lower())} for text in (one, other))
    return len(first & second) / max(len(first | second), 1)


def _text(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _name(element: HtmlElement) -> str:
    """Where to look: the figure's id, or the beginning of the picture's address."""
    figure = next(element.iterancestors("figure"), None)
    if figure is not None and figure.get("id"):
        return f"figure #{figure.get('id')}"
    return f"<{element.tag.rpartition('}')[2]} {(element.get('src') or '')[:60]}>"
