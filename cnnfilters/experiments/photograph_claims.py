"""The sentences about filters from photographs, each with the rule that would refute it."""

from __future__ import annotations

from collections.abc import Callable

from cnnfilters.evidence import Claim, Rule
from cnnfilters.experiments.arms import claim
from cnnfilters.experiments.experiment import Experiment
from cnnfilters.experiments.photograph_filters import (
    BLOBS,
    COLOURED,
    COMPONENTS,
    DIGITS,
    FOUND_AGAIN,
    FOUND_ELSEWHERE,
    GREY,
    GREYISH,
    ONE_PHOTOGRAPH,
    ORIENTED,
    PHOTOGRAPHS,
    TWIN,
    PhotographStudy,
    measure,
)
from cnnfilters.experiments.study import Series, Study

MOST, FEW, SOME = Rule(above=50), Rule(below=10), Rule(above=10)  # percent; chance gives 1
WORDS = {
    ORIENTED: "components beyond 99 % of chance in orientation",
    COLOURED: "components beyond 99 % of chance in chroma",
    GREYISH: "components below 99 % of chance in chroma",
}


def _share(
    series: Series, sentence: str, rule: Rule, replicates: str = "fits"
) -> Callable[[Study], Claim]:
    """A claim about how many components of an arm are beyond chance."""
    quantity = WORDS[series.quantity]
    return claim(series, sentence=sentence, quantity=quantity, rule=rule, replicates=replicates)


CLAIMS = {
    "photographs-give-directions": _share(
        ORIENTED.of(PHOTOGRAPHS),
        "Most independent components of photographs have a direction.",
        MOST,
    ),
    "their-covariance-gives-none": _share(
        ORIENTED.of(TWIN),
        "Gaussian patches with the same covariance give next to no direction.",
        FEW,
    ),
    "directions-need-no-colour": _share(
        ORIENTED.of(GREY), "Most independent components of grey photographs have a direction.", MOST
    ),
    "digits-give-directions": _share(
        ORIENTED.of(DIGITS),
        "Most independent components of patches of digits have a direction.",
        MOST,
    ),
    "one-photograph-gives-directions": _share(
        ORIENTED.of(ONE_PHOTOGRAPH),
        "A single photograph is enough for most components to have a direction.",
        MOST,
        replicates="photographs",
    ),
    "light-comes-apart": _share(
        GREYISH.of(PHOTOGRAPHS),
        "Most components of photographs are greyer than a mixture would be.",
        MOST,
    ),
    "colour-comes-apart": _share(
        COLOURED.of(PHOTOGRAPHS),
        "More than a tenth of the components of photographs are about colour.",
        SOME,
    ),
    "their-covariance-mixes": _share(
        COLOURED.of(TWIN),
        "Gaussian patches with the same covariance leave light and colour mixed.",
        FEW,
    ),
    "colour-blobs-appear": claim(
        BLOBS.of(PHOTOGRAPHS),
        sentence="Photographs give colour blobs: components with a colour and no direction.",
        quantity=f"colour blobs among {COMPONENTS[3]} components",
        rule=Rule(above=1),
        expected="undecided",  # they are few, and five fits leave too wide an interval
        replicates="fits",
    ),
    "components-are-not-universal": claim(
        FOUND_AGAIN.of(ONE_PHOTOGRAPH),
        FOUND_ELSEWHERE.of(ONE_PHOTOGRAPH),
        sentence="Components of one photograph are found again in it rather than in others.",
        quantity="mean cosine with the best match in the same photograph, minus that in others",
        rule=Rule(above=0),
        replicates="photographs",
    ),
}

EXPERIMENT = Experiment((), PhotographStudy, measure, CLAIMS)  # no network is trained
