"""What the workflows install is what is pinned, file by file, however old PyTorch's index is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from local_index import served, write_wheel
from workflow_steps import ACTION, needs_bash, read, run, step

pytestmark = [needs_bash, pytest.mark.slow]

STEPS = read(ACTION)["runs"]["steps"]
PINNED = {"jinja2": "3.1", "markupsafe": "3.4", "hatchling": "1.0", "uv": "1.0"}
NEWEST = "3.5"  # of markupsafe
PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "tiny"
version = "1.0"
dependencies = ["torch>=2"]
[dependency-groups]
dev = ["jinja2"]
"""
BACKEND = """
import zipfile
def build_editable(folder, config_settings=None, metadata_directory=None):
    about = "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1.0\\nRequires-Dist: torch>=2\\n"
    kind = "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
    with zipfile.ZipFile(f"{folder}/tiny-1.0-py3-none-any.whl", "w") as wheel:
        for name, text in {"METADATA": about, "WHEEL": kind, "RECORD": ""}.items():
            wheel.writestr(f"tiny-1.0.dist-info/{name}", text)
    return "tiny-1.0-py3-none-any.whl"
"""


def uv() -> str:
    """The program, beside this Python or on the path."""
    folders = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return shutil.which("uv", path=folders) or pytest.skip("uv is not installed")


@pytest.fixture(scope="module")
def hashes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Two indexes, of which PyTorch's lags; the hashes of what is pinned, and their folder."""
    folder = tmp_path_factory.mktemp("indexes")
    wheels = {
        "jinja2": {"needs": ["markupsafe>=2"]},
        "markupsafe": {},
        "hatchling": {"parts": {"hatchling/build.py": BACKEND}},
        "uv": {"parts": {"uv/__main__.py": f"import os, sys; os.execv({uv()!r}, sys.argv)"}},
    }
    found = {
        name: write_wheel(folder / "pypi", name, PINNED[name], **parts)
        for name, parts in wheels.items()
    }
    write_wheel(folder / "pypi", "markupsafe", NEWEST)
    write_wheel(folder / "pypi", "torch", "2.1", needs=["jinja2", "cuda-toolkit"])
    write_wheel(folder / "pytorch", "torch", "2.1+cpu", needs=["jinja2"])
    write_wheel(folder / "pytorch", "torchvision", "0.1+cpu", needs=["torch==2.1"])
    write_wheel(folder / "pytorch", "jinja2", "3.1", needs=["markupsafe>=2"])
    write_wheel(folder / "pytorch", "markupsafe", "3.3")  # it lags
    return {**found, "folder": str(folder)}


@pytest.fixture
def address(hashes: dict[str, str]) -> Iterator[str]:
    with served(Path(hashes["folder"])) as address:
        yield address


def pins(hashes: dict[str, str], *, wrong: str = "") -> str:
    """The file of constraints, as scripts/constraints.py writes it."""
    own = {name: "0" * 64 if name == wrong else hashes[name] for name in sorted(PINNED)}
    lines = [f"{name}=={PINNED[name]} \\\n    --hash=sha256:{own[name]}\n" for name in own]
    return "# Words.\n" + "".join(lines[:-1]) + "torch==2.1\ntorchvision==0.1\n" + lines[-1]


class Project:
    """A project that the action installs from local indexes."""

    def __init__(self, root: Path, address: str, constraints: str) -> None:
        (root / "pyproject.toml").write_text(PROJECT)
        (root / "pins.txt").write_text(constraints)
        self.root = root
        self.settings = {
            "UV_CACHE_DIR": str(root / "cache"),
            "UV_NO_CONFIG": "1",
            "UV_DEFAULT_INDEX": f"{address}/pypi",  # in place of PyPI
            "TORCH_INDEX": f"{address}/pytorch",  # in place of PyTorch's
            "PACKAGE": read(ACTION)["inputs"]["package"]["default"],
            "UV_CONSTRAINT": "pins.txt" if constraints else "",
            "UV_BUILD_CONSTRAINT": "pins.txt" if constraints else "",
            "PATH": os.pathsep.join([str(Path(uv()).parent), os.environ["PATH"]]),
        }

    def run(self, script: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return run(script, self.root, **{**self.settings, **settings})

    def install(self) -> str:
        """What the action says when it fails, or nothing."""
        created = self.run(f"uv venv --quiet --python {sys.executable} .venv")
        assert created.returncode == 0, created.stderr
        for name in ("Install torch without CUDA", "Install the rest"):
            done = self.run(step(STEPS, name)["run"])
            if done.returncode:
                return " ".join(done.stderr.split())  # uv breaks lines where a path is long
        return ""

    def installed(self) -> set[str]:
        listed = self.run("uv pip list --quiet --format freeze")
        return {line.partition(" @")[0] for line in listed.stdout.splitlines()}


def test_torch_with_all_that_it_needs_from_an_index_that_lags_fails(
    hashes: dict[str, str], address: str, tmp_path: Path
) -> None:
    project = Project(tmp_path, address, pins(hashes))
    script = 'uv venv --quiet .venv && uv pip install --default-index "$TORCH_INDEX" torch'
    done = project.run(script)
    assert done.returncode != 0
    assert "no version of markupsafe==3.4" in " ".join(done.stderr.split())


def test_the_workflows_install_what_is_pinned_from_an_index_that_lags(
    hashes: dict[str, str], address: str, tmp_path: Path
) -> None:
    project = Project(tmp_path, address, pins(hashes))
    assert project.install() == ""
    assert {"torch==2.1+cpu", "torchvision==0.1+cpu"} < project.installed()
    assert {"jinja2==3.1", "markupsafe==3.4"} < project.installed()
    assert (tmp_path / ".venv" / "installed").exists()


def test_the_weekly_run_installs_the_newest(
    hashes: dict[str, str], address: str, tmp_path: Path
) -> None:
    project = Project(tmp_path, address, "")
    assert project.install() == ""
    assert {"torch==2.1+cpu", f"markupsafe=={NEWEST}"} < project.installed()


def test_a_tool_that_builds_and_is_not_pinned_is_refused(
    hashes: dict[str, str], address: str, tmp_path: Path
) -> None:
    text = pins(hashes).replace("hatchling==", "another==")
    project = Project(tmp_path, address, text)
    assert "no trusted hash was provided for: `hatchling`" in project.install()


@pytest.mark.parametrize("name", ["jinja2", "markupsafe", "hatchling"])
def test_a_file_with_another_hash_is_refused(
    name: str, hashes: dict[str, str], address: str, tmp_path: Path
) -> None:
    project = Project(tmp_path, address, pins(hashes, wrong=name))
    assert f"Hash mismatch for `{name}==" in project.install()
    assert not [each for each in project.installed() if each.startswith(("tiny", name))]


@pytest.mark.full  # pip takes its time
def test_uv_itself_is_refused_with_another_hash_and_else_makes_the_environment(
    hashes: dict[str, str], address: str, tmp_path: Path
) -> None:
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "python"], check=True)
    for wrong, message in (("uv", "DO NOT MATCH THE HASHES"), ("", "")):
        done = Project(tmp_path, address, pins(hashes, wrong=wrong)).run(
            step(STEPS, "Install uv")["run"],
            PYTHON=str(tmp_path / "python" / "bin" / "python"),
            RUNNER_TEMP=str(tmp_path),
            PIP_INDEX_URL=f"{address}/pypi",
            PIP_CONFIG_FILE=os.devnull,
        )
        assert (done.returncode != 0) == bool(wrong), done.stderr
        assert message in done.stderr
        assert (tmp_path / ".venv" / "bin" / "python").exists() != bool(wrong)
