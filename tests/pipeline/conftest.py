"""The tiny site, built once for all workers."""

from __future__ import annotations

import pytest
from filelock import FileLock

from checkout import Checkout


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
