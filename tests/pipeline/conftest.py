"""The tiny site, built once for all workers."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from checkout import Checkout
from pipeline.places import Places
from pipeline.scope import Scope


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Checkout:
    """A checkout whose tiny site was built in one go, to be compared with; tests leave it alone."""
    folder = tmp_path_factory.getbasetemp()
    folder = (folder if worker_id == "master" else folder.parent) / "undisturbed"
    with FileLock(f"{folder}.lock"):
        checkout = Checkout(folder)
        if not (checkout.tiny / "site").exists():
            done = checkout.build()
            assert done.returncode == 0, done.stderr
    return checkout


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Those of a build of an empty repository, which writes into its root."""
    return Places.apart(tmp_path, tmp_path, Scope())
