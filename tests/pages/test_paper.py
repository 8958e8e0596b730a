import pytest

from pages.paper import addressed


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
