"""The last touches to a page: numbers keep their units, and code stays as it is."""

import pytest

from pages.finish import addressed, finished, joined, parted, sought


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


@pytest.mark.parametrize(
    ("link", "printed"),
    [
        ('<a href="https://example.org/x/">', "example.org/x"),
        ('<a class="b" href="http://example.org">', "example.org"),
        ('<a href="https://example.org/?q=doi.org/1">', "example.org/?q=doi.org/1"),
        ('<a href="https://doi.org/10.1109/5.726791">', None),
        ('<a href="https://arxiv.org/abs/1603.07285">', None),
        ('<a href="../glossary/#kernel">', None),
        ('<a name="https://example.org"><b href="https://example.org">', None),
    ],
)
def test_only_a_link_whose_words_do_not_say_it_is_given_its_address(
    link: str, printed: str | None
) -> None:
    noted = addressed(link)
    assert (f'data-printed="{printed}"' in noted) if printed else noted == link
    assert noted.replace(f'data-printed="{printed}" ', "") == link


@pytest.mark.parametrize("unit", ["%", "px"])
def test_a_number_and_its_unit_do_not_part(unit: str) -> None:
    assert joined(f"<p>At 98.6 {unit}.</p>") == f"<p>At 98.6\u00a0{unit}.</p>"


@pytest.mark.parametrize(
    "content",
    [
        "<pre><code>7 % 2</code></pre>",
        "<p><code>7 % 2</code></p>",
        "<script>7 % 2</script>",
        "<p>10 pxl, a % b</p>",
    ],
)
def test_other_text_stays_as_it_is(content: str) -> None:
    assert joined(content) == content


@pytest.mark.parametrize(
    "content",
    [
        "<p>cnnfilters.run</p>",
        '<span class="doc-function-name">train</span>',
        "<pre><code>cnnfilters.run</code></pre>",
    ],
)
def test_a_dotted_name_parts_in_headings_alone(content: str) -> None:
    assert parted(content) == content


def test_all_of_them_are_done() -> None:
    page = '<details class="mkdocstrings-source"><a href="https://a.org">At 7 %.</a>'
    assert finished(page) == (
        '<details data-search-exclude class="mkdocstrings-source">'
        '<a data-printed="a.org" href="https://a.org">At 7\u00a0%.</a>'
    )
