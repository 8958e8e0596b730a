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
from cnnfilters.model import MLP, LeNet5, SmallCNN
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


def branches(self, x):
    x = functional.max_pool2d(self.conv1(x) + self.bn1(self.conv1(x)), 2)
    return self.fc(functional.relu(functional.max_pool2d(self.conv2(x), 2)).flatten(1))


def channels_last(self, x):
    x = self.features(x).view(-1, FILTERS[1], 4, 4)
    return self.fc(x.permute(0, 2, 3, 1).reshape(-1, FEATURES))


def dropping(self, x):
    return self.fc(functional.dropout(self.features(x)))


def lab_block(activation):
    return lambda: sequence(block=[activation, nn.MaxPool2d(2)])


REFUSED = {
    "tanh": (lab_block(nn.Tanh()), "`1` (Tanh) stands behind `0` before its max-pooling and ReLU"),
    "leaky ReLU": (lab_block(nn.LeakyReLU()), "`1` (LeakyReLU)"),
    "ReLU6": (lab_block(nn.ReLU6()), "`1` (ReLU6)"),
    "PReLU": (lab_block(nn.PReLU()), "`1` (PReLU)"),
    "GELU": (lab_block(nn.GELU()), "`1` (GELU)"),
    "a function": (
        net(lambda self, x: Net.forward(self, x).sigmoid()),
        "`sigmoid` in forward follows `fc`",
    ),
    "incomplete blocks": (
        lambda: sequence(block=[nn.ReLU(), nn.MaxPool2d(2, ceil_mode=True)]),
        "`2` (MaxPool2d) has ceil_mode=True",
    ),
    "average": (lambda: sequence(block=[nn.ReLU(), nn.AvgPool2d(2)]), "`2` (AvgPool2d)"),
    "3×3 pooling": (lambda: sequence(block=[nn.ReLU(), nn.MaxPool2d(3)]), "pools 3×3, not 2×2"),
    "pooling by 1": (
        lambda: sequence(block=[nn.ReLU(), nn.MaxPool2d(2, 1)]),
        "has stride 1×1, not 2",
    ),
    "padded pooling": (
        lambda: sequence(block=[nn.ReLU(), nn.MaxPool2d(2, padding=1)]),
        "`2` (MaxPool2d) has padding 1×1",
    ),
    "no pooling": (lambda: sequence(block=[nn.ReLU()]), "before its 2×2 max-pooling"),
    "no ReLU": (lambda: sequence(block=[nn.MaxPool2d(2)]), "before its ReLU"),
    "stride": (lambda: sequence(stride=2), "`0` (Conv2d) has stride 2×2"),
    "dilation": (lambda: sequence(dilation=2), "`0` (Conv2d) has dilation 2×2"),
    "reflection": (
        lambda: sequence(padding=2, padding_mode="reflect"),
        "`0` (Conv2d) runs `reflection_pad2d` where",
    ),
    "uneven frame": (lambda: sequence([nn.ZeroPad2d((1, 2, 1, 2))]), "`0` (ZeroPad2d) pads"),
    "frame of ones": (lambda: sequence([nn.ConstantPad2d(2, 1.0)]), "pads with 1, not with 0"),
    "groups": (
        lambda: sequence(block=[nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 6, 3, groups=2)]),
        "`3` (Conv2d) has groups=2",
    ),
    "oblong": (lambda: sequence(size=(5, 3)), "must have square kernels"),
    "three convolutions": (
        lambda: sequence(end=[nn.Unflatten(1, (10, 1, 1)), nn.Conv2d(10, 10, 1), nn.Flatten()]),
        "`9` (Conv2d) follows `7`",
    ),
    "norm behind ReLU": (
        lambda: sequence(block=[nn.ReLU(), nn.BatchNorm2d(6), nn.MaxPool2d(2)]),
        "`2` (BatchNorm2d) stands behind `0` before its 2×2 max-pooling; batch normalisation can",
    ),
    "norm before all": (lambda: sequence([nn.BatchNorm2d(1)]), "`0` (BatchNorm2d)"),
    "norm of a batch": (
        lambda: sequence(
            block=[nn.BatchNorm2d(6, track_running_stats=False), nn.ReLU(), nn.MaxPool2d(2)]
        ),
        "`1` (BatchNorm2d) normalises with what it measures",
    ),
    "norm of a digit": (lambda: sequence([nn.InstanceNorm2d(1)]), "`0` (InstanceNorm2d)"),
    "norm of groups": (
        lambda: sequence(block=[nn.GroupNorm(2, 6), nn.ReLU(), nn.MaxPool2d(2)]),
        "`1` (GroupNorm)",
    ),
    "norm of features": (
        lambda: sequence(
            head=[nn.Linear(FEATURES, 9), nn.BatchNorm1d(9), nn.ReLU(), nn.Linear(9, 10)]
        ),
        "`8` (BatchNorm1d) follows `7`",
    ),
    "no ReLU between": (
        lambda: sequence(head=[nn.Linear(FEATURES, 9), nn.Linear(9, 10)]),
        "`8` (Linear) follows `7` without ReLU between",
    ),
    "random ReLU": (lab_block(nn.RReLU()), "`1` (RReLU)"),
    "its own mean": (
        net(lambda self, x: Net.forward(self, x - x.mean())),
        "joins branches (`sub`)",
    ),
    "NumPy inside": (
        net(lambda self, x: self.fc(torch.from_numpy(self.features(x).numpy()))),
        "does not depend on the digits",
    ),
    "ReLU at the end": (lambda: sequence(end=[nn.ReLU()]), "`8` (ReLU) would cut off"),
    "softmax over digits": (lambda: sequence(end=[nn.Softmax(0)]), "is over axis 0"),
    "branches": (net(branches), "joins branches (`add`)"),
    "channels last": (net(channels_last), "`permute` in forward"),
    "dropout at rest": (net(dropping), "draws at random though the network is at rest"),
    "a constant": (net(lambda _, x: torch.zeros(len(x), 10)), "does not depend on the digits"),
    "two results": (net(lambda _, x: (x, x)), "forward gives a tuple"),
    "nine classes": (lambda: sequence(head=[nn.Linear(FEATURES, 9)]), "shape (100, 9)"),
    "a fault": (net(lambda _, x: x.nothing), "could not be run on digits of shape (100, 1"),
    "another input": (lambda: nn.Sequential(nn.Conv2d(3, 4, 3)), "could not be run"),
    "ink to paper": (net(lambda self, x: Net.forward(self, -x)), "`neg` in forward"),
    "minus ink": (net(lambda self, x: Net.forward(self, x * -1.0)), "multiplies ink by -1"),
    "lazy": (lambda: nn.Sequential(nn.LazyConv2d(3, 3)), "has no shape yet"),
    "meta": (lambda: Net().to("meta"), "has no numbers: it is on the device meta"),
    "a perceptron": (MLP, "`hidden` (Linear) stands where convolution 1 of 2 is expected"),
    "LeNet-5": (LeNet5, "stands where convolution 1 of 2 is expected"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_lab_has_not_is_named_and_no_file_written(case, tmp_path):
    make, words = REFUSED[case]
    network = make if isinstance(make, nn.Module) else drawn(make)
    (tmp_path / "model.json").write_text("earlier")
    with pytest.raises(ExportError) as caught:
        export_module(network, tmp_path / "model.json", mean=0.0, std=1.0)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["earlier"]


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


@pytest.mark.usefixtures("no_type_checker")
def test_arrays_alone_are_no_network(tmp_path):
    with pytest.raises(ExportError, match=r"`network` \(a OrderedDict\) must be a torch.nn.Module"):
        export_module(Net().state_dict(), tmp_path / "model.json", mean=0.0, std=1.0)


@pytest.mark.parametrize(("mean", "std"), [(0.0, 0.0), (float("nan"), 1.0), (0.0, -1.0)], ids=str)
def test_a_mean_or_std_that_hides_everything_is_refused(mean, std, tmp_path):
    with pytest.raises(ExportError, match=r"`mean` .* must be finite, `std` above 0"):
        export_module(Net(), tmp_path / "model.json", mean=mean, std=std)


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


@pytest.mark.usefixtures("no_type_checker")
@pytest.mark.parametrize("mean", ["0.1", None, (0.1, 0.2), 0j, [[1], 2]], ids=str)
def test_a_mean_that_is_no_number_is_refused(mean, tmp_path):
    with pytest.raises(ExportError, match=r"`mean` \(=.*\) must be one number"):
        export_module(Net(), tmp_path / "model.json", mean=mean, std=1.0)


@pytest.mark.usefixtures("no_type_checker")
@pytest.mark.parametrize("name", [3, "two\nlines"])
def test_a_name_of_another_kind_is_refused(name, tmp_path):
    with pytest.raises(ExportError, match=r"`name` .* must be a text of one line"):
        export_module(drawn(Net), tmp_path / "model.json", mean=0.0, std=1.0, name=name)


@pytest.mark.usefixtures("no_type_checker")
def test_a_class_is_not_the_module_that_it_makes(tmp_path):
    with pytest.raises(ExportError, match="`network` is the class Net; give the trained module"):
        export_module(Net, tmp_path / "model.json", mean=0.0, std=1.0)


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path):
    with pytest.raises(OSError, match=rf"directory: '{tmp_path}'$"):
        export_module(drawn(Net), tmp_path, mean=0.0, std=1.0)
