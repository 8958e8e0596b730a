"""Where trainings run: in processes here, or on the workers of a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from pipeline.processes import BuildError, workers

PATIENCE = 20  # seconds to find the scheduler
KILLS = 3  # workers that one training may lose before it is given up


@contextmanager
def executor(address: str = "", most: int | None = None) -> Iterator[Executor]:
    """What runs several trainings at once.

    Args:
        address: Of a Dask scheduler, as `tcp://host:8786`; empty for processes here.
        most: Processes here; None: one for each core.

    Raises:
        BuildError: Dask is not installed, or no scheduler answers.
    """
    if not address:
        with workers(most) as processes:
            yield processes
        return
    try:
        from distributed import Client
    except ImportError:
        raise BuildError("--dask needs the package distributed: pip install distributed") from None
    try:
        connect: Any = Client  # which has no types
        client = connect(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise BuildError(f"no Dask scheduler answers at {address} ({error})") from None
    with client:
        yield client.get_executor(pure=False, retries=KILLS)
