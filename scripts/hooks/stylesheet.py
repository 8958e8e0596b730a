"""Join the style sheets, which are kept one a subject, so that a visitor fetches one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

OURS = "assets/"
JOINED = "assets/site.css"  # beside the originals, so that their relative addresses hold
WRITTEN_LATER = {"assets/_mkdocstrings.css"}  # by a plugin


def on_files(files: Files, *, config: Any) -> Files:
    """Replace our own style sheets in `extra_css` by one, in the same order, after the others.

    Raises:
        PluginError: A style sheet of ours that `extra_css` names is not in the docs folder.
    """
    ours = [uri for uri in config.extra_css if uri not in WRITTEN_LATER and uri.startswith(OURS)]
    parts = []
    for uri in ours:
        file = files.get_file_from_path(uri)
        if file is None or file.abs_src_path is None:
            raise PluginError(f"mkdocs.yml, extra_css: {uri} is not in {config.docs_dir}")
        parts.append(Path(file.abs_src_path).read_text(encoding="utf-8"))
        files.remove(file)
    files.append(File.generated(config, JOINED, content="\n".join(parts)))
    config.extra_css = [uri for uri in config.extra_css if uri not in ours] + [JOINED]
    return files
