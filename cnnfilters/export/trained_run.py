"""The network of a Run, whose padding and digits are known."""

from __future__ import annotations

from typing import Any

from cnnfilters.export.state_dict import export_weights
from cnnfilters.run import Run


def export_run(run: Run, *, name: str, snapshot: int = -1) -> dict[str, Any]:
    """The network of a Run, as JSON can hold it.

    Args:
        run: A training of `SmallCNN`.
        name: What the reader sees.
        snapshot: Index of the snapshot; -1 is the trained end, 0 the start.

    Returns:
        The mapping of the page *Model format*.

    Raises:
        ExportError: The Run holds another kind of network.
    """
    weights = {key: array[snapshot] for key, array in run.weights.items()}
    model = export_weights(weights, name=name, padding=int(run.config["padding"]))
    where = run.data["held_out_words"]
    return {**model, "accuracy": round(float(run.accuracy[snapshot]), 6), "accuracy_on": where}
