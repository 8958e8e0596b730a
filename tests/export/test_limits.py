"""What the exporter writes, the page opens; what the page would refuse, the exporter refuses."""

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from cnnfilters.export import ExportError
from cnnfilters.export.format import write_model
from cnnfilters.export.layers import Convolution, Linear, model_of
from cnnfilters.export.limits import LIMITS, limits_module
from cnnfilters.provenance import PACKAGE

LIB = PACKAGE.parent / "docs" / "widgets" / "lib"
READ = """
import { readFileSync } from "node:fs";
const { readModel } = await import(process.argv[1]);
for (const path of process.argv.slice(2)) {
  try { readModel(readFileSync(path, "utf8")); console.log("opened"); }
  catch (error) { console.log(error.message); }
}
"""


def test_the_page_has_the_table_of_the_exporter():
    written = (LIB / "model_limits.js").read_text(encoding="utf-8")
    assert written == limits_module(), "write limits_module() into docs/widgets/lib/model_limits.js"


def test_the_page_has_no_other_limit():
    source = (LIB / "model_file.js").read_text(encoding="utf-8")
    assert {f"LIMITS.{name}" in source for name in LIMITS} == {True}


def test_the_reference_page_tells_the_same_limits():
    """Those that a reader can meet: a name's and a file's length, sizes, a number's size."""
    page = (LIB.parents[1] / "reference" / "model-format.md").read_text(encoding="utf-8")
    table = page.partition("| what | at most |")[2].partition("\n\n")[0]
    told = sorted(int(number.replace(",", "")) for number in re.findall(r"\| ([\d,]+)", table))
    unmet = {"features", "least_std"}  # 64 filters can't give 20,000 features
    assert told == sorted(value for name, value in LIMITS.items() if name not in unmet)


def network(*, filters=2, kernel=5, padding=0, hidden=(), name="mine", value=0.0, **given):
    """A network of zeros with one size as asked, and the file's content for it."""
    rows = 28
    for _ in range(2):
        rows = (rows + 2 * padding - kernel + 1) // 2
    widths = [filters * rows**2, *hidden, 10]
    convolutions = [
        Convolution(
            f"conv{i}",
            np.full((filters, channels, kernel, kernel), value),
            np.zeros(filters),
            padding,
        )
        for i, channels in enumerate((1, filters))
    ]
    linears = [
        Linear(f"fc{i}", np.zeros((gives, takes), np.float32), np.zeros(gives))
        for i, (takes, gives) in enumerate(pairwise(widths))
    ]
    return model_of(convolutions, linears, name=name, **{"mean": 0.0, "std": 1.0, **given})


AT = {  # the largest of its kind, and one that is larger
    "filters": ({"filters": LIMITS["filters"]}, {"filters": LIMITS["filters"] + 1}),
    "kernel": (
        {"kernel": LIMITS["kernel"], "padding": 5},
        {"kernel": LIMITS["kernel"] + 1, "padding": 5},
    ),
    "padding": ({"kernel": 3, "padding": 2}, {"kernel": 3, "padding": 3}),
    "outputs": ({"hidden": (LIMITS["outputs"],)}, {"hidden": (LIMITS["outputs"] + 1,)}),
    "linears": (
        {"hidden": (4,) * (LIMITS["linears"] - 1)},
        {"hidden": (4,) * LIMITS["linears"]},
    ),
    "characters": (
        {"name": "ü" * LIMITS["characters"]},
        {"name": "😀" * (LIMITS["characters"] // 2 + 1)},
    ),
    "a name of spaces": ({"name": "x"}, {"name": "  "}),
    "number": ({"value": float(LIMITS["number"])}, {"value": 1.01 * LIMITS["number"]}),
    "mean": ({"mean": -float(LIMITS["number"])}, {"mean": -1.01 * LIMITS["number"]}),
    "std": ({"std": LIMITS["least_std"]}, {"std": 0.9 * LIMITS["least_std"]}),
    "large std": ({"std": float(LIMITS["number"])}, {"std": 1.01 * LIMITS["number"]}),
    "bytes": (
        {"filters": 64, "kernel": 5, "padding": 2, "hidden": (1024,)},  # TensorFlow's tutorial
        {"filters": 64, "kernel": 5, "padding": 2, "hidden": (1024, 1024)},
    ),
}


@pytest.mark.skipif(not shutil.which("node"), reason="Node.js reads what the page would")
def test_what_is_written_at_a_limit_is_opened(tmp_path: Path):
    paths = [tmp_path / f"{case}.json" for case in AT]
    for path, (largest, _) in zip(paths, AT.values(), strict=True):
        write_model(network(**largest), path)
    assert read(*paths) == dict.fromkeys(AT, "opened")


def read(*paths):
    """What the page's reader says of each file."""
    command = ["node", "--input-type=module", "--eval", READ, (LIB / "model_file.js").as_uri()]
    done = subprocess.run([*command, *paths], capture_output=True, text=True, check=True)
    return dict(zip([path.stem for path in paths], done.stdout.splitlines(), strict=True))


@pytest.mark.parametrize("case", AT)
def test_what_is_beyond_a_limit_is_refused_at_export(case, tmp_path):
    with pytest.raises(ExportError, match=r"must|beyond"):
        write_model(network(**AT[case][1]), tmp_path / "model.json")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not shutil.which("node"), reason="Node.js reads what the page would")
@pytest.mark.parametrize("case", [case for case in AT if case not in ("bytes",)])
def test_the_page_refuses_what_the_exporter_refuses(case, tmp_path, monkeypatch):
    """With the exporter's checks switched off, as the planted defect."""
    from cnnfilters.export import layers

    for check in ("at_most", "check_name", "check_numbers", "check_input", "_check_convolution"):
        monkeypatch.setattr(layers, check, lambda *_: None)
    path = tmp_path / f"{case}.json"
    write_model(network(**AT[case][1]), path)
    assert read(path)[case] != "opened"
