"""How class images are read: readers whose answer is known, and known numbers."""

import numpy as np
import pytest

from cnnfilters.analysis.forward import Network, forward
from cnnfilters.experiments.class_images import (
    WAYS,
    class_images,
    mean_digits,
    nearest,
    read_by_others,
)
from experiments import made_up
from figures import runs

KNOWN = {  # of so many networks: of five, ten images each cannot show more than 90 in 100
    "sparing read": 8 * [100.0, 100.0, 100.0],
    "plain read": 8 * [90.0, 100.0, 80.0],
    "sparing near": 8 * [20.0, 30.0, 25.0],
    "plain near": 8 * [20.0, 30.0, 25.0],
}
VERDICTS = {
    "class-images-transfer": "supported",
    "plain-class-images-transfer": "undecided",
    "class-images-look-like-digits": "refuted",
    "sparing-images-look-more-like-digits": "refuted",  # exactly no difference is not more
}


@pytest.mark.parametrize(("name", "verdict"), VERDICTS.items())
def test_each_claim_has_its_verdict_on_known_numbers(name, verdict):
    assert made_up.made(name, made_up.study({"default": KNOWN})).verdict == verdict


@pytest.fixture(scope="module")
def made():
    return {way: class_images(runs.made_up(), **options, steps=25) for way, options in WAYS.items()}


def test_an_image_pleases_the_class_that_it_was_made_for(made):
    assert made["plain"].shape == (10, 28, 28)
    assert read_by_others(made["plain"], [Network.of(runs.made_up())]) == 100


def test_a_price_on_ink_is_paid_in_ink(made):
    assert made["sparing"].mean() < 0.8 * made["plain"].mean()


def test_readings_are_counted_over_all_readers_and_classes():
    network = Network.of(runs.made_up())
    stubborn = network._replace(
        fc_weight=np.zeros_like(network.fc_weight), fc_bias=np.eye(10)[3]
    )  # it reads everything as a 3
    images = np.zeros((10, 28, 28))
    assert read_by_others(images, [stubborn]) == 10
    other = stubborn._replace(fc_bias=np.eye(10)[4])
    assert read_by_others(images, [stubborn, other, other]) == 10
    assert forward(stubborn, images).logits.argmax(1).tolist() == [3] * 10


def test_mean_digits_are_the_means_of_each_class():
    digits = runs.made_up_digits()
    np.testing.assert_array_equal(mean_digits(digits), digits.train_images)


def test_a_mean_digit_is_nearest_to_itself_whatever_its_contrast(few_digits):
    means = mean_digits(few_digits)
    assert nearest(0.1 * means + 0.4, means).tolist() == list(range(10))


def test_trained_networks_are_measured(studies):
    study = studies["class_images"]
    for way in WAYS:
        assert np.shape(study.images[way]) == (10, 28, 28)
        assert 0 <= np.min(study.images[way]) < np.max(study.images[way]) <= 255
        assert len(study.arms["default"][f"{way} read"]) == 2
