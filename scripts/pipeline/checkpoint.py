"""The arrays of a network in a file that torch wrote, wherever they lie in it; no code is run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from cnnfilters.export import ExportError
from pipeline.foreign import SAVE, kind_of

RULE = "must hold a state_dict"
WRAPPED = re.compile(r"^(?:module\.|_orig_mod\.)+")  # DataParallel and torch.compile
ASKED = re.compile(r"GLOBAL `?([\w.]+)")
DEPTH = 4  # mappings within mappings


class StateDict(NamedTuple):
    """Arrays of a network, and the key under which a checkpoint keeps them; empty for the file."""

    key: str
    arrays: dict[str, np.ndarray]


class Inert:
    """Stands in for whatever a pickle asks for: it takes everything and does nothing."""

    asked = ""

    def __init__(self, *_: Any, **__: Any) -> None: ...

    def __setstate__(self, _: Any) -> None: ...

    def __setitem__(self, *_: Any) -> None: ...

    def append(self, _: Any) -> None:
        """Called for a list."""

    def extend(self, _: Any) -> None:
        """Likewise."""


def find_state_dict(path: Path, key: str | None = None) -> StateDict:
    """A state_dict that is the file, or lies in the checkpoint that the file is; no code is run.

    Args:
        path: What torch.save wrote.
        key: Which one, if there are several: `ema.state_dict`.

    Raises:
        ExportError: There is none, or more than one; or the file is something else.
        OSError: It cannot be read.
    """
    if kind := kind_of(path):
        raise ExportError(f"{path} {RULE}, and is {kind}")
    content = _loaded(path)
    if isinstance(content, Inert):
        raise ExportError(f"{path} {RULE}, and {_whole_module(content.asked)}")
    found = dict(_state_dicts(content))
    if not found:
        raise ExportError(f"{path} {RULE}, and holds {_contents(content)}; write it by {SAVE}")
    if key is None and len(found) > 1:
        raise ExportError(f"{path} holds several; choose one: --key {', '.join(found)}")
    chosen = next(iter(found)) if key is None else key
    if chosen not in found:
        raise ExportError(f"`--key` (={chosen!r}) must be {', '.join(map(repr, found))} in {path}")
    return StateDict(chosen, _arrays(path, found[chosen]))


def _loaded(path: Path) -> Any:
    """What the file holds, with stand-ins for all but arrays, mappings, lists and plain values."""
    import torch
    from torch.serialization import get_unsafe_globals_in_checkpoint, safe_globals

    try:
        asked = get_unsafe_globals_in_checkpoint(path)
    except Exception:  # not torch's present format; what is wrong is said below
        asked = []
    inert = [(type("Inert", (Inert,), {"asked": name}), name) for name in asked]
    try:
        with safe_globals(inert):  # type: ignore[arg-type]  # takes pairs, its stub does not say so
            return torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # a foreign file fails in any way: zipfile, pickle, torch
        raise ExportError(f"{path} {RULE}, and {_reason(error)}") from error


def _reason(error: Exception) -> str:
    """Why torch does not read a file."""
    words = " ".join(str(error).split())
    if asked := ASKED.search(words):
        name = asked[1].rstrip(".")
        if name.startswith(("torch.nn.", "__main__.")):
            return _whole_module(name)
        return f"asks for {name}, which would be code; no code of a file is run; write it by {SAVE}"
    if "central directory" in words or "PytorchStreamReader" in words:
        return "is cut short or damaged; copy or download it again"
    if "magic number" in words or "pickle" in words.lower():
        return f"is nothing that torch.save wrote, or is damaged; write it by {SAVE}"
    return f"torch cannot read it ({type(error).__name__}: {words[:120]}); write it by {SAVE}"


def _whole_module(name: str) -> str:
    return (
        f"holds a whole object ({name}), which only its own code could open; open it where it was "
        f"saved, and use cnnfilters.export.export_module or {SAVE}"
    )


def _state_dicts(content: Any, key: str = "", depth: int = DEPTH) -> Iterator[tuple[str, Any]]:
    """Mappings from names to arrays that look like those of a network, by their keys."""
    if not isinstance(content, Mapping) or not depth:
        return
    if _is_state_dict(content):
        yield key, content
        return
    for name, value in content.items():
        yield from _state_dicts(value, f"{key}.{name}" if key else str(name), depth - 1)


def _is_state_dict(content: Mapping[Any, Any]) -> bool:
    """Whether arrays, and nothing else, lie in it, and one of them could be a layer's weight."""
    return all(map(_is_array, content.values())) and any(
        value.ndim > 1 and "exp_avg" not in str(name) for name, value in content.items()
    )


def _contents(content: Any) -> str:
    """What is there instead."""
    if not isinstance(content, Mapping):
        return f"a {type(content).__name__}"
    if not content:
        return "an empty mapping"
    entries = sorted(content.items(), key=lambda entry: _is_array(entry[1]))  # the odd ones first
    kinds = [
        f"{name} ({getattr(value, 'asked', '') or type(value).__name__})" for name, value in entries
    ]
    more = f" and {len(kinds) - 6} more" if len(kinds) > 6 else ""
    return f"{', '.join(kinds[:6])}{more}"


def _is_array(value: Any) -> bool:
    import torch

    return isinstance(value, torch.Tensor)


def _arrays(path: Path, content: Mapping[Any, Any]) -> dict[str, np.ndarray]:
    """The arrays as float32, without the names that wrappers put before theirs."""
    arrays = {}
    for name, value in content.items():
        if value.is_complex() or value.is_sparse or value.is_quantized or value.is_meta:
            raise ExportError(f"{path}: `{name}` ({value.dtype}) is no plain array of numbers")
        plain = WRAPPED.sub("", str(name))
        if plain in arrays:
            raise ExportError(
                f"{path} holds `{plain}` twice, once as a wrapper names it (`module.`); write one "
                f"network by {SAVE}"
            )
        arrays[plain] = value.detach().float().numpy()
    return arrays
