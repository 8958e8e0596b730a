import base64

import pytest

from pages.notebooks import colab_address, offered, with_files

PICTURE = base64.b64encode(b"<svg/>").decode()
HTML = f'<h1>Look</h1><img src="data:image/svg+xml;base64,{PICTURE}" alt="Two kernels.">'


def test_a_tutorial_offers_its_notebook_below_the_title() -> None:
    shown = offered(HTML, "03-look.ipynb", "")
    assert '</h1><p class="cf-download"><a href="03-look.ipynb" download>' in shown


def test_colab_is_offered_only_where_the_repository_is_known() -> None:
    known = offered(HTML, "03-look.ipynb", "https://github.com/owner/name")
    address = "https://colab.research.google.com/github/owner/name/blob/notebooks/03-look.ipynb"
    assert f'notebook</a>, or <a href="{address}">open it in Colab</a></p>' in known
    assert "colab" not in offered(HTML, "03-look.ipynb", "")


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
    shown = with_files(HTML + HTML)
    [(name, data)] = shown.files.items()
    assert "base64" not in shown.content
    assert data == b"<svg/>"
    assert shown.content.count(f'src="{name}"') == 2
