"""A network that the lab cannot show is refused by the name of what the lab has not."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from cnnfilters.export import ExportError, export_module
from cnnfilters.model import MLP, LeNet5
from export.networks import FEATURES, FILTERS, Net, drawn, net, sequence


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


@pytest.mark.usefixtures("no_type_checker")
def test_arrays_alone_are_no_network(tmp_path):
    with pytest.raises(ExportError, match=r"`network` \(a OrderedDict\) must be a torch.nn.Module"):
        export_module(Net().state_dict(), tmp_path / "model.json", mean=0.0, std=1.0)


@pytest.mark.parametrize(("mean", "std"), [(0.0, 0.0), (float("nan"), 1.0), (0.0, -1.0)], ids=str)
def test_a_mean_or_std_that_hides_everything_is_refused(mean, std, tmp_path):
    with pytest.raises(ExportError, match=r"`mean` .* must be finite, `std` above 0"):
        export_module(Net(), tmp_path / "model.json", mean=mean, std=std)


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
