"""How class images are read: readers whose answer is known, and known numbers."""

import numpy as np
import pytest

from cnnfilters.analysis.forward import Network, forward
from cnnfilters.claims import CLAIMS
from cnnfilters.experiments.class_images import (
    WAYS,
    class_images,
    mean_digits,
    nearest,
    read_by_others,
)
from figures.runs import made_up, made_up_digits

KNOWN = {
    "sparing read": [100.0, 100.0, 100.0],
    "plain read": [90.0, 100.0, 80.0],
    "sparing near": [20.0, 30.0, 25.0],
    "plain near": [20.0, 30.0, 25.0],
}
VERDICTS = {
    "class-images-transfer": "supported",
    "plain-class-images-transfer": "undecided",
    "class-images-look-like-digits": "refuted",
    "sparing-images-look-more-like-digits": "refuted",  # exactly no difference is not more
}


@pytest.mark.parametrize(("name", "verdict"), VERDICTS.items())
def test_each_claim_has_its_verdict_on_known_numbers(name, verdict):
    recipe = CLAIMS[name]
    assert recipe.make({"arms": {"default": KNOWN}}, **recipe.options).verdict == verdict


def test_an_image_pleases_the_class_that_it_was_made_for():
    run = made_up()
    images = class_images(run, **WAYS["plain"])
    assert images.shape == (10, 28, 28)
    assert read_by_others(images, [Network.of(run)]) == 100


def test_a_price_on_ink_is_paid_in_ink():
    plain, sparing = (class_images(made_up(), **options).mean() for options in WAYS.values())
    assert sparing < 0.8 * plain


def test_readings_are_counted_over_all_readers_and_classes():
    network = Network.of(made_up())
    stubborn = network._replace(
        fc_weight=np.zeros_like(network.fc_weight), fc_bias=np.eye(10)[3]
    )  # it reads everything as a 3
    images = np.zeros((10, 28, 28))
    assert read_by_others(images, [stubborn]) == 10
    other = stubborn._replace(fc_bias=np.eye(10)[4])
    assert read_by_others(images, [stubborn, other, other]) == 10
    assert forward(stubborn, images).logits.argmax(1).tolist() == [3] * 10


def test_mean_digits_are_the_means_of_each_class():
    digits = made_up_digits()
    np.testing.assert_array_equal(mean_digits(digits), digits.train_images)


def test_a_mean_digit_is_nearest_to_itself_whatever_its_contrast(few_digits):
    means = mean_digits(few_digits)
    assert nearest(0.1 * means + 0.4, means).tolist() == list(range(10))


def test_trained_networks_are_measured(studies):
    study = studies["class_images"]
    for way in WAYS:
        assert np.shape(study["images"][way]) == (10, 28, 28)
        assert 0 <= np.min(study["images"][way]) < np.max(study["images"][way]) <= 255
        assert len(study["arms"]["default"][f"{way} read"]) == 2
