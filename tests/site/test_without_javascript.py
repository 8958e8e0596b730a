"""Whoever reads without JavaScript reads the same text, and meets no control that is dead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.browsing import main_text
from checks.pages import each_kind_of_page
from checks.scriptless import LEAST, dead_controls, share_without_scripts
from checks.visit import Visit

pytestmark = pytest.mark.browser
CONTROLS = '<label for="stride">Stride</label> <input id="stride" type="number" value="1">'
SCRIPT = "<script>document.querySelector('h2').after('Only a script says this.')</script>"


@each_kind_of_page
def test_the_text_is_there_without_scripts_and_nothing_is_dead(
    open_page: Callable, visited: Callable[[str], Visit], path: str
) -> None:
    with open_page(path, scripts=False) as page:
        assert dead_controls(page) == []
        assert share_without_scripts(visited(path).text, main_text(page)) >= LEAST


@pytest.mark.full
@pytest.mark.parametrize(("script", "needed"), [("", False), (SCRIPT, True)])
def test_text_made_by_a_script_is_caught(
    open_planted: Callable, visit_planted: Callable[..., Visit], script: str, needed: bool
) -> None:
    seen = visit_planted("</main>", f"{script}</main>")
    with open_planted("</main>", f"{script}</main>", scripts=False) as page:
        share = share_without_scripts(seen.text, main_text(page))
    assert (share < LEAST) == needed


@pytest.mark.full
@pytest.mark.parametrize(
    ("control", "dead"),
    [
        ("<button>Draw</button>", ["button. does nothing"]),
        ("<button hidden>Draw</button>", []),
        ("<label for='menu'>Menu</label><input id='menu' type='checkbox' hidden>", []),
    ],
    ids=["button", "put away", "opened by a style"],
)
def test_a_dead_control_is_caught(open_planted: Callable, control: str, dead: list[str]) -> None:
    with open_planted(CONTROLS, control, scripts=False) as page:
        assert dead_controls(page) == dead
