"""Equal sources give equal bytes, wherever, whenever and by whomever they are built."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checkout import Checkout, assert_same
from pipeline.manifest import last_order
from pipeline.places import ROOT, Places
from steps.site import commit_time

ELSEWHERE = {  # the locale need not be installed to be asked for
    "TZ": "Pacific/Kiritimati",
    "LANG": "tr_TR.UTF-8",
    "LC_ALL": "C",
    "PYTHONHASHSEED": "1",
}
UMASK = 0o077
RESULTS = ("generated", "notebooks", "words.json")

pytestmark = pytest.mark.slow


@pytest.mark.full
def test_place_time_zone_language_umask_and_hash_seed_change_no_byte(
    undisturbed: Checkout, tmp_path: Path
) -> None:
    elsewhere = Checkout(tmp_path / "dépôt 2")
    done = elsewhere.build(umask=UMASK, **ELSEWHERE)
    assert done.returncode == 0, done.stderr
    assert_same(elsewhere.made(), undisturbed.made())


@pytest.mark.full
def test_the_whole_site_is_the_same_elsewhere(tmp_path: Path) -> None:
    elsewhere = Checkout(tmp_path / "dépôt 2")
    order = [*last_order(Places.of(ROOT)), "--profile", "whole"]
    commit = os.environ.get("SOURCE_DATE_EPOCH") or commit_time(ROOT)
    done = elsewhere.build(*order, umask=UMASK, SOURCE_DATE_EPOCH=commit, **ELSEWHERE)
    assert done.returncode == 0, done.stderr
    assert_same(published(elsewhere.root), published(ROOT))


def published(root: Path) -> dict[str, bytes]:
    """What a whole build shows; an old checkout's cache keeps more."""
    folders = [root / "site", *(root / Places.of(ROOT).cache.name / name for name in RESULTS)]
    files = (path for folder in folders for path in [folder, *folder.rglob("*")] if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}
