"""A message, a comment or a page that names a file of the project names one that is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SPOKEN = ("cnnfilters/**/*.py", "scripts/**/*.py", "docs/**/*.js", "docs/**/*.md", "*.md", "*.toml")
PATH = re.compile(
    r"(?<![\w./-])(?:\.github|cnnfilters|docs|overrides|scripts|tests)/"
    r"[\w./-]*\w(?:\.(?:css|js|json|md|py|toml|txt|yml)\b|/(?![\w{<*]))"
)


def named(text: str) -> set[str]:
    """Files and folders of the project that a text names.

    Example:
        >>> sorted(named("`x`; cnnfilters/facts.py lists them, docs/a/NAME.md and tests/site/ not"))
        ['cnnfilters/facts.py', 'docs/a/NAME.md', 'tests/site/']
    """
    return set(PATH.findall(text))


def texts() -> Iterator[Path]:
    for pattern in SPOKEN:
        yield from sorted(ROOT.glob(pattern))


def missing(text: str, root: Path = ROOT) -> list[str]:
    """What a text names and nobody finds; a part in capitals stands for any name."""
    concrete = (path for path in named(text) if not re.search(r"\b(?:NN|[A-Z]{2,})\b", path))
    return sorted(path for path in concrete if not (root / path).exists())


def test_every_file_that_is_named_is_there(subtests: pytest.Subtests) -> None:
    for path in texts():
        with subtests.test(path.relative_to(ROOT).as_posix()):
            assert missing(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("unknown fact `x`; cnnfilters/facts.py lists them", ["cnnfilters/facts.py"]),
        ("cnnfilters/facts/ lists them", []),
        ("python scripts/build.py export, see docs/reference/model-format.md", []),
        ("a file docs/PART/NN-slug.md", []),
        ("https://example.org/docs/none.md", []),
    ],
    ids=["gone", "folder", "there", "a pattern", "an address"],
)
def test_a_file_that_is_gone_is_found(text: str, expected: list[str]) -> None:
    assert missing(text) == expected
