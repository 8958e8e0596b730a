"""The ledger as data says the same as the page, in fields that the page documents."""

import csv
import io
import json
import re

import pytest

from cnnfilters.evidence import Chance, Claim, Interval, Rule
from pages import ledger_data
from pipeline.places import ROOT, Places

MEASURED = Claim(
    "A < B, “so”.",
    "b less a",
    "points",
    Interval.of([2.0, 2.125, 1.875], digits=[2.0, 2.1, 1.9]),
    Rule(above=0),
    chance=Chance(0.0, "no difference"),
    steps=190,
    digits=1_000,
    exploratory="written late",
    source="cnnfilters/experiments/units.py",
    elsewhere={"on MNIST": Claim("A.", "a", "", Interval(1, 0, 2, 10), Rule(above=1), steps=9)},
)
COUNTED = Claim("C.", "c", "", Interval.exactly(156), Rule(below=200))
CLAIMS = {"more": MEASURED, "counted": COUNTED}
KINDS = {
    "id": str, "sentence": str, "quantity": str, "unit": str, "values": list, "interval": dict,
    "rule": dict, "verdict": str, "chance": (int, float, type(None)), "networks": int,
    "steps": int, "digits": int, "exploratory": bool, "source": str, "elsewhere": list,
}  # fmt: skip


def test_an_entry_has_the_documented_fields_in_their_order():
    page = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)
    assert documented == list(ledger_data.FIELDS) == list(KINDS)
    for entry in json.loads(ledger_data.as_json(CLAIMS)):
        assert list(entry) == documented


def test_each_field_has_its_kind():
    for entry in json.loads(ledger_data.as_json(CLAIMS)):
        for field, kind in KINDS.items():
            assert isinstance(entry[field], kind), field


def test_an_entry_says_what_was_measured():
    more, counted = json.loads(ledger_data.as_json(CLAIMS))
    assert more["id"] == "more"
    assert more["sentence"] == "A < B, “so”."
    assert more["values"] == [2.0, 2.125, 1.875]
    interval = MEASURED.interval
    assert more["interval"] == {"mean": 2.0, "low": interval.low, "high": interval.high}
    assert more["rule"] == {"above": 0, "below": None}
    assert (more["verdict"], more["chance"], more["exploratory"]) == ("supported", 0.0, True)
    assert (more["networks"], more["steps"], more["digits"]) == (3, 190, 1_000)
    (other,) = more["elsewhere"]
    assert other["interval"] == {"mean": 1, "low": 0, "high": 2}
    del other["interval"]
    assert other == {"where": "on MNIST", "verdict": "undecided", "networks": 10, "steps": 9}
    assert counted["elsewhere"] == []
    assert (counted["values"], counted["networks"], counted["chance"]) == ([156], 0, None)


def test_the_table_holds_the_same_as_the_list():
    rows = list(csv.DictReader(io.StringIO(ledger_data.as_csv(CLAIMS), newline="")))
    for row, entry in zip(rows, json.loads(ledger_data.as_json(CLAIMS)), strict=True):
        assert (row["id"], row["sentence"]) == (entry["id"], entry["sentence"])
        others = [f"{other['where']}: {other['verdict']}" for other in entry["elsewhere"]]
        assert row["elsewhere"] == "; ".join(others)
        assert [float(value) for value in row["values"].split()] == entry["values"]
        for field, part in (("interval", "low"), ("interval", "high"), ("rule", "above")):
            assert row[f"{field}.{part}"] == (
                "" if entry[field][part] is None else str(entry[field][part])
            )
        assert row["exploratory"] == str(entry["exploratory"]).lower()


@pytest.fixture
def built():
    path = Places.of(ROOT).generated / "claims" / "ledger.json"
    if not path.exists():
        pytest.skip("nothing has been built")
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_last_build_wrote_every_claim_with_its_source(built):
    from cnnfilters.claims import CLAIMS as ALL  # it reads every experiment

    assert [entry["id"] for entry in built] == list(ALL)
    for entry in built:
        assert (ROOT / entry["source"]).is_file(), entry["id"]
        assert entry["id"] in (ROOT / entry["source"]).read_text(encoding="utf-8")


def test_every_measured_claim_of_the_last_build_follows_from_its_values(built):
    for entry in built:
        rule = Rule(**{side: limit for side, limit in entry["rule"].items() if limit is not None})
        ends = entry["interval"]
        interval = Interval(ends["mean"], ends["low"], ends["high"], entry["networks"])
        assert rule.verdict(interval) == entry["verdict"], entry["id"]
        mean = sum(entry["values"]) / len(entry["values"])
        assert mean == pytest.approx(ends["mean"]), entry["id"]
        assert len(entry["values"]) == max(1, entry["networks"]), entry["id"]
