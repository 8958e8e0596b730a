"""A live network is written as it answers, or refused by the name of what the lab has not."""

import json
from copy import deepcopy

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils import prune

from cnnfilters.digits import MEAN, STD
from cnnfilters.export import ExportError, check_digits, export_module, live, logits, reading
from cnnfilters.model import SmallCNN
from export.networks import FEATURES, FILTERS, Net, drawn, net, pytorchs, sequence, some_digits


def log_softmax(values):
    return values - np.log(np.exp(values).sum(axis=1, keepdims=True))


def exported(network, tmp_path, **options):
    """What the file holds."""
    said = export_module(network, tmp_path / "model.json", **{"mean": 0.0, "std": 1.0, **options})
    assert "\n" not in said
    return json.loads((tmp_path / "model.json").read_text())


class Shared(Net):
    """One ReLU and one pooling for both convolutions, dropout, and a bias added by hand."""

    def __init__(self):
        super().__init__()
        self.relu, self.pool, self.drop = nn.ReLU(), nn.MaxPool2d(2), nn.Dropout()
        self.bias = nn.Parameter(torch.linspace(-1, 1, 10))

    def forward(self, x):
        x = self.pool(self.relu(self.drop(self.conv1(x))))
        x = self.drop(self.pool(self.relu(self.conv2(x)))).flatten(1)
        return x @ self.fc.weight.T + self.bias


def _normed():
    network = sequence()
    nn.utils.parametrizations.weight_norm(network[0])
    return network


def _autocast(self, x):
    with torch.autocast("cpu", torch.bfloat16):  # leaves float64 as it is
        return Net.forward(self, x)


def _looks(self, x):
    features = self.features(x)
    self.mean = features.mean().item()
    return self.fc(features)


def _maximum(self, x):
    x = functional.max_pool2d(torch.maximum(self.bn1(self.conv1(x)), torch.tensor(0.0)), 2)
    return functional.relu(functional.max_pool2d(self.bn2(self.conv2(x)), 2)).flatten(1)


def _clamped(self, x):
    for convolution in (self.conv1, self.conv2):
        x = functional.max_pool2d(convolution(x).clamp(min=0), (2, 2), stride=2)
    return x.reshape(len(x), -1)


NETWORKS = {
    "a Sequential": sequence,
    "channels last in memory": lambda: sequence().to(memory_format=torch.channels_last),
    "pooling before ReLU": lambda: sequence(block=[nn.MaxPool2d(2), nn.ReLU()]),
    "no bias": lambda: sequence(bias=False),
    "padding same": lambda: sequence(padding="same"),
    "two paddings": lambda: sequence(padding=2),
    "a frame of zeros": lambda: sequence([nn.ZeroPad2d(2)]),
    "hidden layers": lambda: sequence(
        head=[nn.Linear(FEATURES, 20), nn.ReLU(), nn.Dropout(), nn.Linear(20, 10)]
    ),
    "batch normalisation": Net,
    "norm without weights": lambda: sequence(
        block=[nn.BatchNorm2d(FILTERS[0], affine=False, eps=0.1), nn.ReLU(), nn.MaxPool2d(2)]
    ),
    "modules that are used twice": Shared,
    "weight normalisation": _normed,
    "inference mode": lambda: net(torch.inference_mode()(Net.forward)),
    "autocast": lambda: net(_autocast),
    "a number that is looked at": lambda: net(_looks),
    "buffers that normalise": lambda: net(
        lambda self, x: Net.forward(self, (x - self.fc.bias[:1]) / 2)
    ),
    "digits changed in place": lambda: net(lambda self, x: Net.forward(self, x.sub_(0.1).div_(2))),
    "maximum for ReLU": lambda: net(lambda self, x: self.fc(_maximum(self, x))),
    "clamp for ReLU": lambda: net(lambda self, x: self.fc(_clamped(self, x))),
}


@pytest.mark.parametrize("make", NETWORKS.values(), ids=NETWORKS)
def test_the_file_answers_as_the_network(make, tmp_path):
    network = drawn(make)
    model = exported(network, tmp_path, mean=0.2, std=0.5)
    expected = pytorchs(network, some_digits(), mean=0.2, std=0.5)
    np.testing.assert_allclose(logits(model, some_digits()), expected, atol=1e-5, rtol=0)


def test_what_is_folded_is_within_a_hundred_thousandth(tmp_path):
    network = drawn(Net)
    found = logits(exported(network, tmp_path), check_digits())
    assert np.abs(found - pytorchs(network, check_digits())).max() < 1e-5
    plain = deepcopy(network)
    plain.bn1 = plain.bn2 = nn.Identity()  # what is dropped would show
    assert np.abs(found - pytorchs(plain, check_digits())).max() > 0.1


@pytest.mark.parametrize(
    "given", [{"mean": MEAN, "std": STD}, {"mean": 0.0, "std": 1.0}], ids=["its own", "none"]
)
def test_a_network_that_normalises_itself_is_not_normalised_twice(given, tmp_path):
    network = drawn(SmallCNN)
    model = exported(network, tmp_path, **given)
    assert model["input"]["mean"] == pytest.approx(MEAN)
    assert model["input"]["std"] == pytest.approx(STD)
    np.testing.assert_allclose(
        logits(model, some_digits()), pytorchs(network, some_digits()), atol=1e-5
    )


def test_two_normalisations_become_one(tmp_path):
    network = net(lambda self, x: Net.forward(self, 2 * x - 1))
    model = exported(network, tmp_path, mean=0.1, std=0.5)
    expected = pytorchs(network, some_digits(), mean=0.1, std=0.5)
    np.testing.assert_allclose(logits(model, some_digits()), expected, atol=1e-5)


@pytest.mark.parametrize(
    ("end", "of_logits"),
    [
        (lambda x: functional.log_softmax(x, dim=1), log_softmax),
        (lambda x: x.softmax(-1), lambda values: np.exp(log_softmax(values))),
    ],
    ids=["log_softmax", "softmax"],
)
def test_a_softmax_at_the_end_is_left_out_and_said(end, of_logits, tmp_path):
    network = net(lambda self, x: end(Net.forward(self, x)))
    said = export_module(network, tmp_path / "model.json", mean=0.0, std=1.0)
    assert "softmax at the end is left out" in said
    model = json.loads((tmp_path / "model.json").read_text())
    found = of_logits(logits(model, some_digits()))
    np.testing.assert_allclose(found, pytorchs(network, some_digits()), atol=1e-5)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda network: network.half(),
        lambda network: network.bfloat16(),
        lambda network: network.double(),
        nn.DataParallel,
        torch.compile,
    ],
    ids=["half", "bfloat16", "double", "DataParallel", "compiled"],
)
def test_every_form_of_a_network_is_written(wrap, tmp_path):
    network = drawn(Net)
    wrapped = wrap(network)
    np.testing.assert_allclose(
        logits(exported(wrapped, tmp_path), some_digits()),
        pytorchs(network, some_digits()),
        atol=1e-5,
    )


def test_a_forward_that_insists_on_float32_is_run_in_it(tmp_path):
    network = net(lambda self, x: Net.forward(self, x.float()))
    expected = pytorchs(drawn(Net), some_digits())
    np.testing.assert_allclose(
        logits(exported(network, tmp_path), some_digits()), expected, atol=1e-4
    )


def state_of(network):
    return (
        [(name, module.training) for name, module in network.named_modules()],
        [
            len(module._forward_hooks) + len(module._forward_pre_hooks)
            for module in network.modules()
        ],
        [(name, str(array.dtype), array.device) for name, array in network.state_dict().items()],
        {name: array.clone() for name, array in network.state_dict().items()},
        [parameter.requires_grad for parameter in network.parameters()],
    )


@pytest.mark.parametrize("fails", [False, True], ids=["written", "refused"])
def test_the_network_is_left_as_it_was(fails, tmp_path):
    network = drawn(Net).half().train()
    network.bn1.eval()
    network.conv1.weight.requires_grad_(False)
    network.conv2.register_forward_hook(lambda *_: None)
    if fails:
        network.fc = nn.Sequential(network.fc, nn.Tanh())
    *before, weights = state_of(network)[0:3], state_of(network)[3]
    drawing = torch.random.get_rng_state()
    everywhere = len(nn.modules.module._global_forward_hooks)
    try:
        export_module(network, tmp_path / "model.json", mean=0.0, std=1.0)
    except ExportError:
        assert fails
    assert [state_of(network)[0:3]] == before
    for name, array in weights.items():
        assert torch.equal(network.state_dict()[name], array)
    assert torch.equal(torch.random.get_rng_state(), drawing)
    assert len(nn.modules.module._global_forward_hooks) == everywhere
    assert torch.is_grad_enabled()


class Forgetful(Net):
    """Answers otherwise from its second time on."""

    asked = 0

    def forward(self, x):
        self.asked += 1
        return super().forward(x if self.asked < 2 else 1 - x)


def test_a_network_that_answers_otherwise_is_refused(tmp_path):
    with pytest.raises(ExportError, match="otherwise when it is asked again, by up to"):
        export_module(drawn(Forgetful), tmp_path / "model.json", mean=0.0, std=1.0)
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_layer_in_the_file_is_named_with_its_difference(tmp_path, monkeypatch):
    """The planted defect: the second batch normalisation is dropped."""
    folded = reading.folded
    monkeypatch.setattr(
        reading, "folded", lambda conv, norm: conv if norm.name == "bn2" else folded(conv, norm)
    )
    with pytest.raises(ExportError, match=r"part behind `conv2`, by up to [\d.]+ on 100 digits"):
        export_module(drawn(Net), tmp_path / "model.json", mean=0.0, std=1.0)
    assert list(tmp_path.iterdir()) == []


def test_a_difference_of_a_thousandth_is_too_much(tmp_path, monkeypatch):
    model_of = live.model_of

    def off(convolutions, linears, **options):
        last = linears[-1]
        wrong = type(last)(last.name, last.weight, last.bias + 2e-4)
        return model_of(convolutions, [*linears[:-1], wrong], **options)

    monkeypatch.setattr(live, "model_of", off)
    with pytest.raises(ExportError, match=r"part behind `fc`, by up to 0\.0002"):
        export_module(drawn(Net), tmp_path / "model.json", mean=0.0, std=1.0)


def test_what_is_said_tells_the_layers_and_what_was_compared(tmp_path):
    said = export_module(drawn(Net), tmp_path / "mine.json", mean=0.0, std=1.0)
    assert "conv1 (stride 1, padding 0), 2×2 max-pooling, ReLU, conv2" in said
    assert "of the network's on 100 digits" in said
    assert json.loads((tmp_path / "mine.json").read_text())["name"] == "mine"


def _keeping(self, x):
    self.maps, self.asked = self.features(x), getattr(self, "asked", 0) + 1
    return self.fc(self.maps)


def _pruned():
    network = drawn(Net)
    prune.l1_unstructured(network.conv1, "weight", amount=0.3)
    return network


@pytest.mark.parametrize("make", [lambda: net(_keeping), _pruned], ids=["keeping", "pruned"])
def test_what_a_module_keeps_is_left_as_it_was(make, tmp_path):
    network = make()
    before = [dict(vars(module)) for module in network.modules()]
    exported(network, tmp_path)
    for module, kept in zip(network.modules(), before, strict=True):
        assert vars(module).keys() == kept.keys()
        assert all(vars(module)[name] is value for name, value in kept.items())


@pytest.mark.usefixtures("no_type_checker")
@pytest.mark.parametrize(
    "form",
    [lambda n: (n,), torch.tensor, np.float32, np.array],
    ids=["tuple", "tensor", "float32", "array"],
)
def test_a_mean_and_std_in_another_form_are_numbers(form, tmp_path):
    model = exported(drawn(Net), tmp_path, mean=form(0.5), std=form(0.25))
    assert model["input"] == {"size": [28, 28], "mean": 0.5, "std": 0.25}
