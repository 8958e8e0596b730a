"""The pins of what the workflows install: complete, exact, with hashes, allowed, and used."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from constraints import CUDA, ELSEWHERE, HEADER, PINS, ROOT, entries, pinned, wanted
from workflow_steps import GITHUB, WORKFLOWS, read

USE = PINS.relative_to(ROOT).as_posix()
LOCK = ROOT / "package-lock.json"
LARGEST = 500_000  # bytes of a file that Dependabot reads
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
H = "--hash=sha256:" + 64 * "0"


def pin_problems(text: str, requirements: list[str]) -> Iterator[str]:
    """What is wrong with a file of pins, for these requirements."""
    versions = dict(each.split()[0].partition("==")[::2] for each in entries(text))
    if list(versions) != sorted(versions) or len(versions) != len(entries(text)):
        yield "not sorted, or twice"
    if "://" in text:
        yield "an address"
    for entry in entries(text):
        yield from _entry_problems(entry)
    for each in map(Requirement, requirements):
        version = versions.get(canonicalize_name(each.name))
        if version is None:
            yield f"{each.name} is not pinned"
        elif not each.specifier.contains(version):
            yield f"{each.name} {version} is not {each.specifier}"


def _entry_problems(entry: str) -> Iterator[str]:
    name, _, version = entry.split()[0].partition("==")
    if not version or version.endswith("*"):
        yield f"{name} has no exact version"
    if bool(HASH.search(entry)) == (name in ELSEWHERE):
        yield f"{name} has {'a hash' if name in ELSEWHERE else 'no hash'}"
    if CUDA.match(name):
        yield f"{name} is for CUDA"


def needed(requirements: list[str]) -> set[str]:
    """The names of all that these bring here, as far as it is installed."""
    found, todo = set[tuple[str, frozenset[str]]](), list(map(Requirement, requirements))
    while todo:
        each = todo.pop()
        key = canonicalize_name(each.name), frozenset(each.extras)
        if key not in found:
            found.add(key)
            todo += _below(each)
    return {name for name, _ in found}


def _below(requirement: Requirement) -> list[Requirement]:
    try:
        below = list(map(Requirement, requires(requirement.name) or []))
    except PackageNotFoundError:
        return []  # a tool that only the workflows have
    extras = [{"extra": extra} for extra in ("", *requirement.extras)]
    return [r for r in below if not r.marker or any(map(r.marker.evaluate, extras))]


def unpinned_jobs(workflow: str) -> list[str]:
    """Steps that install something in a workflow that names no pins."""
    content = yaml.safe_load(workflow)
    return [
        f"{job}: {step['name']}"
        for job, about in content["jobs"].items()
        for step in about["steps"]
        if "actions/install" in step.get("uses", "") or "pip install" in step.get("run", "")
        if USE not in str([level.get("env", "") for level in (content, about, step)])
    ]


def own_installs(workflow: str) -> list[str]:
    """Lines that install with pip, which would take no notice of the pins."""
    return re.findall(r"(?<!uv )\bpip install.*", workflow)


def lock_problems(root: Path) -> Iterator[str]:
    """Lock files that name addresses of registries."""
    for path in root.glob("**/uv.lock"):
        yield path.name
    for path in root.glob("**/package-lock.json"):
        if re.search(r'"resolved"|registry\.', path.read_text(encoding="utf-8")):
            yield path.name


def test_every_package_is_pinned_to_a_version_that_the_project_allows() -> None:
    assert list(pin_problems(PINS.read_text(encoding="utf-8"), wanted())) == []


def test_what_the_packages_need_is_pinned_too() -> None:
    names = {entry.partition("==")[0] for entry in entries(PINS.read_text(encoding="utf-8"))}
    missing = {name for name in needed(wanted()) - names if not CUDA.match(name)}
    assert missing == set()


def test_what_a_package_needs_is_found_however_deep() -> None:
    assert {"torch", "jinja2", "markupsafe"} <= needed(["torchvision"])
    assert "mkdocstrings-python" in needed(["mkdocstrings[python]"])
    assert "mkdocstrings-python" not in needed(["mkdocstrings"])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"mkdocs==1.6.1 {H}\nzope==1 {H}", "A_Tool is not pinned"),
        (f"a-tool==2.0 {H}\n", "A_Tool 2.0 is not <2"),
        (f"a-tool>=1.0 {H}\n", "a-tool>=1.0 has no exact version"),
        (f"a-tool==1.* {H}\n", "a-tool has no exact version"),
        (f"b==1 {H}\na-tool==1.1 {H}\n", "not sorted, or twice"),
        (f"a-tool==1.1 {H}\na-tool==1.2 {H}\n", "not sorted, or twice"),
        ("a-tool==1.1\n", "a-tool has no hash"),
        ("a-tool==1.1 \\\n    --hash=sha256:0\n", "a-tool has no hash"),
        (f"a-tool==1.1 {H}\ntorch==2.0 \\\n    {H}\n", "torch has a hash"),
        (f"a-tool==1.1 {H}\nnvidia-x==2.0 {H}\n", "nvidia-x is for CUDA"),
        (f"--index-url https://example.org\na-tool==1.1 {H}\n", "an address"),
    ],
)
def test_a_bad_pin_is_found(text: str, problem: str) -> None:
    assert problem in list(pin_problems(text, ["A_Tool[extra]<2"]))


def test_good_pins_pass() -> None:
    text = f"# Words.\na-tool==1.1 ; os_name == 'nt' \\\n    {H} \\\n    {H}\ntorch==2.0\n"
    assert list(pin_problems(text, ["A_Tool[extra]<2", "torch"])) == []


def test_of_what_uv_wrote_torch_loses_its_hashes_and_cuda_its_packages() -> None:
    written = (
        f"a==1 \\\n    {H} \\\n    {H}\nnvidia-x==2 ; sys_platform == 'linux' \\\n    {H}\n"
        f"torch==2 \\\n    {H}\ntorchvision==0.3 \\\n    {H}\ntornado==6 \\\n    {H}\n"
        f"triton==3 ; sys_platform == 'linux' \\\n    {H}\n"
    )
    expected = f"a==1 \\\n    {H} \\\n    {H}\ntorch==2\ntorchvision==0.3\ntornado==6 \\\n    {H}\n"
    assert pinned(written) == HEADER + expected
    assert pinned(pinned(written)) == pinned(written)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_install_what_is_pinned(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert unpinned_jobs(text) == []
    assert own_installs(text) == []


def test_a_workflow_that_installs_what_is_newest_is_found() -> None:
    pages = (GITHUB / "workflows" / "pages.yml").read_text(encoding="utf-8")
    assert unpinned_jobs(pages.replace(USE, "other.txt")) == ["build: Install"]
    assert own_installs("  uv pip install a\n  python -m pip install b\n") == ["pip install b"]


def test_only_the_weekly_run_takes_what_is_newest() -> None:
    ci = read(GITHUB / "workflows" / "ci.yml")
    nightly, weekly = (each["cron"] for each in ci[True]["schedule"])  # YAML reads `on` as true
    assert (nightly.split()[2:], weekly.split()[2:]) == (["*", "*", "*"], ["*", "*", "1"])
    words = f"github.event.schedule != '{weekly}' && '{USE}' || ''"
    assert ci["env"]["UV_CONSTRAINT"] == f"${{{{ {words} }}}}"
    for name, job in ci["jobs"].items():
        wanted = "==" if name == "full" else "!="
        assert job["if"].endswith(f"github.event.schedule {wanted} '{nightly}'"), name
    for name in ("audit", "measure", "pages"):
        assert read(GITHUB / "workflows" / f"{name}.yml")["env"]["UV_CONSTRAINT"] == USE


def test_dependabot_renews_the_pins_and_the_actions() -> None:
    updates = read(GITHUB / "dependabot.yml")["updates"]
    places = {each["package-ecosystem"]: each for each in updates}
    assert ROOT / places["pip"]["directory"].strip("/") == PINS.parent
    assert places["npm"]["directory"] == "/"
    assert places["github-actions"]["directories"] == ["/", "/.github/actions/*"]
    assert PINS.stat().st_size < LARGEST


def test_no_lock_file_names_a_registry() -> None:
    assert list(lock_problems(GITHUB)) == []
    kept = ("cnnfilters", "docs", "scripts", "tests")
    assert [problem for name in kept for problem in lock_problems(ROOT / name)] == []
    assert not (ROOT / "uv.lock").exists()
    assert not re.search(r'"resolved"|registry\.', LOCK.read_text(encoding="utf-8"))


def test_what_npm_brings_is_pinned_by_version_and_hash() -> None:
    about = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    packages = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    assert packages.pop("")["devDependencies"] == about["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", each) for each in about["devDependencies"].values())
    assert [name for name, each in packages.items() if not each.get("integrity")] == []


def test_a_lock_file_with_addresses_is_found(tmp_path: Path) -> None:
    (tmp_path / "uv.lock").touch()
    (tmp_path / "package-lock.json").write_text('{"resolved": "https://example.org"}')
    assert list(lock_problems(tmp_path)) == ["uv.lock", "package-lock.json"]
    (tmp_path / "package-lock.json").write_text('{"integrity": "sha512-0"}')
    assert list(lock_problems(tmp_path)) == ["uv.lock"]
