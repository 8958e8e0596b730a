"""Leave out of a tiny build the pages that it does not make."""

from __future__ import annotations

from typing import Any

from pathspec.gitignore import GitIgnoreSpec

from pipeline.profile import KEPT, is_tiny


def on_config(config: Any) -> Any:
    """Exclude all pages but a few, and let the navigation follow from these."""
    if is_tiny():
        kept = [f"!/{page.replace('.py', '.ipynb')}" for page in sorted(KEPT["pages"])]
        config.exclude_docs = GitIgnoreSpec.from_lines(["*.md", "*.ipynb", *kept])
        config.nav = None
    return config
