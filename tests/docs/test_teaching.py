"""The page for teachers: lectures that fit their time, links that say what they open."""

import re

import pytest

from docs.chapters import CHAPTERS, DOCS

PAGE = (DOCS / "teaching.md").read_text(encoding="utf-8")
LECTURE = 90
LAST = 14  # chapter of the lectures


def lectures() -> dict[str, list[int]]:
    """Minutes of each row, by the heading above the table."""
    found: dict[str, list[int]] = {}
    heading = ""
    for line in PAGE.splitlines():
        if line.startswith("#"):
            heading = line.strip("# ")
        elif row := re.match(r"\| (\d+) \|", line):
            found.setdefault(heading, []).append(int(row[1]))
    return found


def test_there_is_one_lecture_and_there_are_two() -> None:
    assert [heading.split()[0] for heading in lectures()] == ["One", "First", "Second"]


@pytest.mark.parametrize("heading", lectures())
def test_each_lecture_fits_its_time(heading: str) -> None:
    assert sum(lectures()[heading]) == LECTURE


def test_every_widget_is_shown() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in CHAPTERS.values()}
    tags = {
        (tag, f"{file}#{name}")
        for file, text in texts.items()
        for tag, name in re.findall(r"^<([a-z]+-[a-z]+) id=\"(\w+)\"", text, re.M)
        if int(file[:2]) <= LAST
    }
    shown = {f"{file}#{name}" for file, name in re.findall(r"(\d\d-[\w-]+\.md)[^)]*#(\w+)\)", PAGE)}
    assert {tag for tag, place in tags if place in shown} == {tag for tag, _ in tags}


def test_each_link_to_a_state_leads_to_the_widget() -> None:
    links = re.findall(r"\((\S+\.md)\?([^)#]+)#(\w+)\)", PAGE)
    assert len(links) >= 15
    for _, query, name in links:
        assert all(part.startswith(f"{name}.") for part in query.split("&"))
