"""Let a chapter write `<convolution-stepper>…</convolution-stepper>`, and send it as one script."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from pipeline.javascript import ModuleError, joined

PAGE = "assets/main.js"  # what every page runs; the only other script that imports anything


class WidgetTags(Extension):
    """Custom elements as block elements; Markdown would put them into a paragraph.

    Args:
        tags: Their names.
    """

    def __init__(self, tags: Iterable[str]) -> None:
        super().__init__()
        self.tags = sorted(tags)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Called by Markdown."""
        md.block_level_elements.extend(self.tags)


def on_config(config: Any) -> Any:
    """Know the tags of all widgets: a custom element's file bears its name, which has a hyphen.

    Every page names them to its script (overrides/main.html): other unknown elements, which
    extensions of the browser put into a page, are none of ours.
    """
    tags = sorted(path.stem for path in Path(config.docs_dir, "widgets").glob("*-*.js"))
    config.markdown_extensions.append(WidgetTags(tags))
    config.extra["widgets"] = tags
    return config


def on_files(files: Files, *, config: Any) -> Files:
    """Put into the script of a widget, and of the pages, what it imports.

    Raises:
        PluginError: A module cannot be joined with others, or is not there.
    """

    def read(path: str) -> str:
        return Path(config.docs_dir, path).read_text(encoding="utf-8")

    for path in [PAGE, *(f"widgets/{tag}.js" for tag in config.extra["widgets"])]:
        file = files.get_file_from_path(path)
        try:
            script = joined(path, read)
        except (ModuleError, OSError) as error:
            raise PluginError(f"{path}: {error}") from None
        if file is not None:
            files.remove(file)
        files.append(File.generated(config, path, content=script))
    return files
