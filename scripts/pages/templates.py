"""Fill a page's template again, and read the page for the search, only if it would look different.

The site generator's objects are handed in: this module imports none of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from pages.memory import Memory, signature


class Compiled(BytecodeCache):
    """Templates that were compiled; each build asks for them with an environment of its own."""

    def __init__(self) -> None:
        self.code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja, which checks that the source is the same."""
        if bucket.key in self.code:
            bucket.bytecode_from_string(self.code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja."""
        self.code[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def environment(env: Any, memory: Memory, config: Any, files: Any) -> Any:
    """The templates, which remember what they made of each page.

    Args:
        env: The site generator's templates.
        memory: Of the earlier builds.
        config: The site's settings.
        files: With their pages, which are rendered.
    """
    if not memory.on:
        return env
    if search := config.plugins.get("material/search"):
        _keep_entries(search.search_index, memory)
    env.bytecode_cache = COMPILED
    return _Environment(env, memory, _around(config, files))


def _around(config: Any, files: Any) -> object:
    """All that templates read of the site: the navigation holds the titles of its pages."""
    pages = [file.page for file in files.documentation_pages() if file.page]
    return (
        [(page.title, page.url, repr(page.meta)) for page in pages],
        signature(Path(config.config_file_path), Path(config.theme.custom_dir)),
        (repr(config.extra), list(config.extra_css), config.site_url),
    )


def _keep_entries(index: Any, memory: Memory) -> None:
    add = index.add_entry_from_context

    def entries(page: Any) -> list[Any]:
        before = len(index.entries)
        add(page)
        added = index.entries[before:]
        del index.entries[before:]
        return list(added)

    def remembered(page: Any) -> None:
        slot = ("search", page.file.src_uri)
        index.entries += memory.recall(slot, _shown(page), lambda: entries(page))

    index.add_entry_from_context = remembered


class _Environment:
    """The templates, each of which remembers what it made of a page."""

    def __init__(self, env: Any, memory: Memory, around: object) -> None:
        self.env, self.memory, self.around = env, memory, around

    def __getattr__(self, name: str) -> Any:
        return getattr(self.env, name)

    def get_template(self, name: str) -> Any:
        return _Template(self.env.get_template(name), self)


class _Template:
    """Answers as the template does."""

    def __init__(self, template: Any, environment: _Environment) -> None:
        self.template, self.environment = template, environment

    def __getattr__(self, name: str) -> Any:
        return getattr(self.template, name)

    def render(self, context: Any) -> str:
        page, around = context["page"], self.environment.around
        if page is None:
            return str(self.template.render(context))
        inputs = (_shown(page), self.template.name, around)
        slot = ("template", page.file.src_uri)
        return self.environment.memory.recall(
            slot, inputs, lambda: str(self.template.render(context))
        )


def _shown(page: Any) -> tuple[str, ...]:
    """All that a template and the search read of a page."""
    return (page.content, str(page.toc), str(page.title), page.url, repr(page.meta))
