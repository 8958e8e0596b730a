"""The site can be unpacked on any system."""

from __future__ import annotations

import pytest

from checks.built_site import BuiltSite
from checks.file_names import faulty_names


def test_every_file_has_a_name_of_its_own_everywhere(site: BuiltSite) -> None:
    files = (path for path in site.folder.rglob("*") if path.is_file())
    assert faulty_names(path.relative_to(site.folder).as_posix() for path in files) == []


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ("figures/Four-rows.svg", "where case does not count"),
        ("figures/vier zeilen.svg", "alone"),
        ("figures/größe.svg", "alone"),
        ("figures/what?.svg", "alone"),
    ],
    ids=["case", "space", "umlaut", "question mark"],
)
def test_a_faulty_name_is_found(planted: str, fault: str) -> None:
    (found,) = faulty_names(["figures/four-rows.svg", "index.html", planted])
    assert fault in found
