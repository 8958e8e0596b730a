"""The ledger: every sentence about networks that the site holds itself to."""

from __future__ import annotations

from cnnfilters.results import Recipe

CLAIMS: dict[str, Recipe] = {}
