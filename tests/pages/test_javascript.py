"""Modules joined into one: the same names, each module once, and nothing that is only guessed."""

from __future__ import annotations

import re

import pytest

from pages.javascript import ModuleError, joined


def of(**texts: str) -> str:
    """Module `a`, joined with the others."""
    files = {f"{name}.js": text for name, text in texts.items()}
    return joined("a.js", files.__getitem__)


def test_a_module_that_two_import_stands_once_and_before_both() -> None:
    text = of(
        a='import { b } from "./b.js";\nimport { c } from "./c.js";',
        b='import { d } from "./d.js";\nexport const b = d;',
        c='import { d as e } from "./d.js";\nexport function c() {\n  return e;\n}',
        d="export class d {}",
    )
    assert re.findall(r"// (\w)\.js", text) in (list("dbca"), list("dcba"))
    assert "const { d: e } = $0;" in text


def test_what_a_module_keeps_to_itself_hides_nothing() -> None:
    text = of(
        a='import { b } from "./b.js";\nconst own = 1;', b="const own = 2;\nexport const b = own;"
    )
    inner = text[text.index("{ // b.js") : text.index("})();")]
    assert "const own = 2;" in inner
    assert "return { b };" in inner


def test_a_list_of_imports_may_take_several_lines() -> None:
    text = of(
        a='import {\n  b,\n  c as d,\n} from "./b.js";\nb(d);',
        b="export async function b() {}\nexport function* c() {}",
    )
    assert "const {\n  b,\n  c: d,\n} = $0;" in text


def test_all_of_a_module_can_be_imported_under_one_name() -> None:
    text = of(a='import * as words from "./b.js";', b="export const b = 1;")
    assert "const words = $0;" in text


def test_a_module_still_knows_where_it_lies() -> None:
    files = {
        "widgets/a-b.js": 'import { at } from "./lib/data.js";',
        "widgets/lib/data.js": 'export const at = new URL("../data/", import.meta.url);',
    }
    text = joined("widgets/a-b.js", files.__getitem__)
    assert 'new URL("../data/", new URL("lib/data.js", import.meta.url).href)' in text


@pytest.mark.parametrize(
    "line",
    [
        'import b from "./b.js";',
        'import "./b.js";',
        'import { b } from "elsewhere";',
        "import torch",  # a line of a longer text: it would be taken for ours elsewhere
        "export default 1;",
        "export let count = 0;",
        "export { b };",
        'export * from "./b.js";',
        "export const { b } = {};",
    ],
)
def test_a_form_that_is_not_known_is_refused(line: str) -> None:
    with pytest.raises(ModuleError, match=rf"a\.js: `{re.escape(line)}` is a form that cannot"):
        of(a=line, b="export const b = 1;")


def test_what_is_imported_must_be_exported() -> None:
    with pytest.raises(ModuleError, match=r"a\.js: b\.js does not export c, d$"):
        of(a='import { b, c, d as e } from "./b.js";', b="export const b = 1, c = 2;")


def test_a_circle_of_imports_is_refused() -> None:
    with pytest.raises(ModuleError, match=r"in a circle: \w\.js <- \w\.js <- \w\.js"):
        of(a='import { b } from "./b.js";', b='import { a } from "./a.js";\nexport const b = a;')


def test_an_import_within_the_code_stays() -> None:
    assert of(a="import(address);\n").endswith("import(address);")
