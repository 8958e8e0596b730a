"""The perceptron once more in plain numpy: two matrix products over a list of pixels."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from cnnfilters.analysis.forward import normalise, relu
from cnnfilters.run import Run


class Perceptron(NamedTuple):
    """The weights of one hidden and one linear layer, at the end of a training.

    Attributes:
        hidden_weight: One row of weights for each hidden unit, over the 784 pixels.
        hidden_bias: What each hidden unit adds.
        fc_weight: One weight for each class and hidden unit.
        fc_bias: What each class adds.
    """

    hidden_weight: Float[np.ndarray, "hidden pixels"]
    hidden_bias: Float[np.ndarray, " hidden"]
    fc_weight: Float[np.ndarray, "classes hidden"]
    fc_bias: Float[np.ndarray, " classes"]

    @classmethod
    def of(cls, run: Run) -> Perceptron:
        """The trained network of a Run.

        Raises:
            ValueError: The Run holds another kind of network.
        """
        if run.config["model"] != "MLP":
            raise ValueError(f"`run` (of {run.config['model']}) must be of MLP")
        return cls(
            *(
                run.weights[f"{layer}.{kind}"][-1]
                for layer in ("hidden", "fc")
                for kind in ("weight", "bias")
            )
        )

    def logits(
        self, images: Float[np.ndarray, "batch side side"]
    ) -> Float[np.ndarray, "batch classes"]:
        """What the network makes of images with ink in [0, 1].

        Example:
            >>> blank = Perceptron(np.ones((2, 1)), np.zeros(2), np.ones((1, 2)), np.array([3.0]))
            >>> blank.logits(np.zeros((1, 1, 1)))  # paper is negative: ReLU leaves the bias alone
            array([[3.]])
        """
        pixels = normalise(images).reshape(len(images), -1)
        hidden = relu(pixels @ self.hidden_weight.T + self.hidden_bias)
        return np.asarray(hidden @ self.fc_weight.T + self.fc_bias)
