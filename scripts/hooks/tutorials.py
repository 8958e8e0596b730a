"""Show the executed tutorials: rendered by the site's own Markdown, not by the notebook's style.

mkdocs-jupyter's stock template drops alt texts, leaves formulas and links unrendered and puts
590 kB of style sheet into each page. The template beside this file has none of that.
"""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

import markdown
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import _RelativePathTreeprocessor
from mkdocs_jupyter.config import settings
from nbconvert.exporters.templateexporter import default_filters
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from cnnfilters.provenance import digest
from pipeline.places import NOTEBOOKS

KINDS = {"image/svg+xml": "svg", "text/csv": "csv"}
INLINED = re.compile(r"data:(?P<mime>image/svg\+xml|text/csv);base64,(?P<data>[A-Za-z0-9+/=]+)")
COLAB = "https://colab.research.google.com/github"
BRANCH = "notebooks"  # written by .github/workflows/pages.yml
_GITHUB = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")

_renderer: dict[str, markdown.Markdown] = {}  # of the page that is being rendered


def on_config(config: Any) -> Any:
    """Give nbconvert our template and the two filters that it uses."""
    settings.templates_dir = str(Path(__file__).parent / "notebook_template")
    default_filters["site_markdown"] = _markdown
    default_filters["site_code"] = _code
    return config


@event_priority(100)  # before mkdocs-jupyter looks for notebooks
def on_files(files: Files, *, config: Any) -> Files:
    """Put the executed notebook in the place of each tutorial's source."""
    for file in list(files):
        path = Path(file.src_uri)
        if path.parent.as_posix() == "tutorials" and path.suffix == ".py":
            files.remove(file)
            notebook = f"tutorials/{path.stem}.ipynb"
            urls = config.use_directory_urls
            files.append(File(notebook, str(NOTEBOOKS), config.site_dir, urls))
    return files


@event_priority(100)
def on_pre_page(page: Any, *, config: Any, files: Files) -> Any:
    """Prepare the site's Markdown for this page, so that links are resolved and checked."""
    renderer = markdown.Markdown(
        extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {}
    )
    _RelativePathTreeprocessor(page.file, files, config)._register(renderer)
    _renderer["markdown"] = renderer
    return page


def on_page_content(content: str, *, page: Any, config: Any, files: Files) -> str:
    """Offer the notebook, which lies beside its page; fetch pictures as files, when in sight."""
    if not page.file.src_uri.endswith(".ipynb"):
        return content
    name = Path(page.file.src_uri)
    links = [f'<a href="{name.name}" download>Download this tutorial as a notebook</a>']
    if address := colab_address(config.extra.get("repository", ""), name.name):
        links.append(f'<a href="{address}">open it in Colab</a>')
    content = content.replace("</h1>", f'</h1><p class="cf-download">{", or ".join(links)}</p>', 1)

    def as_file(inlined: re.Match[str]) -> str:
        data = base64.b64decode(inlined["data"])
        address = f"{digest(data)}.{KINDS[inlined['mime']]}"
        uri = f"{name.with_suffix('')}/{address}"
        if files.get_file_from_path(uri) is None:
            files.append(File.generated(config, uri, content=data))
        return address

    return INLINED.sub(as_file, content)


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


def _markdown(text: str) -> str:
    return _renderer["markdown"].convert(text)


def _code(source: str) -> str:
    return str(highlight(source, PythonLexer(), HtmlFormatter(cssclass="highlight", wrapcode=True)))
