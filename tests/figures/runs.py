"""Made-up trainings whose answers are known, as the figures take them."""

import numpy as np

from cnnfilters.config import TrainConfig
from cnnfilters.digits import Digits
from cnnfilters.run import Run

STEPS = np.array([0, 1, 3, 10, 30, 100])
EDGE = np.tile([-2.0, -1.0, 0.0, 1.0, 2.0], (5, 1))  # positive on the right


def made_up(*, seed=0, scale=1.0, pull=1.0, accuracy=(0.1, 0.2, 0.45, 0.8, 0.93, 0.985)):
    """A Run whose kernels go from noise towards edges of all directions by `pull`."""
    rng = np.random.default_rng(seed)
    start = scale * rng.uniform(-0.2, 0.2, (16, 1, 5, 5))
    turned = np.stack([np.rot90(EDGE, quarter % 4) for quarter in range(16)])[:, None]
    path = np.linspace(0, 0.15 * pull, len(STEPS))
    shapes = {
        "conv1.bias": (16,),
        "conv2.weight": (32, 16, 5, 5),
        "conv2.bias": (32,),
        "fc.weight": (10, 512),
        "fc.bias": (10,),
    }
    weights = {
        name: np.repeat(rng.normal(0, 0.05, (1, *shape)), len(STEPS), 0).astype(np.float32)
        for name, shape in shapes.items()
    }
    weights["conv1.weight"] = np.stack([start + t * turned for t in path]).astype(np.float32)
    return Run(
        steps=STEPS,
        weights=weights,
        loss=np.linspace(2.3, 0.08, len(STEPS)),
        accuracy=np.array(accuracy),
        config=TrainConfig(conv1_scale=scale).to_mapping(),
        data={"held_out_words": "20 made-up digits"},
        machine={},
    )


def made_up_digits():
    """Ten digits of each split; the 7 is an upright bar, the others are blank."""
    images = np.zeros((10, 28, 28), np.float32)
    images[7, 5:23, 13:15] = 1
    labels = np.arange(10)
    return Digits("sample", images, labels, images, labels, "0" * 64)
