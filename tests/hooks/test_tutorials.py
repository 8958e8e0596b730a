import base64
from types import SimpleNamespace

import pytest
from mkdocs.structure.files import Files

from hooks.tutorials import colab_address, on_page_content

PICTURE = base64.b64encode(b"<svg/>").decode()
HTML = f'<h1>Look</h1><img src="data:image/svg+xml;base64,{PICTURE}" alt="Two kernels.">'


def show(uri: str, content: str, files: Files, repository: str = "") -> str:
    page = SimpleNamespace(file=SimpleNamespace(src_uri=uri))
    plugins = SimpleNamespace(_current_plugin="tutorials")
    config = SimpleNamespace(
        site_dir="site",
        use_directory_urls=True,
        plugins=plugins,
        extra={"repository": repository},
    )
    return on_page_content(content, page=page, config=config, files=files)


def test_a_tutorial_offers_its_notebook_below_the_title() -> None:
    shown = show("tutorials/03-look.ipynb", HTML, Files([]))
    assert '</h1><p class="cf-download"><a href="03-look.ipynb" download>' in shown


def test_colab_is_offered_only_where_the_repository_is_known() -> None:
    known = show("tutorials/03-look.ipynb", HTML, Files([]), "https://github.com/owner/name")
    address = "https://colab.research.google.com/github/owner/name/blob/notebooks/03-look.ipynb"
    assert f'notebook</a>, or <a href="{address}">open it in Colab</a></p>' in known
    assert "colab" not in show("tutorials/03-look.ipynb", HTML, Files([]))


@pytest.mark.parametrize(
    ("repository", "path"),
    [
        ("https://github.com/owner/name.git", "owner/name"),
        ("https://github.com/owner/na.me/", "owner/na.me"),
        ("https://example.org/owner/name", None),
        ("https://github.com/owner", None),
        ('https://github.com/owner/name" onclick="', None),
    ],
)
def test_only_an_address_on_github_leads_to_colab(repository: str, path: str | None) -> None:
    address = colab_address(repository, "01-a.ipynb")
    start = "https://colab.research.google.com/github"
    assert address == (f"{start}/{path}/blob/notebooks/01-a.ipynb" if path else "")


def test_a_picture_becomes_a_file_beside_the_page_once() -> None:
    files = Files([])
    shown = show("tutorials/03-look.ipynb", HTML + HTML, files)
    (file,) = files
    assert "base64" not in shown
    assert file.content_bytes == b"<svg/>"
    assert shown.count(f'src="{file.src_uri.removeprefix("tutorials/03-look/")}"') == 2


def test_other_pages_are_left_alone() -> None:
    assert show("index.md", HTML, Files([])) == HTML
