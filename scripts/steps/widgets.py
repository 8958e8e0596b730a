"""Write the arrays that the widgets compute with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from cnnfilters.files import write_atomically
from cnnfilters.results import Results
from pipeline.manifest import results_key
from pipeline.places import Places
from pipeline.processes import run_step, side_by_side
from pipeline.stamps import begin_if_stale, stamp


def write_widget_data(places: Places, *, force: bool = False) -> None:
    """Write them all, if what they depend on changed."""
    if force or begin_if_stale(places, "widgets", _key(places)):
        run_step(WidgetData(places))


def _key(places: Places) -> str:
    return results_key(places, "cnnfilters.widget_data")


@dataclass(frozen=True)
class WidgetData:
    """The step's own process, which has others write."""

    places: Places

    def run(self) -> None:
        """Write everything, and remove what no widget asks for any more."""
        from cnnfilters.widget_data import WIDGET_DATA

        places = self.places
        names = places.scope.part("widget data", WIDGET_DATA)
        paths = {name: places.widgets / _file(name) for name in names}
        calls = {f"widget data {name}": (name, places.manifest, p) for name, p in paths.items()}
        side_by_side("widgets", write_one, calls, places.scope.workers)
        for path in set(places.widgets.glob("*")) - set(paths.values()):
            path.unlink()
        stamp(places, "widgets", _key(places), paths.values())


def _file(name: str) -> str:
    return name if "." in name else f"{name}.json"  # the others are pictures


def write_one(name: str, manifest: Path, path: Path) -> None:
    """Write the arrays of one name."""
    from cnnfilters.widget_data import WIDGET_DATA

    data = Results(manifest).make(WIDGET_DATA[name])
    write_atomically(path, data if isinstance(data, bytes) else _compact(data))


def _compact(data: object) -> str:
    return json.dumps(data, separators=(",", ":"), allow_nan=False)
