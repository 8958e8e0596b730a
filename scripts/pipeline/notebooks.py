"""Write the tutorials as notebooks without outputs, to be opened where nothing is installed yet.

They are published on a branch of their own, from which Colab opens them.
"""

from __future__ import annotations

import argparse
import os
import posixpath
import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from cnnfilters.files import write_atomically
from pipeline.places import Places

EXAMPLES = """\
examples:
  python scripts/build.py notebooks out --repository https://github.com/OWNER/NAME
  REPO_URL=https://github.com/OWNER/NAME python scripts/build.py notebooks out --revision v1.0

The Pages workflow calls this and pushes the folder to the branch `notebooks`.
"""
README = """\
# Tutorials of {site}

The Pages workflow writes this branch; each of its pushes replaces the one before. To change a
tutorial, change its source in `docs/tutorials` of [the repository]({repository}).

Each notebook comes without outputs, and its first cell installs what it needs. Code: MIT. Text and
figures: CC BY 4.0. See `LICENSE`.
"""
METADATA = {
    "kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"},
    "language_info": {"name": "python"},
}
_WEB = re.compile(r"https?://[\w.~:/@-]+")
_REVISION = re.compile(r"[\w./-]*")
_LINK = re.compile(  # to another file of the site
    r"\[(?P<words>[^]]*)\]\("
    r"(?P<path>(?![a-z]+:)[\w./-]+\.(?:md|ipynb))(?P<query>\?[^)#]*)?(?P<anchor>#[^)]*)?\)"
)


def arguments(argv: list[str]) -> argparse.Namespace:
    """Parse the command line that follows `build.py notebooks`."""
    parser = argparse.ArgumentParser(
        prog="build.py notebooks",
        description="Write every tutorial as a notebook without outputs that installs the package.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--repository",
        metavar="URL",
        type=_web_address,
        default=os.environ.get("REPO_URL") or None,
        help="where the first cell installs the package from (default: $REPO_URL)",
    )
    parser.add_argument(
        "--revision",
        metavar="NAME",
        type=_revision,
        default="",
        help="branch, tag or commit to install (default: the repository's default branch)",
    )
    parser.add_argument(
        "--site",
        metavar="URL",
        type=_web_address,
        default=os.environ.get("SITE_URL") or None,
        help="where links to chapters lead (default: $SITE_URL; without it they become words)",
    )
    parser.add_argument("folder", type=Path, help="where to write them; other files there stay")
    asked = parser.parse_args(argv)
    if not asked.repository:
        parser.error("say where the package is: --repository URL, or the variable REPO_URL")
    return asked


def _web_address(text: str) -> str:
    if not _WEB.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no web address")
    return text


def _revision(text: str) -> str:
    if not _REVISION.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no name of a branch, a tag or a commit")
    return text


def write_notebooks(places: Places, argv: list[str]) -> str:
    """Write the files.

    Returns:
        What was written, in words.

    Raises:
        OSError: The folder cannot be written.
    """
    import nbformat

    asked = arguments(argv)
    sources = sorted((places.docs / "tutorials").glob("*.py"))
    for source in sources:
        made = notebook(
            source, repository=asked.repository, revision=asked.revision, site=asked.site
        )
        nbformat.validate(made)
        text: str = nbformat.writes(made)  # type: ignore[no-untyped-call]
        write_atomically(asked.folder / f"{source.stem}.ipynb", text + "\n")
    for name, text in _beside(places, asked.repository, asked.site).items():
        write_atomically(asked.folder / name, text)
    return f"wrote {len(sources)} notebooks without outputs to {asked.folder}"


def _beside(places: Places, repository: str, site: str | None) -> dict[str, str]:
    """What a visitor of the branch reads first, and what everybody may do with it."""
    name = site or repository
    readme = README.format(site=f"[{name}]({name})", repository=repository)
    return {"README.md": readme, "LICENSE": (places.root / "LICENSE").read_text(encoding="utf-8")}


def notebook(
    source: Path,
    *,
    repository: str,
    revision: str = "",
    site: str | None = None,
) -> Any:
    """One tutorial as a notebook that has not been run.

    Args:
        source: The tutorial, in percent format.
        repository: Address that pip installs from.
        revision: Branch, tag or commit; empty for the default branch.
        site: Address of the site's root; without it links to its pages become plain words.

    Returns:
        An `nbformat` notebook whose first cell installs the package.
    """
    import jupytext
    from nbformat.v4 import new_code_cell

    made = jupytext.read(source)
    for cell in made.cells:
        if cell.cell_type == "markdown":
            cell.source = abroad(cell.source, site)
    made.cells.insert(0, new_code_cell(install_line(repository, revision)))  # type: ignore[no-untyped-call]
    for index, cell in enumerate(made.cells):
        cell["id"], cell.metadata = f"cell-{index}", {}
    made.metadata = METADATA
    made.nbformat, made.nbformat_minor = 4, 5
    return made


def install_line(repository: str, revision: str = "") -> str:
    """The cell that makes the package importable.

    Args:
        repository: Address that git can clone.
        revision: Branch, tag or commit; empty for the default branch.

    Example:
        >>> install_line("https://example.org/repo")
        '%pip install --quiet "cnnfilters @ git+https://example.org/repo"'
    """
    at = f"@{revision}" if revision else ""
    return f'%pip install --quiet "cnnfilters @ git+{repository.rstrip("/")}{at}"'


def abroad(text: str, site: str | None) -> str:
    """Turn links between the site's files into links to the site, or into plain words.

    Args:
        text: Markdown of a tutorial.
        site: Address of the site's root, if it is known.

    Example:
        >>> abroad("See [Maps](../learning/14-maps.md#lab).", "https://example.org/repo/")
        'See [Maps](https://example.org/repo/learning/14-maps/#lab).'
        >>> abroad("See [Maps](../learning/14-maps.md#lab).", None)
        'See Maps.'
    """

    def link(found: re.Match[str]) -> str:
        if site is None:
            return found["words"]
        file = posixpath.normpath(posixpath.join("tutorials", found["path"]))
        page = posixpath.splitext(file)[0].removesuffix("index")
        address = urljoin(site.rstrip("/") + "/", page.rstrip("/") + "/" if page else "")
        return f"[{found['words']}]({address}{found['query'] or ''}{found['anchor'] or ''})"

    return _LINK.sub(link, text)
