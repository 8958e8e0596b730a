"""Studies whose numbers are known."""

from cnnfilters.experiments import EXPERIMENTS, Study

ABOUT = {"steps": 190, "held_out_words": "1,000 digits"}
REST = {  # what an experiment keeps beside the arms, where a test asks for none of it
    "class_images": {"images": {}, "nearest": {}},
    "flattening": {"ink_kept": [1.0]},
    "hierarchy": {"features": {}, "best": {}, "learned": 4_000},
    "labels_and_pixels": {"kernels": {}, "reference": [], "reference_edge": 0.3},
    "randomised_weights": {"pictures": {}, "units": {}, "digits": 50},
    "silenced_kernels": {"lost": [], "peak": []},
    "small_kernels": {"parameters": {}, "macs": {}},
}


def study(arms, name=None, **changes):
    """What an experiment would have measured; without a name, one that keeps its arms alone."""
    if name is None:
        return Study(arms=arms, **(ABOUT | changes))
    return EXPERIMENTS[name].study(arms=arms, **(ABOUT | REST.get(name, {}) | changes))


def made(name, study):
    """The claim of an experiment as this study has it."""
    (claim,) = [each.claims[name] for each in EXPERIMENTS.values() if name in each.claims]
    return claim(study)
