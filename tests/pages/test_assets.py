"""Widget tags, and the one script of each."""

from pathlib import Path

import markdown
import pytest

from pages.assets import WidgetTags, scripts, tags
from pipeline.processes import BuildError


def write(docs: Path, **files: str) -> Path:
    for name, text in files.items():
        path = docs / name.replace("__", "/").replace("_", "-")
        path.with_suffix(".js").parent.mkdir(exist_ok=True)
        path.with_suffix(".js").write_text(text)
    return docs


def test_a_widget_is_a_block_of_its_own(tmp_path: Path):
    found = tags(write(tmp_path, widgets__digit_lab="", widgets__convolution=""))
    assert found == ["digit-lab"]
    block = "<digit-lab>\n<p>Without a script.</p>\n</digit-lab>"
    assert markdown.markdown(block, extensions=[WidgetTags(found)]) == block
    assert markdown.markdown(block) != block


def test_a_widget_is_one_script_and_so_are_those_of_the_pages_and_of_the_ledger(tmp_path: Path):
    docs = write(
        tmp_path,
        widgets__kernel="export const kernel = 1;",
        widgets__digit_lab='import { kernel } from "./kernel.js";',
        assets__main='import { kernel } from "../widgets/kernel.js";',
        assets__ledger='import { kernel } from "../widgets/kernel.js";',
    )
    joined = scripts(docs)
    assert set(joined) == {"widgets/digit-lab.js", "assets/main.js", "assets/ledger.js"}
    for script in joined.values():
        assert "const kernel = 1;" in script
        assert "import {" not in script


def test_a_script_that_cannot_be_joined_is_named(tmp_path: Path):
    docs = write(tmp_path, assets__main='import { gone } from "./gone.js";')
    with pytest.raises(BuildError, match=r"assets/main\.js: .*gone\.js"):
        scripts(docs)
