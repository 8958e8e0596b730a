"""Hand a frozen dataclass to another process as one line of JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

Kind = TypeVar("Kind")


def to_json(value: Any) -> str:
    """A dataclass of plain values, paths and others of its kind.

    Example:
        >>> from pipeline.scope import Scope
        >>> to_json(Scope(workers=1))
        '{"only": {}, "training": {}, "size": {}, "workers": 1}'
    """
    return json.dumps(asdict(value), default=str)  # a path


def from_json(kind: type[Kind], text: str) -> Kind:
    """The same again, with the types that its fields are annotated with.

    Example:
        >>> from pipeline.scope import Scope
        >>> from_json(Scope, to_json(Scope(workers=1))) == Scope(workers=1)
        True
    """
    return cast(Kind, _typed(kind, json.loads(text)))


def _typed(kind: Any, value: Any) -> Any:
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return cast(Any, kind)(**{name: _typed(hints[name], part) for name, part in value.items()})
    if kind is Path:
        return Path(value)
    if get_origin(kind) is tuple:
        return tuple(_typed(get_args(kind)[0], part) for part in value)
    if get_origin(kind) is dict:
        return {name: _typed(get_args(kind)[1], part) for name, part in value.items()}
    return value
