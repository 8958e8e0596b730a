"""Let a chapter write `<convolution-stepper>…</convolution-stepper>` as a block of its own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension


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
    """Add the tags of all widgets: a custom element's file bears its name, which has a hyphen."""
    tags = [path.stem for path in Path(config.docs_dir, "widgets").glob("*-*.js")]
    config.markdown_extensions.append(WidgetTags(tags))
    return config
