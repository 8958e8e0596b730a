"""Show the executed tutorials: rendered by the site's own Markdown, not by the notebook's style.

mkdocs-jupyter's stock template drops alt texts, leaves formulas and links unrendered and puts
590 kB of style sheet into each page. The template beside this file has none of that.
"""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import NamedTuple

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from cnnfilters.provenance import digest

TEMPLATE = Path(__file__).parent / "notebook_template"  # a folder
KINDS = {"image/svg+xml": "svg", "text/csv": "csv"}
INLINED = re.compile(r"data:(?P<mime>image/svg\+xml|text/csv);base64,(?P<data>[A-Za-z0-9+/=]+)")
COLAB = "https://colab.research.google.com/github"
BRANCH = "notebooks"  # written by .github/workflows/pages.yml
_GITHUB = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")


class Files(NamedTuple):
    """A page that fetches its pictures, and the files that lie beside it."""

    content: str
    files: dict[str, bytes]


def with_files(content: str) -> Files:
    """Take the pictures and numbers out of a page: a reader fetches them when they are in sight."""
    files = dict[str, bytes]()

    def as_file(inlined: re.Match[str]) -> str:
        data = base64.b64decode(inlined["data"])
        name = f"{digest(data)}.{KINDS[inlined['mime']]}"
        files[name] = data
        return name

    return Files(INLINED.sub(as_file, content), files)


def offered(content: str, notebook: str, repository: str) -> str:
    """A page that offers its notebook below the title.

    Args:
        content: HTML of the page.
        notebook: Name of the file, which lies beside the page.
        repository: Address of the code; empty where it is not known.
    """
    links = [f'<a href="{notebook}" download>Download this tutorial as a notebook</a>']
    if address := colab_address(repository, notebook):
        links.append(f'<a href="{address}">open it in Colab</a>')
    return content.replace("</h1>", f'</h1><p class="cf-download">{", or ".join(links)}</p>', 1)


def colab_address(repository: str, notebook: str) -> str:
    """Where Colab opens a notebook from the branch that the Pages workflow writes.

    Args:
        repository: Address of the code; empty where it is not known.
        notebook: Name of the file.

    Returns:
        Empty for a repository that is not on GitHub: Colab opens no others.

    Example:
        >>> colab_address("https://github.com/owner/name", "01-a.ipynb")
        'https://colab.research.google.com/github/owner/name/blob/notebooks/01-a.ipynb'
        >>> colab_address("", "01-a.ipynb")
        ''
    """
    found = _GITHUB.fullmatch(repository)
    return f"{COLAB}/{found[1]}/blob/{BRANCH}/{notebook}" if found else ""


def code(source: str) -> str:
    """A cell's code, in colours."""
    return str(highlight(source, PythonLexer(), HtmlFormatter(cssclass="highlight", wrapcode=True)))
