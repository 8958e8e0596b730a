"""What many tests share: digits, trainings of a few steps, and the results of such a build."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

import jaxtyping
import pytest
from filelock import FileLock

from checks.loud_skips import (  # noqa: F401 - pytest finds hooks by their names
    pytest_runtest_makereport,
    pytest_terminal_summary,
)
from cnnfilters.config import TrainConfig, headline_configs
from cnnfilters.digits import Digits, load_digits
from cnnfilters.experiments import EXPERIMENTS, Size, Study
from cnnfilters.results import Results
from cnnfilters.run import Run
from pages.chapter import read_chapters
from pages.ledger import claim_pages
from pipeline.places import ROOT
from remembered import pytest_configure  # noqa: F401 - likewise

STEPS = 20
SHARED = {  # what takes long to make: all tests that need it go to one worker, no other waits
    "studies": "studies",
    "photograph_study": "studies",
    "undisturbed": "checkouts",
    "worked": "playground",
    "traced": "tracer",
}
os.environ.setdefault("OMP_NUM_THREADS", "1")  # before torch: there is a test worker for each core
FEW_FITS = {"SEEDS": range(2), "PATCHES": 3_000, "COMPONENTS": {3: 32, 1: 24}}


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests that share something to one worker."""
    for item in items:
        for name in SHARED.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group(SHARED[name]))


@pytest.fixture
def no_type_checker() -> Iterator[None]:
    """Leaves refusing to the package itself, as it is for who uses it."""
    before = jaxtyping.config.jaxtyping_disable
    jaxtyping.config.update("jaxtyping_disable", value=True)
    yield
    jaxtyping.config.update("jaxtyping_disable", value=before)


@pytest.fixture(scope="session")
def digits() -> Digits:
    """The 5,000 digits in the wheel."""
    return load_digits()


@pytest.fixture(scope="session")
def few_digits(digits: Digits) -> Digits:
    """Every fifth of them: 80 of each class to learn from, 20 of each held out."""
    return replace(
        digits,
        train_images=digits.train_images[::5],
        train_labels=digits.train_labels[::5],
        held_out_images=digits.held_out_images[::5],
        held_out_labels=digits.held_out_labels[::5],
    )


@pytest.fixture(scope="session")
def tiny_runs(digits: Digits) -> dict[str, Run]:
    """The headline trainings, cut short: enough to draw and to measure."""
    from cnnfilters.training import train  # torch takes seconds, which other tests need not pay

    return {
        name: train(replace(config, steps=STEPS), digits=digits, device="cpu")
        for name, config in headline_configs().items()
    }


@pytest.fixture(scope="session")
def photograph_study(few_digits: Digits) -> Study:
    """The one that trains nothing, with few fits to few patches."""
    from cnnfilters.experiments import photograph_filters

    with pytest.MonkeyPatch.context() as patch:
        for name, value in FEW_FITS.items():
            patch.setattr(photograph_filters, name, value)
        return photograph_filters.measure({}, few_digits)


@pytest.fixture(scope="session")
def studies(
    few_digits: Digits,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
    request: pytest.FixtureRequest,
) -> dict[str, Study]:
    """Every experiment, with two networks in each arm, cut short; one worker measures for all."""
    folder = tmp_path_factory.getbasetemp()
    kept = (folder if worker_id == "master" else folder.parent) / "studies.json"
    with FileLock(f"{kept}.lock"):
        if not kept.exists():
            measured = {"photograph_filters": request.getfixturevalue("photograph_study")}
            trained = _trained_on(few_digits)
            for name in EXPERIMENTS.keys() - measured.keys():
                configs = EXPERIMENTS[name].configs("sample", Size(seeds=2, steps=STEPS))
                runs = {arm: trained(config) for arm, config in configs.items()}
                measured[name] = EXPERIMENTS[name].study_of(runs, few_digits)
            text = json.dumps({name: asdict(study) for name, study in measured.items()})
            kept.write_text(text, encoding="utf-8")
    found = json.loads(kept.read_text(encoding="utf-8"))
    return {name: EXPERIMENTS[name].study(**study) for name, study in found.items()}


def _trained_on(digits: Digits) -> Callable[[TrainConfig], Run]:
    """Trains each network once, however many experiments look at it."""
    from cnnfilters.training import train

    return cache(lambda config: train(config, digits=digits, device="cpu"))


@pytest.fixture(scope="session")
def results(
    tiny_runs: dict[str, Run],
    studies: dict[str, Study],
    digits: Digits,
    tmp_path_factory: pytest.TempPathFactory,
) -> Results:
    """What a build of these trainings would have left."""
    folder = tmp_path_factory.mktemp("cache")
    for name, study in studies.items():
        (folder / f"{name}.json").write_text(json.dumps(asdict(study)), encoding="utf-8")
    for name, run in tiny_runs.items():
        run.save(folder / "runs" / f"{name}.npz")
    about = {
        "source": "sample",
        "root": None,
        "checksum": digits.checksum,
        "results": {f"run:{name}": f"runs/{name}.npz" for name in tiny_runs}
        | {f"study:{name}": f"{name}.json" for name in studies},
        "pages": claim_pages(read_chapters(ROOT / "docs")),
    }
    manifest = Path(folder / "build.json")
    manifest.write_text(json.dumps(about), encoding="utf-8")
    return Results(manifest)
