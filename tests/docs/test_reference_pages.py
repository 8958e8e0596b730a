"""Every public module is on a page of the reference, and all that is public in it has words."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import griffe
import pytest

from docs.chapters import DOCS
from docs.reference import PAGES, Shown, all_shown, objects, package, shown_on

IMPORTED = re.compile(r"^[>\s]*from (cnnfilters\S*) import (.+)$", re.MULTILINE)


def off_pages(modules: Iterable[griffe.Object], shown: Iterable[Shown]) -> list[str]:
    """Modules that no page shows and that no door stands before.

    A door is a package whose `__all__` lists what is public. Its page shows that, and names the
    modules behind it in a summary.
    """
    on_page = {each.name for each in shown}
    doors = [each.name for each in shown if "summary" in each.options]
    return [
        each.path
        for each in modules
        if each.path not in on_page and not any(each.path.startswith(f"{door}.") for door in doors)
    ]


def public_modules() -> list[griffe.Object]:
    return [each for each in objects(package()) if each.is_module]


def without_words(found: griffe.Object) -> Iterator[str]:
    """Names in the `__all__` of a package that the reference leaves out for want of words."""
    for name in found.exports or ():
        member = found.members[str(name)]
        target = member.final_target if isinstance(member, griffe.Alias) else member
        if not target.docstring:
            yield target.path


def test_every_public_module_is_on_a_page_or_behind_a_door():
    assert off_pages(public_modules(), all_shown()) == []


def test_a_module_on_no_page_is_found():
    page = (
        "::: cnnfilters.digits\n\n::: cnnfilters.export\n    options: {summary: {modules: true}}\n"
    )
    lost = off_pages(public_modules(), shown_on(page))
    assert "cnnfilters.task" in lost
    assert not {"cnnfilters.digits", "cnnfilters.export", "cnnfilters.export.limits"} & {*lost}


def unshown(shown: Iterable[Shown]) -> list[str]:
    """Public names of doors that are neither shown with their door nor by themselves."""
    on_page = {each.name: each.options for each in shown}
    return [
        f"{door}.{name}"
        for door, options in on_page.items()
        if "summary" in options and options.get("members") is False
        for name in package()[door.removeprefix("cnnfilters.")].exports
        if f"{door}.{name}" not in on_page
    ]


def test_all_that_a_door_lists_is_shown():
    doors = [each.name for each in all_shown() if "summary" in each.options]
    assert {"cnnfilters.arithmetic", "cnnfilters.convolution"} < {*doors}
    assert unshown(all_shown()) == []


def test_what_a_door_lists_and_no_page_shows_is_found():
    door = "\n::: cnnfilters.convolution\n    options: {members: false, summary: {modules: true}}\n"
    assert "cnnfilters.convolution.convolve" in unshown(shown_on(door))
    convolve = door + "\n::: cnnfilters.convolution.convolve\n"
    assert "cnnfilters.convolution.convolve" not in unshown(shown_on(convolve))


def test_every_name_that_a_package_lists_has_words():
    shown = {each.name for each in all_shown()}
    packages = [each for each in public_modules() if each.path in shown]
    assert [path for each in packages for path in without_words(each)] == []


def test_a_listed_constant_without_words_is_found(tmp_path: Path):
    (tmp_path / "planted.py").write_text(
        '__all__ = ["BARE", "TOLD"]\nBARE = 1\nTOLD = 2\n"""Two."""\n'
    )
    found = griffe.load("planted", search_paths=[tmp_path], allow_inspection=False)
    assert isinstance(found, griffe.Module)
    assert list(without_words(found)) == ["planted.BARE"]


def test_nothing_is_shown_twice_or_is_gone():
    shown = Counter(each.name for each in all_shown())
    assert [name for name, times in shown.items() if times > 1] == []
    gone = [name for name in shown if name != "cnnfilters" and not known(name)]
    assert gone == []


def test_a_page_of_what_is_gone_is_found():
    assert known("cnnfilters.digits.load_digits")
    assert not known("cnnfilters.digits.load_letters")


def known(name: str) -> bool:
    """Whether the package has it."""
    try:
        return bool(package()[name.removeprefix("cnnfilters.")])
    except KeyError:
        return False


@pytest.mark.parametrize("page", sorted({each.page for each in all_shown()}))
def test_a_page_opens_with_when_to_use_what(page: str):
    opening = (PAGES / page).read_text("utf-8").split("\n# ", 1)[1].split("\n::: ", 1)[0]
    assert len(opening.split()) > 12


def test_the_overview_links_to_every_page():
    overview = (PAGES / "index.md").read_text("utf-8")
    pages = {each.page for each in all_shown()} - {"index.md"}
    assert [page for page in pages if f"]({page})" not in overview] == []


def imported(text: str) -> set[str]:
    """The modules, and the names in them, that a page or a tutorial imports."""
    return {
        f"{module}.{name.strip()}"
        for module, names in IMPORTED.findall(text)
        for name in names.strip("()").split(",")
        if name.strip()
    }


def test_pages_and_tutorials_import_what_the_reference_shows():
    shown = {each.name for each in all_shown()}
    used = {
        name
        for path in [*DOCS.rglob("*.md"), *DOCS.rglob("*.py")]
        for name in imported(path.read_text("utf-8"))
    }
    assert len(used) > 40
    assert sorted(name for name in used if name.rpartition(".")[0] not in shown) == []


def test_an_import_from_behind_a_door_is_found():
    code = ">>> from cnnfilters.arithmetic.axis import Axis, other"
    assert ast.parse(code.removeprefix(">>> "))
    assert imported(code) == {"cnnfilters.arithmetic.axis.Axis", "cnnfilters.arithmetic.axis.other"}
