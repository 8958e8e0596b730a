"""A trained network as JSON that the digit lab opens: numbers only, nothing that could run."""

from cnnfilters.export.comparison import check_digits
from cnnfilters.export.format import logits, pack, unpack, with_accuracy
from cnnfilters.export.limits import ExportError
from cnnfilters.export.live import export_module
from cnnfilters.export.state_dict import assumed, export_weights
from cnnfilters.export.trained_run import export_run

__all__ = [
    "ExportError",
    "assumed",
    "check_digits",
    "export_module",
    "export_run",
    "export_weights",
    "logits",
    "pack",
    "unpack",
    "with_accuracy",
]
