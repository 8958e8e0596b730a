"""Join an ES module and what it imports into one module, so that a reader fetches one file.

Our modules are many and small, since that is how they are read. Sent one by one they come in as
many waves as imports are deep. A module here becomes a function that returns what it exports, in
an order in which a browser could run them; the text stays as it is, but for comments that have
lines of their own, which are half of it. Nothing is guessed: a line that begins with `import` or
`export` and has none of the few forms that are used is refused.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter

_IMPORT = re.compile(
    r'^import\s*(?:\{(?P<names>[^{}]*)\}|\*\s*as\s+(?P<all>[\w$]+))\s*from\s*"(?P<path>\.[^"]*)";',
    re.MULTILINE,
)
_EXPORT = re.compile(
    r"^export\s+(?=(?:(?:async\s+)?function\s*\*?|const|class)\s+(?P<name>[\w$]+))", re.MULTILINE
)
_OTHER = re.compile(r"^(?:import|export)\b(?!\s*\().*", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/)[\s\S])*\*/|//[^\n]*)[ \t]*\n", re.MULTILINE)
_PLACE = "import.meta.url"


class ModuleError(ValueError):
    """A module that cannot be joined; the message names it and what stands there."""


def joined(entry: str, read: Callable[[str], str]) -> str:
    """One module that does what `entry` does, with all that it imports in it.

    Args:
        entry: The module's path, with slashes.
        read: Gives the text of the module at a path.

    Raises:
        ModuleError: Modules import each other in a circle, or what is not exported, or one imports
            or exports in another form than `import { a, b as c } from "./x.js";`,
            `import * as x from "./x.js";` and `export function`, `const` or `class`.

    Example:
        >>> files = {"a.js": 'import { one } from "./b.js";', "b.js": "export const one = 1;"}
        >>> print(joined("a.js", files.__getitem__))
        const $0 = (() => { // b.js
        const one = 1;
        return { one };
        })();
        // a.js
        const { one } = $0;
        >>> print(joined("b.js", files.__getitem__))
        // b.js
        const one = 1;
        export { one };
    """
    modules = {module.path: module for module in _in_order(entry, read)}
    names = {path: f"${turn}" for turn, path in enumerate(modules)}
    folder = posixpath.dirname(entry)
    parts = []
    for path, module in modules.items():
        text = module.inside(folder, modules, names)
        if path != entry:
            parts += [f"const {names[path]} = (() => {{ // {path}", text, module.returned, "})();"]
    exported = modules[entry].exports
    last = [f"export {{ {', '.join(exported)} }};"] if exported else []
    return "\n".join([*parts, f"// {entry}", text, *last])


class _Module:
    """The text of one module, and what it says of others."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text
        self.exports = [match["name"] for match in _EXPORT.finditer(text)]
        self.imports = [self._path(match) for match in _IMPORT.finditer(text)]

    @property
    def returned(self) -> str:
        """The last line of the function that it becomes."""
        return f"return {{ {', '.join(self.exports)} }};"

    def inside(self, folder: str, modules: dict[str, _Module], names: dict[str, str]) -> str:
        """Its text in a file in `folder` that holds all modules under these names."""

        def imported(match: re.Match[str]) -> str:
            path = self._path(match)
            self._check(match["names"] or "", modules[path])
            taken = match["all"] or f"{{{match['names'].replace(' as ', ': ')}}}"
            return f"const {taken} = {names[path]};"

        text = _EXPORT.sub("", _IMPORT.sub(imported, self.text))
        if other := _OTHER.search(text):
            raise ModuleError(f"{self.path}: `{other[0]}` is a form that cannot be joined")
        if _PLACE in text:  # where the module lies, said from where the joined one does
            here = posixpath.relpath(self.path, folder or ".")
            text = text.replace(_PLACE, f'new URL("{here}", {_PLACE}).href')
        return _COMMENT.sub("", f"{text.strip()}\n").strip()

    def _check(self, taken: str, source: _Module) -> None:
        """Refuse what a browser would refuse, too, and what an export in a list would hide."""
        wanted = {name.split(" as ")[0].strip() for name in taken.split(",") if name.strip()}
        if missing := sorted(wanted - set(source.exports)):
            raise ModuleError(f"{self.path}: {source.path} does not export {', '.join(missing)}")

    def _path(self, match: re.Match[str]) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), match["path"]))


def _in_order(entry: str, read: Callable[[str], str]) -> Iterator[_Module]:
    """What a module imports, directly or not, each after its own imports; itself at the end."""
    modules, waiting = dict[str, _Module](), [entry]
    while waiting:
        path = waiting.pop()
        if path not in modules:
            modules[path] = _Module(path, read(path))
            waiting += modules[path].imports
    sorter = TopologicalSorter({path: module.imports for path, module in modules.items()})
    try:
        yield from (modules[path] for path in sorter.static_order())
    except CycleError as error:
        circle = " <- ".join(error.args[1])
        raise ModuleError(f"modules import each other in a circle: {circle}") from None
