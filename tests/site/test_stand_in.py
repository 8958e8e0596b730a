"""A copy of the site that a test changes: links where the system allows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.built_site import stand_in


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_files_and_folders_are_there_with_links_and_without(
    links: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "site" / "assets").mkdir(parents=True)
    (tmp_path / "site" / "assets" / "main.js").write_text("1")
    (tmp_path / "site" / "index.html").write_text("home")
    if not links:

        def refuse(*_: object) -> None:
            raise OSError(1314, "a required privilege is not held")

        monkeypatch.setattr(Path, "symlink_to", refuse)
    for name in ("assets", "index.html"):
        stand_in(tmp_path / name, tmp_path / "site" / name)
    assert (tmp_path / "assets" / "main.js").read_text() == "1"
    assert (tmp_path / "index.html").read_text() == "home"
