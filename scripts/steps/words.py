"""Write down what sentences say: facts, claims, and the ledger of claims."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cnnfilters.evidence import Claim
from cnnfilters.files import write_atomically
from cnnfilters.provenance import digest
from cnnfilters.results import Recipe, Results
from cnnfilters.words import NOT_FINITE
from pages import ledger, ledger_data, overview
from pages.chapter import read_chapters
from pages.marks import BASE
from pipeline.manifest import results_key
from pipeline.places import Places
from pipeline.processes import BuildError, run_step
from pipeline.stamps import begin_if_stale, stamp
from pipeline.verdicts import elsewhere

LEDGER = f"{BASE}claims/"
PAGES = Path(ledger.__file__).parent
WORDING = ("ledger.py", "ledger_data.py", "overview.py")  # what makes pages and data of claims
DATA = {"claims/ledger.json": ledger_data.as_json, "claims/ledger.csv": ledger_data.as_csv}


def write_words(places: Places, *, force: bool = False) -> None:
    """Measure the facts that sentences use, if what they depend on changed."""
    if force or begin_if_stale(places, "words", _key(places)):
        run_step(Words(places))


def _key(places: Places) -> str:
    """The ledger names chapters, so it is written again when one has another title."""
    headings = [chapter.heading for chapter in read_chapters(places.docs)]
    wording = [digest((PAGES / name).read_bytes()) for name in WORDING]
    wording += [digest(path.read_bytes()) for path in sorted(places.measured.glob("*.json"))]
    return digest(results_key(places, "cnnfilters.facts", "cnnfilters.claims"), headings, wording)


@dataclass(frozen=True)
class Words:
    """The step's own process."""

    places: Places

    def run(self) -> None:
        """Measure all facts and claims."""
        from cnnfilters.claims import CLAIMS
        from cnnfilters.evidence import Family
        from cnnfilters.facts import FACTS

        scope, results = self.places.scope, Results(self.places.manifest)
        facts = _facts(scope.part("facts", FACTS), results)
        shown = bool(results.about.get("origins"))
        others = elsewhere(self.places, results.about["source"], shown=shown)
        claims = {
            name: replace(
                claim,
                origin=results.origin(CLAIMS[name]),
                elsewhere=_others(claim, others.get(name, {})),
            )
            for name, claim in _made("claim", scope.part("claims", CLAIMS), results)
        }
        by_chapter = ledger.by_chapter(claims, read_chapters(self.places.docs))
        family = Family.of(claims)
        words = {
            "facts": facts
            | {
                "claims": ledger.summary(claims),
                "claims_corrected": family.words(),
                "claims_elsewhere": ledger.agreement(claims),
                "studies_origin": results.origin(Recipe(str, tuple(results.about["results"]))),
            },
            "claims": {name: claim.html(name, ledger=LEDGER) for name, claim in claims.items()},
            "verdicts": {
                name: claim.in_text(name, ledger=LEDGER) for name, claim in claims.items()
            },
            "ledger": ledger.table(by_chapter, CLAIMS, family),
            "overview": overview.overview(by_chapter),
            "contradicted": [name for name, claim in claims.items() if claim.contradicted],
        }
        write_atomically(self.places.words, json.dumps(words, indent=1))
        written = [self.places.words, *self._data(claims)]
        stamp(self.places, "words", _key(self.places), written)

    def _data(self, claims: Mapping[str, Claim]) -> Iterator[Path]:
        """Write the ledger for machines."""
        for name, text in DATA.items():
            path = self.places.generated / name
            write_atomically(path, text(claims))
            yield path


def _others(claim: Claim, others: Mapping[str, Claim]) -> dict[str, Claim]:
    """Without those that say the same of the same: what was counted, or asks for no digits."""
    return {where: other for where, other in others.items() if other.interval != claim.interval}


def _facts(recipes: Mapping[str, Recipe], results: Results) -> dict[str, str]:
    facts = {name: str(result) for name, result in _made("fact", recipes, results)}
    for name, value in facts.items():
        if NOT_FINITE.search(value):
            raise BuildError(f"fact {name}: {value!r} holds no finite number")
    return facts


def _made(kind: str, recipes: Mapping[str, Recipe], results: Results) -> Iterator[tuple[str, Any]]:
    """What recipes make, by name; one that fails is named."""
    for name, recipe in recipes.items():
        try:
            yield name, results.make(recipe)
        except Exception as error:
            raise BuildError(f"{kind} {name}: {type(error).__name__}: {error}") from error
