"""The code on reference pages runs as it stands there, on networks made up for the purpose."""

import re

import matplotlib as mpl
import numpy as np
import pytest
import torch

from cnnfilters import pretrained, store
from docs.chapters import DOCS
from figures.runs import made_up

FENCE = re.compile(r"^```python\n(.*?)^```", re.S | re.M)


@pytest.fixture
def on_page(monkeypatch, tmp_path):
    """Runs all code of a page, in order, as one program; gives the names that it leaves."""
    monkeypatch.setattr(store, "load_or_train", lambda _config: made_up())
    monkeypatch.setattr(pretrained, "load_pretrained", untrained)
    monkeypatch.chdir(tmp_path)
    mpl.use("agg")

    def run(page):
        names = {}
        for code in FENCE.findall((DOCS / "reference" / page).read_text(encoding="utf-8")):
            exec(code.replace("steps=256", "steps=1"), names)
        return names

    return run


def untrained(name):
    """The network without its weights, which may not be at hand."""
    from torchvision import models

    return pretrained.Normalised(models.get_model(name, weights=None), [0.5] * 3, [0.25] * 3).eval()


def test_thirty_two_units_are_projected_at_once(on_page):
    pictures = on_page("projection.md")["pictures"]
    assert pictures.shape == (32, 28, 28)
    assert np.isfinite(pictures).all()


def test_classes_and_a_unit_are_maximised(on_page):
    names = on_page("maximization.md")
    assert names["ten_classes"].shape == (10, 1, 28, 28)
    assert names["one_unit"].shape == (1, 1, 14, 14)


def test_the_filters_of_alexnet_are_drawn_and_a_channel_is_maximised(on_page, tmp_path):
    with torch.random.fork_rng():
        torch.manual_seed(0)
        names = on_page("pretrained.md")
    assert names["filters"].shape == (64, 3, 11, 11)
    assert names["image"].shape == (1, 3, 128, 128)
    assert {path.name for path in tmp_path.iterdir()} == {"alexnet.png", "channel-12.png"}
