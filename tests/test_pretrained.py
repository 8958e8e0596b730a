"""Published weights: loaded from a cache, refused when damaged or hostile, missed with one line."""

import os
import pickle

import pytest
import torch
from torch import nn
from torchvision import models

from cnnfilters.pretrained import Normalised, PretrainedError, first_filters, load_pretrained

NAME = "squeezenet1_1"  # 5 MB, the smallest that torchvision has
WEIGHTS = models.get_model_weights(NAME).DEFAULT


@pytest.fixture
def cached(tmp_path, monkeypatch):
    """The file that torch would have downloaded, in an empty cache without a network."""
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    for scheme in ("http", "https"):
        monkeypatch.setenv(f"{scheme}_proxy", "http://127.0.0.1:9")  # nobody answers there
    monkeypatch.delenv("no_proxy", raising=False)
    file = tmp_path / "hub" / "checkpoints" / WEIGHTS.url.rsplit("/", 1)[1]
    file.parent.mkdir(parents=True)
    return file


def test_published_weights_if_they_can_be_had():
    try:
        model = load_pretrained(NAME)
    except PretrainedError as error:
        pytest.skip(str(error))
    assert first_filters(model).shape == (64, 3, 3, 3)
    assert model(torch.rand(1, 3, 64, 64)).shape == (1, 1000)


def test_weights_in_the_cache_are_loaded_and_the_images_normalised(cached):
    published = models.get_model(NAME, weights=None).eval()
    torch.save(published.state_dict(), cached)
    state = torch.get_rng_state()
    model = load_pretrained(NAME)
    images = torch.rand(2, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        expected = published(_seen(images))
        torch.testing.assert_close(model(images), expected)
    assert not model.training
    assert not any(weight.requires_grad for weight in model.parameters())
    assert torch.equal(torch.get_rng_state(), state)


def _seen(images):
    from torchvision.transforms.functional import normalize

    return normalize(images, WEIGHTS.transforms().mean, WEIGHTS.transforms().std)


def test_weights_that_cannot_be_had_are_missed_in_one_line_that_says_where_they_belong(cached):
    with pytest.raises(
        PretrainedError, match=r"can't be downloaded \(.+\); put https://"
    ) as raised:
        load_pretrained(NAME)
    assert "\n" not in str(raised.value)
    assert str(cached) in str(raised.value)
    assert list(cached.parent.iterdir()) == []  # no partial file


@pytest.mark.parametrize("content", [b"", b"<html>not found</html>", b"PK\x03\x04 half a file"])
def test_a_damaged_file_is_refused_in_one_line(cached, content):
    cached.write_bytes(content)
    with pytest.raises(PretrainedError, match=r"can't be used .* delete the file") as raised:
        load_pretrained(NAME)
    assert "\n" not in str(raised.value)


class Hostile:
    def __reduce__(self):
        return os.mkdir, ("hacked",)


def torch_save(content, file, protocol):
    torch.save(content, file, pickle_protocol=protocol)


@pytest.mark.parametrize("save", [pickle.dump, torch_save], ids=["pickle", "torch"])
def test_code_in_a_file_is_not_run(cached, save, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with cached.open("wb") as file:
        save({"features.0.weight": Hostile()}, file, 2)
    with pytest.raises(PretrainedError, match="can't be used"):
        load_pretrained(NAME)
    assert not (tmp_path / "hacked").exists()


def test_weights_of_another_network_are_refused(cached):
    torch.save(nn.Linear(2, 2).state_dict(), cached)
    with pytest.raises(PretrainedError, match="can't be used"):
        load_pretrained(NAME)


@pytest.mark.parametrize("name", ["alexnett", "fasterrcnn_resnet50_fpn"])
def test_a_name_that_is_no_classifier_is_refused(name):
    with pytest.raises(ValueError, match=rf"`name` \(='{name}'\) must be a classifier"):
        load_pretrained(name)


def test_a_network_without_convolution_has_no_filters():
    with pytest.raises(ValueError, match="must have a convolution"):
        first_filters(nn.Linear(1, 1))


def test_normalising_is_by_channel():
    seen = Normalised(nn.Identity(), [0.0, 1.0], [1.0, 2.0])(torch.ones(1, 2, 1, 1))
    assert seen.flatten().tolist() == [1.0, 0.0]
