"""Facts about patches: means of networks, as sentences write them."""

from cnnfilters.facts import patches

STUDY = {
    "arms": {
        "trained": {
            "coherence": [0.6, 0.64],
            "coherence of the heard": [0.64, 0.66],
            "silent": [2, 3],
            "digit share": [0.4, 0.45],
        },
        "random": {"coherence": [-0.02, -0.04]},
    }
}


def test_coherence_is_the_mean_of_networks_with_a_true_minus():
    assert patches.coherence(STUDY, arm="trained") == "0.62"
    assert patches.coherence(STUDY, arm="random") == "−0.03"
    assert patches.coherence(STUDY, arm="trained", of="coherence of the heard") == "0.65"


def test_silent_units_are_given_to_a_tenth():
    assert patches.silent(STUDY) == "2.5"


def test_the_digit_share_is_in_whole_percent():
    assert patches.digit_share({"arms": {"a": {"digit share": [0.4, 0.46]}}}, arm="a") == "43 %"
