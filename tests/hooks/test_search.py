import pytest

from hooks.search import on_page_content


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<details class="mkdocstrings-source"><summary>Source',
            '<details data-search-exclude class="mkdocstrings-source"><summary>Source',
        ),
        (
            '<div class="language-python doc-signature highlight">',
            '<div data-search-exclude class="language-python doc-signature highlight">',
        ),
        ('<details class="solution">', '<details class="solution">'),
    ],
)
def test_code_of_the_api_stays_out_of_the_search(before: str, after: str) -> None:
    assert on_page_content(before) == after
