"""Write down what sentences say: facts, claims, and the ledger of claims."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cnnfilters.files import write_atomically
from cnnfilters.provenance import digest
from cnnfilters.results import Recipe, Results
from cnnfilters.words import NOT_FINITE
from pages import ledger
from pages.chapter import read_chapters
from pages.marks import BASE
from pipeline.manifest import results_key
from pipeline.places import Places
from pipeline.processes import BuildError, run_step
from pipeline.stamps import begin_if_stale, stamp

LEDGER = f"{BASE}claims/"


def write_words(places: Places, *, force: bool = False) -> None:
    """Measure the facts that sentences use, if what they depend on changed."""
    if force or begin_if_stale(places, "words", _key(places)):
        run_step(Words(places))


def _key(places: Places) -> str:
    """The ledger names chapters, so it is written again when one has another title."""
    headings = [chapter.heading for chapter in read_chapters(places.docs)]
    return digest(results_key(places, "cnnfilters.facts", "cnnfilters.claims"), headings)


@dataclass(frozen=True)
class Words:
    """The step's own process."""

    places: Places

    def run(self) -> None:
        """Measure all facts and claims."""
        from cnnfilters.claims import CLAIMS
        from cnnfilters.facts import FACTS

        scope, results = self.places.scope, Results(self.places.manifest)
        facts = _facts(scope.part("facts", FACTS), results)
        claims = dict(_made("claim", scope.part("claims", CLAIMS), results))
        by_chapter = ledger.by_chapter(claims, read_chapters(self.places.docs))
        words = {
            "facts": facts | {"claims": ledger.summary(claims)},
            "claims": {name: claim.html(name, ledger=LEDGER) for name, claim in claims.items()},
            "ledger": ledger.entries(by_chapter, CLAIMS),
            "overview": ledger.overview(by_chapter),
            "contradicted": [name for name, claim in claims.items() if claim.contradicted],
        }
        write_atomically(self.places.words, json.dumps(words, indent=1))
        stamp(self.places, "words", _key(self.places), [self.places.words])


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
