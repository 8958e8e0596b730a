"""What the page's tracer makes of code that is pasted into it, many at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page
from torch import nn

from cnnfilters.arithmetic import trace

TRACE = """async cases => {
  const at = name => import(new URL(`widgets/${name}`, document.baseURI));
  const names = ["tracer/stack.js", "lib/shapes.js", "tracer/words.js"];
  const [stack, shapes, words] = await Promise.all(names.map(at));
  return JSON.stringify(JSON.parse(cases).map(([code, input]) => {
    try {
      const layers = stack.readStack(code);
      const {rows, problem} = shapes.trace(layers, input);
      const named = rows.map(row => ({...row, layer: row.layer.path}));
      return {rows: named, refused: problem?.message ?? null, assumed: words.assumedWords(layers)};
    } catch (error) {
      if (!/^(Refusal|Choice)$/.test(error.constructor.name)) throw error;
      return {rows: [], refused: error.message, assumed: ""};
    }
  }));
}"""

Answer = dict[str, Any]
Row = dict[str, Any]


def traced_in(page: Page, cases: Sequence[tuple[str, Sequence[int]]]) -> list[Answer]:
    """Rows up to the layer that fails, and what is said of it, for code and input of each case."""
    answers: list[Answer] = json.loads(page.evaluate(TRACE, json.dumps(cases)))
    return answers


def rows_of(module: nn.Module, shape: Sequence[int]) -> list[Row]:
    """The rows of the package's trace, as the page gives them."""
    return [
        {
            "shape": [*row.output_shape],
            "parameters": row.parameters,
            "macs": row.macs,
            "field": (field := row.receptive_field)
            and {"size": [*field.size], "jump": [*field.jump], "start": [*field.start]},
            "memory": {"forward": row.memory.forward, "training": row.memory.training},
        }
        for row in trace(module, tuple(shape)).rows
    ]


def numbers(answer: Answer) -> list[Row]:
    """The rows of a page's answer, without names and texts."""
    wanted = ("shape", "parameters", "macs", "field", "memory")
    return [{name: row[name] for name in wanted} for row in answer["rows"]]
