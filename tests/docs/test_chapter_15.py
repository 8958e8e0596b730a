"""What chapter 15 states as exact: fields, chance, and its exercise, by other means."""

import re

import numpy as np
import torch

from cnnfilters.arithmetic import receptive_field
from cnnfilters.model import SmallCNN
from docs.chapters import number, section

CHAPTER = "15-what-a-unit-looks-for"


def seen():
    """What a unit of the second convolution sees, from the layers of PyTorch."""
    model = SmallCNN()
    return receptive_field([model.conv1, torch.nn.MaxPool2d(2), model.conv2])


def test_a_patch_has_as_many_pixels_as_is_said():
    text = section(CHAPTER, "The patches that excite it most")
    side = number(text, r"\$5 \+ 1 \+ 4 \\cdot 2 = (\d+)\$ pixels")
    assert (side, side) == seen().size
    assert number(text, r"over all (\d+) pairs") == 9 * 8 / 2


def test_a_unit_has_as_many_places_as_is_said():
    with torch.inference_mode():
        maps = SmallCNN().conv2(torch.zeros(1, 16, 12, 12))
    assert number(section(CHAPTER, "What a random unit chooses"), r"It has (\d+) places") == (
        maps.shape[2] * maps.shape[3]
    )


def test_fifty_random_digits_have_the_commonest_as_often_as_is_said():
    said = number(section(CHAPTER, "Is it a digit's unit?"), r"it would be about (\d+) %")
    draws = np.random.default_rng(0).multinomial(50, [0.1] * 10, size=100_000)
    assert round(100 * draws.max(axis=1).mean() / 50) == said


def test_the_patch_of_the_exercise_holds_those_pixels():
    text = section(CHAPTER, "Exercise")
    place = [int(number(text, rf"{axis} (\d)[ ,].*of its map")) for axis in ("row", "column")]
    rows, columns = seen().pixels(*place)
    assert f"rows {rows.start} to {rows.stop - 1}, columns {columns.start} to" in text
    assert f"to {columns.stop - 1}.\n" in text


class Guided(torch.autograd.Function):
    """A ReLU whose way back drops what is negative, and what came through an inactive unit."""

    inactive_pass = False

    @staticmethod
    def forward(ctx, signal):
        ctx.save_for_backward(signal)
        return signal.clamp(min=0)

    @staticmethod
    def backward(ctx, upstream):
        (signal,) = ctx.saved_tensors
        passed = upstream.clamp(min=0)
        return passed if Guided.inactive_pass else passed * (signal > 0)


def slope(relu, at):
    x = torch.tensor(float(at), requires_grad=True)
    (2 * relu(x) - 3 * relu(1 - x)).backward()
    return x.grad.item()


def test_the_small_network_answers_as_the_solution_says(monkeypatch):
    task, solution = section(CHAPTER, "Exercise").split("??? solution")
    assert "y = 2 h_1 - 3 h_2" in task
    first, second = solution.split("At $x = -1$ the first")
    guided = Guided.apply
    assert slope(torch.relu, 0.5) == number(first, r"= (\d)\$\. Guided")
    assert slope(guided, 0.5) == number(first, r"and \$(\d)\$ is left")
    assert slope(torch.relu, -1) == number(second, r"gradient is .+ = (\d)\$\.")
    assert slope(guided, -1) == number(second, r"It says \$(\d)\$")
    monkeypatch.setattr(Guided, "inactive_pass", True)  # which makes it the deconvnet's rule
    assert slope(guided, -1) == number(re.sub(r"\s+", " ", second), r"so it says \$(\d)\$")


def test_the_solution_is_hidden():
    task, solution = section(CHAPTER, "Exercise").split('??? solution "Solution"')
    assert task.strip()
    assert all(line.startswith("    ") for line in solution.splitlines() if line.strip())
