"""What does a network think a 3 is, and do other networks agree?

For each network and each class an image is made that the class answers to strongly, once with
nothing but bounds on the pixels, once with jitter and a price on ink as well. Then the other
networks read it, and so does a reader that is no network: the class whose mean digit the image is
most correlated with. The networks are those of the default start; nothing more is trained. The
rules were fixed before the networks were measured, but after a first look at how some images
of the first were read. The price on ink was chosen by eye, on that network and another. How the
border is filled when an image moves was changed after a first measurement; no verdict changed. The
start was fainter at first: on networks that had trained for long it left most units silent and most
images as they were, which the pictures showed and the numbers hid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from jaxtyping import Float, Int

from cnnfilters.analysis.forward import Network, forward
from cnnfilters.digits import SIDE, Digits
from cnnfilters.evidence import Rule
from cnnfilters.experiments.arms import DEFAULT, ONE_IN_TEN, claim, steps
from cnnfilters.experiments.experiment import Experiment
from cnnfilters.experiments.study import Quantity, Runs, Study, by_arm
from cnnfilters.run import Run

CLASSES = 10
Way = Literal["plain", "sparing"]
WAYS: dict[Way, dict[str, Any]] = {
    "plain": {},
    "sparing": {"jitter": 2, "l1": 50.0},  # px; what an image full of ink would lose
}
WHITE_TO_BLACK = 255  # images are kept as whole numbers

Images = Float[np.ndarray, "classes height width"]


@dataclass(frozen=True, kw_only=True)
class ClassImagesStudy(Study):
    """How class images are read, and those of the first network.

    Attributes:
        images: By way of making, class, row and column: ink from 0 to 255.
        nearest: By way of making and class: whose mean digit the image is most correlated with.
    """

    images: Mapping[str, list[list[list[int]]]]
    nearest: Mapping[str, list[int]]


def class_image(way: Way, measured: Literal["read", "near", "ink"]) -> Quantity:
    """What is measured of the ten images of a network, in %.

    Args:
        way: How they are made.
        measured: `read` as their class by other networks, `near` their own class's mean digit more
            than any other, or their mean `ink`.

    Example:
        >>> class_image("plain", "read").name
        'plain read'
    """
    return Quantity(f"{way} {measured}", "%", things=CLASSES, chance=ONE_IN_TEN)


def measure(runs: Runs, digits: Digits) -> ClassImagesStudy:
    """How the class images of each network are read, and those of the first as pictures."""
    made = [
        {way: class_images(run, **options) for way, options in WAYS.items()}
        for run in runs[DEFAULT]
    ]
    networks, means = [Network.of(run) for run in runs[DEFAULT]], mean_digits(digits)
    numbers = []
    for index, ways in enumerate(made):
        readers = networks[:index] + networks[index + 1 :]
        mine = dict[Quantity, float]()
        for way, images in ways.items():
            mine[class_image(way, "read")] = read_by_others(images, readers)
            mine[class_image(way, "near")] = 100 * float(_right(nearest(images, means)).mean())
            mine[class_image(way, "ink")] = 100 * float(images.mean())
        numbers.append(mine)
    return ClassImagesStudy(
        arms=by_arm({DEFAULT: numbers}),
        images={
            way: np.rint(WHITE_TO_BLACK * images).astype(int).tolist()
            for way, images in made[0].items()
        },
        nearest={way: nearest(images, means).tolist() for way, images in made[0].items()},
        steps=steps(runs),
        held_out_words=digits.held_out_words,
    )


def class_images(run: Run, **options: Any) -> Images:
    """One image for each class.

    Args:
        run: A training of `SmallCNN`.
        options: For `maximise`.

    Returns:
        Ink in [0, 1].
    """
    from cnnfilters.analysis.maximization import maximise
    from cnnfilters.trained import trained_network

    made = maximise(trained_network(run), "fc", range(CLASSES), shape=(1, SIDE, SIDE), **options)
    return made[:, 0].numpy()


def read_by_others(images: Images, readers: list[Network]) -> float:
    """How many of a hundred readings name the class that an image was made for.

    Args:
        images: One for each class, in order.
        readers: Networks that had no part in making them.

    Example:
        >>> ones, none = np.ones((1, 1, 3, 3)), np.zeros(1)
        >>> says_7 = Network(ones, none, ones, none, np.zeros((10, 1)), np.eye(10)[7], padding=0)
        >>> read_by_others(np.zeros((10, 10, 10)), [says_7])  # right once in ten
        10.0
    """
    answers = [forward(reader, images).logits.argmax(axis=1) for reader in readers]
    return 100 * float(np.mean([_right(answer) for answer in answers]))


def mean_digits(digits: Digits) -> Images:
    """The mean of all training digits of each class.

    Example:
        >>> images, labels = np.zeros((20, 28, 28)), np.arange(20) % 10
        >>> images[3] = 1  # one of two 3s is full of ink
        >>> digits = Digits("sample", images, labels, images, labels, checksum="")
        >>> mean_digits(digits)[2:5, 0, 0].tolist()
        [0.0, 0.5, 0.0]
    """
    return np.stack(
        [digits.train_images[digits.train_labels == label].mean(axis=0) for label in range(CLASSES)]
    )


def nearest(images: Images, means: Images) -> Int[np.ndarray, " images"]:
    """The class whose mean digit each image is most correlated with.

    Example:
        >>> stripes = np.array([[[1.0, 0.0], [1.0, 0.0]], [[1.0, 1.0], [0.0, 0.0]]])
        >>> nearest(0.2 * stripes + 0.3, stripes)
        array([0, 1])
    """
    count = len(images)
    both = np.concatenate([images, means]).reshape(count + len(means), -1)
    return np.asarray(np.corrcoef(both)[:count, count:].argmax(axis=1))


def _right(answers: Int[np.ndarray, " classes"]) -> np.ndarray:
    return np.asarray(answers == np.arange(len(answers)))


CLAIMS = {
    "class-images-transfer": claim(
        class_image("sparing", "read").of(DEFAULT),
        sentence="More than nine in ten readings of a network's ten class images by the other "
        "networks name the class that the image was made for.",
        quantity="readings by the other networks that name the class; images with jitter and a "
        "price on ink; every network also reads the others' images",
        rule=Rule(above=90),
    ),
    "plain-class-images-transfer": claim(
        class_image("plain", "read").of(DEFAULT),
        sentence="More than nine in ten readings by the other networks name the class of an image "
        "that was made without jitter and without a price on ink.",
        quantity="readings by the other networks that name the class; images with neither; every "
        "network also reads the others' images",
        rule=Rule(above=90),
        expected="undecided",
    ),
    "class-images-look-like-digits": claim(
        class_image("sparing", "near").of(DEFAULT),
        sentence="Most of a network's ten class images resemble the mean digit of their own class "
        "more than that of any other.",
        quantity="class images nearest to their own class's mean digit; with jitter and a price on "
        "ink",
        rule=Rule(above=50),
        expected="undecided",
    ),
    "sparing-images-look-more-like-digits": claim(
        class_image("sparing", "near").of(DEFAULT),
        class_image("plain", "near").of(DEFAULT),
        sentence="Class images made with jitter and a price on ink resemble their own class's mean "
        "digit most more often than images made without.",
        quantity="class images nearest to their own class's mean digit, with both minus with "
        "neither",
        rule=Rule(above=0),
        expected="undecided",
    ),
}

EXPERIMENT = Experiment((DEFAULT,), ClassImagesStudy, measure, CLAIMS)
