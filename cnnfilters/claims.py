"""The ledger: every sentence about networks that the site holds itself to."""

from __future__ import annotations

from cnnfilters.experiments import EXPERIMENTS
from cnnfilters.results import Recipe

CLAIMS: dict[str, Recipe] = {
    name: Recipe(claim, (f"study:{study}",))
    for study, experiment in EXPERIMENTS.items()
    for name, claim in experiment.claims.items()
}
"""Every claim, by its id: how it is made, and from what."""
