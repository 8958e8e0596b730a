import base64
from types import SimpleNamespace

from mkdocs.structure.files import Files

from hooks.tutorials import on_page_content

PICTURE = base64.b64encode(b"<svg/>").decode()
HTML = f'<h1>Look</h1><img src="data:image/svg+xml;base64,{PICTURE}" alt="Two kernels.">'


def show(uri: str, content: str, files: Files) -> str:
    page = SimpleNamespace(file=SimpleNamespace(src_uri=uri))
    plugins = SimpleNamespace(_current_plugin="tutorials")
    config = SimpleNamespace(site_dir="site", use_directory_urls=True, plugins=plugins)
    return on_page_content(content, page=page, config=config, files=files)


def test_a_tutorial_offers_its_notebook_below_the_title() -> None:
    shown = show("tutorials/03-look.ipynb", HTML, Files([]))
    assert '</h1><p class="cf-download"><a href="03-look.ipynb" download>' in shown


def test_a_picture_becomes_a_file_beside_the_page_once() -> None:
    files = Files([])
    shown = show("tutorials/03-look.ipynb", HTML + HTML, files)
    (file,) = files
    assert "base64" not in shown
    assert file.content_bytes == b"<svg/>"
    assert shown.count(f'src="{file.src_uri.removeprefix("tutorials/03-look/")}"') == 2


def test_other_pages_are_left_alone() -> None:
    assert show("index.md", HTML, Files([])) == HTML
