"""Style sheets and widget tags: what joins the site together."""

from pathlib import Path
from types import SimpleNamespace

import markdown
import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from hooks import stylesheet, widgets


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    settings = MkDocsConfig()
    settings.load_dict(
        {"site_name": "x", "docs_dir": str(tmp_path), "site_dir": str(tmp_path / "s")}
    )
    settings.validate()
    settings.plugins._current_plugin = "test"  # mkdocs sets it while it calls a hook
    (tmp_path / "assets").mkdir()
    return settings


def docs(config: MkDocsConfig, **sheets: str) -> Files:
    files = []
    for name, text in sheets.items():
        path = Path(config.docs_dir, "assets", f"{name}.css")
        path.write_text(text)
        files.append(File(f"assets/{name}.css", config.docs_dir, config.site_dir, True))
    return Files(files)


def test_our_style_sheets_become_one_in_their_order(config: MkDocsConfig):
    config.extra_css = ["assets/_mkdocstrings.css", "assets/b.css", "assets/a.css"]
    files = stylesheet.on_files(docs(config, a="a{}", b="b{}"), config=config)
    assert [file.src_uri for file in files] == [stylesheet.JOINED]
    assert next(iter(files)).content_string == "b{}\na{}"
    assert config.extra_css == ["assets/_mkdocstrings.css", stylesheet.JOINED]


def test_a_style_sheet_that_is_not_there_is_named(config: MkDocsConfig):
    config.extra_css = ["assets/gone.css"]
    with pytest.raises(PluginError, match=r"extra_css: assets/gone\.css is not in"):
        stylesheet.on_files(docs(config), config=config)


def test_a_widget_is_a_block_of_its_own(tmp_path: Path):
    (tmp_path / "widgets").mkdir()
    for name in ("digit-lab.js", "convolution.js"):
        (tmp_path / "widgets" / name).touch()
    config = SimpleNamespace(docs_dir=str(tmp_path), markdown_extensions=[], extra={})
    [tags] = widgets.on_config(config).markdown_extensions
    assert tags.tags == config.extra["widgets"] == ["digit-lab"]
    block = "<digit-lab>\n<p>Without a script.</p>\n</digit-lab>"
    assert markdown.markdown(block, extensions=[tags]) == block
    assert markdown.markdown(block) != block


def script(config: MkDocsConfig, path: str, text: str) -> File:
    place = Path(config.docs_dir, path)
    place.parent.mkdir(exist_ok=True)
    place.write_text(text)
    return File(path, config.docs_dir, config.site_dir, True)


def test_a_widget_is_one_script_and_the_pages_have_one(config: MkDocsConfig):
    kernel = script(config, "widgets/kernel.js", "export const kernel = 1;")
    lab = script(config, "widgets/digit-lab.js", 'import { kernel } from "./kernel.js";')
    page = script(config, "assets/main.js", 'import { kernel } from "../widgets/kernel.js";')
    widgets.on_config(config)
    files = widgets.on_files(Files([kernel, lab, page]), config=config)
    joined = {file.src_uri: file.content_string for file in files}
    assert joined["widgets/kernel.js"] == "export const kernel = 1;"  # as it was
    for path in ("widgets/digit-lab.js", "assets/main.js"):
        assert "const kernel = 1;" in joined[path]
        assert "import {" not in joined[path]


def test_a_script_that_cannot_be_joined_is_named(config: MkDocsConfig):
    page = script(config, "assets/main.js", 'import { gone } from "./gone.js";')
    widgets.on_config(config)
    with pytest.raises(PluginError, match=r"assets/main\.js: .*gone\.js"):
        widgets.on_files(Files([page]), config=config)
