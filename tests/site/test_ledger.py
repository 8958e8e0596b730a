"""The ledger of claims: a plain table without scripts, with them one that is asked by keyboard."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from checks.built_site import BuiltSite, noted
from checks.widget_page import Opener, ask

pytestmark = pytest.mark.browser
ROWS = "#ledger > tbody > tr"


@pytest.fixture
def ledger(open_page: Opener) -> Iterator[Page]:
    with open_page("claims/") as page:
        expect(page.locator(".cf-ledger__controls")).to_be_visible()
        yield page


@pytest.fixture(scope="module")
def entries(site: BuiltSite) -> list[dict]:
    return json.loads(noted(site.folder / "claims" / "ledger.json").read_text(encoding="utf-8"))


def shown(page: Page) -> list[str]:
    return page.evaluate(
        f"() => [...document.querySelectorAll('{ROWS}:not([hidden])')].map(r => r.id)"
    )


def test_without_scripts_it_is_a_plain_table_of_all_claims(
    open_page: Opener, entries: list[dict]
) -> None:
    with open_page("claims/", scripts=False) as page:
        assert {entry["id"] for entry in entries} == set(shown(page))
        assert page.locator(".cf-ledger__controls").count() == 0
        first = page.locator(ROWS).first
        first.locator("summary").click()
        expect(first.locator("dl")).to_be_visible()


def test_the_files_say_the_same_as_the_page(
    ledger: Page, site: BuiltSite, entries: list[dict]
) -> None:
    read = """rows => rows.map(row => ({id: row.id, verdict: row.dataset.verdict,
      sentence: row.querySelector("summary").textContent.replaceAll("\\u00a0", " ")}))"""
    on_page = {row["id"]: row for row in ledger.locator(ROWS).evaluate_all(read)}
    sheet = noted(site.folder / "claims" / "ledger.csv").read_text(encoding="utf-8")
    in_table = {row["id"]: row for row in csv.DictReader(io.StringIO(sheet, newline=""))}
    assert len(entries) == len(on_page) == len(in_table)
    for entry in entries:
        for name in ("verdict", "sentence"):
            assert entry[name] == on_page[entry["id"]][name] == in_table[entry["id"]][name]
    for kind in ("json", "csv"):
        link = ledger.get_by_role("link", name=f"ledger.{kind}")
        assert ledger.request.get(link.evaluate("link => link.href")).ok


def test_a_verdict_is_chosen_by_keyboard_counted_and_announced(
    ledger: Page, entries: list[dict]
) -> None:
    ledger.get_by_label("Verdict").focus()
    ledger.keyboard.type("und")
    wanted = [entry["id"] for entry in entries if entry["verdict"] == "undecided"]
    assert sorted(shown(ledger)) == sorted(wanted)
    words = f"{len(wanted)} of {len(entries)} claims, by chapter, first chapter first."
    expect(ledger.locator(".cf-ledger__count")).to_have_text(words)
    expect(ledger.locator("output.cf-spoken")).to_have_text(words)
    ledger.keyboard.press("Tab")
    ledger.keyboard.press("Tab")
    ledger.keyboard.type("no such words")
    assert shown(ledger) == []
    ledger.keyboard.press("Tab")
    ledger.keyboard.press("Enter")
    assert len(shown(ledger)) == len(entries)


def test_a_heading_sorts_by_keyboard_and_says_so(ledger: Page) -> None:
    margins = "() => [...document.querySelectorAll('#ledger tbody tr')].map(r => r.dataset.margin)"
    for way in ("descending", "ascending"):
        button = ledger.get_by_role("button", name="Margin")
        button.focus()
        ledger.keyboard.press("Enter")
        head = ledger.locator("#ledger th[aria-sort]")
        assert head.get_attribute("aria-sort") == way
        assert head.inner_text().startswith("Margin")
        found = [float(each) for each in ledger.evaluate(margins) if each]
        assert found == sorted(found, reverse=way == "descending")
        assert not any(ledger.evaluate(margins)[len(found) :])  # counts come last
        expect(button).to_be_focused()


def test_an_address_asks_for_what_is_shown_and_keeps_it(open_page: Opener) -> None:
    with open_page("claims/?ledger.text=guided&ledger.by=margin") as page:
        assert page.locator("#ledger-text").input_value() == "guided"
        some = shown(page)
        assert 0 < len(some) < 20
        page.get_by_role("button", name="Show all").click()
        page.wait_for_function("() => !location.search.includes('ledger')")
    with open_page("claims/?ledger.verdict=<b>&ledger.chapter=999&ledger.by=x") as page:
        assert len(shown(page)) > len(some)


def test_a_link_to_an_entry_opens_it_even_if_it_is_filtered_out(open_page: Opener) -> None:
    with open_page("claims/?ledger.text=guided#training-adds-edges") as page:
        entry = page.locator("#training-adds-edges")
        expect(entry.locator("dl")).to_be_visible()
        expect(entry).to_be_in_viewport()


@pytest.mark.parametrize("path", ["claims/", "learning/13-what-makes-edges/"])
def test_the_type_of_a_strip_has_twelve_pixels_on_a_phone(open_page: Opener, path: str) -> None:
    sizes = """strips => strips.map(strip => 12 * strip.getBoundingClientRect().width
      / strip.viewBox.baseVal.width)"""
    with open_page(path) as page:
        page.set_viewport_size({"width": 390, "height": 844})
        found = page.locator(".cf-strip").evaluate_all(sizes)
        assert len(found) >= 6
        assert min(found) >= 11.9
        page.locator(":is(.cf-ledger, .cf-claim) summary").first.click()
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def rows(page: Page, call: str) -> object:
    """What an expression over the ledger's own module, `module`, gives."""
    (found,) = ask(page, "../assets/ledger_rows.js", f"() => {call}", [None])
    return found


ENTRIES = """[
  {text: "Edges need a café", sentence: "Edges", verdict: "undecided", chapter: "13", margin: 0.5},
  {text: "Counted", sentence: "Counted", verdict: "supported", chapter: "9", margin: NaN},
  {text: "edges again", sentence: "again", verdict: "refuted", chapter: "2", margin: -1},
]"""


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("{}", 3),
        ("{text: 'EDGES'}", 2),
        ("{text: ' need  edges '}", 1),
        ("{text: 'cafe'}", 1),
        ("{verdict: 'refuted'}", 1),
        ("{verdict: 'refuted', chapter: '13'}", 0),
    ],
)
def test_entries_match_every_word_and_choice(bare: Page, asked: str, found: int) -> None:
    wanted = f"{{...module.ALL, ...{asked}}}"
    assert rows(bare, f"{ENTRIES}.filter(row => module.matches(row, {wanted})).length") == found


@pytest.mark.parametrize(
    ("column", "descending", "order"),
    [
        ("chapter", False, ["again", "Counted", "Edges"]),  # 2, 9, 13: numbers, not letters
        ("margin", True, ["Edges", "again", "Counted"]),
        ("margin", False, ["again", "Edges", "Counted"]),
        ("verdict", False, ["Counted", "Edges", "again"]),
        ("sentence", True, ["Edges", "Counted", "again"]),
    ],
)
def test_entries_are_put_in_order(bare: Page, column: str, descending: bool, order: list) -> None:
    asked = json.dumps({"column": column, "descending": descending})
    assert rows(bare, f"module.ordered({ENTRIES}, {asked}).map(row => row.sentence)") == order


def test_a_column_pressed_again_is_turned_round(bare: Page) -> None:
    twice = "module.pressed(module.pressed(module.AS_TOLD, 'verdict'), 'verdict')"
    assert rows(bare, twice) == {"column": "verdict", "descending": True}
