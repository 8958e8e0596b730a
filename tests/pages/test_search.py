import pytest

from pages.search import sought


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
    assert sought(before) == after
