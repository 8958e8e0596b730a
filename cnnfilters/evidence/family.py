"""Many sentences are tested: how many verdicts stand if that is taken into account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cnnfilters.evidence.claim import Claim

FAMILY_ERROR = 0.05
"""How probable it may be that any verdict of all is wrong by chance."""


@dataclass(frozen=True)
class Family:
    """All measured claims of a build, corrected for their number.

    Attributes:
        adjusted: Holm's adjusted p-value of each measured claim, by its id.
        decided: The ids of those that are supported or refuted.
    """

    adjusted: Mapping[str, float]
    decided: tuple[str, ...]

    @classmethod
    def of(cls, claims: Mapping[str, Claim]) -> Family:
        """Take together what was measured; what was counted can't come out otherwise by chance.

        Args:
            claims: By id.
        """
        measured = {name: claim for name, claim in claims.items() if claim.interval.networks}
        decided = (name for name, claim in measured.items() if claim.verdict != "undecided")
        adjusted = holm({name: claim.p_value for name, claim in measured.items()})
        return cls(adjusted, tuple(decided))

    @property
    def surviving(self) -> tuple[str, ...]:
        """Those decided claims that stand with the correction, too."""
        return tuple(name for name in self.decided if self.adjusted[name] <= FAMILY_ERROR)

    def words(self) -> str:
        """How it stands, in a sentence.

        Example:
            >>> Family({"a": 0.001, "b": 0.2, "c": 0.06}, ("a", "c")).words()
            'Of 3 measured claims 2 are decided, and 1 of them survives the correction'
        """
        few, all_of_them = len(self.surviving), len(self.decided)
        survive = "survives" if few == 1 else "survive"
        kept = f"all of them {survive}" if few == all_of_them else f"{few} of them {survive}"
        return (
            f"Of {len(self.adjusted)} measured claims {all_of_them} are decided, and {kept} "
            "the correction"
        )


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """The p-values of a family, adjusted so that each can be compared with the family's error.

    The smallest is multiplied by how many there are, the next by one less, and so on; none may fall
    below one before it.

    Args:
        p_values: By name.

    Returns:
        By name, in the same order; 1 at most.

    Example:
        >>> holm({"a": 0.25, "b": 0.0625, "c": 0.125})
        {'a': 0.25, 'b': 0.1875, 'c': 0.25}

    Source: Holm 1979, *A simple sequentially rejective multiple test procedure*.
    """
    adjusted, least = dict[str, float](), 0.0
    for rank, name in enumerate(sorted(p_values, key=lambda each: p_values[each])):
        least = max(least, min(1.0, (len(p_values) - rank) * p_values[name]))
        adjusted[name] = least
    return {name: adjusted[name] for name in p_values}
