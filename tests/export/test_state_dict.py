"""From arrays alone: what can be told is told, what cannot is refused by its name."""

import numpy as np
import pytest
import torch
from torch import nn

from cnnfilters.export import ExportError, assumed, export_weights, logits, unpack
from export.networks import FEATURES, FILTERS, arrays, drawn, pytorchs, sequence, some_digits


def normalised(**options):
    """Batch normalisation directly behind both convolutions, as it is usually written."""
    return nn.Sequential(
        nn.Conv2d(1, FILTERS[0], 5, bias=False),
        nn.BatchNorm2d(FILTERS[0], **options),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(*FILTERS, 5),
        nn.BatchNorm2d(FILTERS[1], **options),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(FEATURES, 10),
    )


@pytest.mark.parametrize("options", [{}, {"affine": False}], ids=["affine", "plain"])
def test_batch_normalisation_behind_a_convolution_is_folded(options):
    network = drawn(lambda: normalised(**options))
    model = export_weights(arrays(network), name="mine", mean=0.0, std=1.0)
    expected = pytorchs(network, some_digits())
    np.testing.assert_allclose(logits(model, some_digits()), expected, atol=1e-5, rtol=0)
    words = assumed(arrays(network), model)
    assert "`1` directly behind `0` with eps=1e-05; batch normalisation `5` directly" in words


def test_the_order_activations_padding_mean_and_std_that_were_assumed_are_told():
    network = arrays(sequence(padding=2))
    model = export_weights(network, name="mine", padding=(2, 0), mean=0.5, std=0.25)
    assert assumed(network, model) == (
        "assumed, since a state_dict does not say it: the order of __init__, with ReLU as the only "
        "activation: 0 (stride 1, padding 2), 2×2 max-pooling, ReLU, 3 (stride 1, padding 0), "
        "2×2 max-pooling, ReLU, 7; paddings 1 and 0,1 and 3,0 would fit as well; mean 0.5 and "
        "std 0.25"
    )


def with_names(network, *names):
    """Its arrays, with other names for its layers."""
    old = list(dict.fromkeys(key.rpartition(".")[0] for key in network.state_dict()))
    new = dict(zip(old, names, strict=True))
    return {
        f"{new[key.rpartition('.')[0]]}.{key.rpartition('.')[2]}": array
        for key, array in arrays(network).items()
    }


@pytest.mark.parametrize(
    "names",
    [
        ("conv1", "bn1", "conv2", "bn2", "fc"),
        ("block1.conv", "block1.bn", "block2.conv", "block2.bn", "fc"),
        ("features.0", "features.1", "features.4", "features.5", "classifier.0"),
        ("conv_a", "norm_a", "conv_b", "norm_b", "out"),
    ],
    ids=["numbers", "blocks", "places", "letters"],
)
def test_names_that_agree_are_neighbours(names):
    network = drawn(normalised)
    model = export_weights(with_names(network, *names), name="mine", mean=0.0, std=1.0)
    expected = pytorchs(network, some_digits())
    np.testing.assert_allclose(logits(model, some_digits()), expected, atol=1e-5)


@pytest.mark.parametrize(
    "names",
    [
        ("conv1", "bn2", "conv2", "bn1", "fc"),
        ("0", "2", "4", "5", "9"),  # something without arrays stands between 0 and 2
        ("features.0", "norms.1", "features.4", "features.5", "fc"),
    ],
    ids=["other numbers", "a gap", "elsewhere"],
)
def test_names_that_disagree_are_refused(names):
    with pytest.raises(ExportError, match=f"`{names[1]}` is batch normalisation and follows"):
        export_weights(with_names(drawn(normalised), *names), name="mine")


def norm(name, count):
    ones = np.ones(count, np.float32)
    parts = dict.fromkeys(("weight", "bias", "running_mean", "running_var"), ones)
    return {f"{name}.{part}": array for part, array in parts.items()}


EXTRA = {
    "norm of features": (norm("bn", 10), "`bn` is batch normalisation and follows `7`"),
    "norm of a layer": ({"ln.weight": np.ones(10)}, r"`ln.weight` \(shape \(10,\)\) belongs to no"),
    "PReLU": ({"act.weight": np.ones(1)}, "`act.weight`"),
    "one axis": ({"scale": np.ones(3)}, r"`scale` .* leave it out of the file: del state\['scale'"),
    "three axes": ({"conv1d.weight": np.ones((3, 2, 5))}, "`conv1d.weight`"),
    "a number": ({"temperature": np.ones(())}, r"`temperature` \(shape \(\)\)"),
    "half a norm": ({"bn.running_mean": np.ones(6)}, "`bn.running_mean`"),
    "a bias without weight": ({"lone.bias": np.ones(6)}, "`lone.bias`"),
    "recurrent": (
        {"rnn.weight_ih_l0": np.ones((4, 10)), "rnn.bias_ih_l0": np.ones(4)},
        "`rnn.bias_ih_l0`",
    ),
    "parametrised": (
        {"0.parametrizations.weight.original0": np.ones((6, 1, 1, 1))},
        "is a part from which a weight is made; use `export_module`",
    ),
    "pruned": ({"0.weight_orig": np.ones((6, 1, 5, 5))}, "`0.weight_orig` is a part"),
}


@pytest.mark.parametrize("case", EXTRA)
def test_no_array_is_dropped(case):
    extra, words = EXTRA[case]
    with pytest.raises(ExportError, match=words):
        export_weights({**arrays(sequence()), **extra}, name="mine")


def test_a_norm_before_all_follows_nothing():
    with pytest.raises(ExportError, match="`bn` is batch normalisation and follows nothing"):
        export_weights({**norm("bn", 1), **arrays(sequence())}, name="mine")


def test_a_norm_of_another_number_of_channels_is_refused():
    weights = {**arrays(drawn(normalised)), **norm("1", 5)}
    with pytest.raises(ExportError, match="`1` normalises 5 channels, but `0` before it gives 6"):
        export_weights(weights, name="mine")


@pytest.mark.parametrize(
    "order", [("7", "3", "0"), ("3", "0", "7")], ids=["backwards", "convolutions"]
)
def test_layers_in_another_order_are_told_that_order_counts(order):
    own = arrays(sequence())
    weights = {
        f"{name}.{part}": own[f"{name}.{part}"] for name in order for part in ("weight", "bias")
    }
    with pytest.raises(ExportError) as caught:
        export_weights(weights, name="mine")
    assert (
        f"keeps the order of __init__, taken here for that of forward: {', '.join(order)}; if"
        in str(caught.value)
    )
    assert "use `export_module`" in str(caught.value)


def sized(first, second, rows):
    """Arrays of a network with kernels of two sizes and so many rows at the end."""
    shapes = {
        "conv1": (2, 1, first, first),
        "conv2": (3, 2, second, second),
        "fc": (10, 3 * rows**2),
    }
    return {f"{name}.weight": np.zeros(shape, np.float32) for name, shape in shapes.items()}


def paddings(model):
    return [layer["padding"] for layer in model["layers"] if layer["type"] == "conv"]


def test_two_paddings_are_found_where_only_they_fit():
    assert paddings(export_weights(sized(5, 7, 11), name="mine")) == [4, 6]


def test_paddings_between_which_nothing_decides_are_named():
    with pytest.raises(ExportError, match="paddings 1,6 and 2,6 fit; choose one: --padding A,B"):
        export_weights(sized(3, 7, 10), name="mine")
    assert paddings(export_weights(sized(3, 7, 10), name="mine", padding=(2, 6))) == [2, 6]


def test_other_paddings_that_would_fit_are_told():
    """LeNet-5 on 28×28 has 2 and 0; 1 and 1 fit as well."""
    weights = sized(5, 5, 5)
    model = export_weights(weights, name="mine")
    assert paddings(model) == [1, 1]
    assert "paddings 0,1 and 2,0 and 3,0 would fit as well" in assumed(weights, model)
    model = export_weights(weights, name="mine", padding=(2, 0))
    assert "paddings 1 and 0,1 and 3,0 would fit as well" in assumed(weights, model)


def test_tensors_are_taken_as_they_are():
    network = drawn(sequence)
    model = export_weights(network.state_dict(), name="mine", mean=0.0, std=1.0)
    assert model == export_weights(arrays(network), name="mine", mean=0.0, std=1.0)


def test_a_layer_without_a_name_is_written():
    weights = arrays(sequence())
    weights["weight"], weights["bias"] = weights.pop("7.weight"), weights.pop("7.bias")
    assert export_weights(weights, name="mine")["layers"][-1]["name"] == "weight"


def test_torch_saves_arrays_in_the_order_of_init():
    """What `assumed` says of a state_dict."""

    class Backwards(nn.Module):
        def __init__(self):
            super().__init__()
            self.second, self.first = nn.Linear(2, 1), nn.Linear(1, 2)

        def forward(self, x):
            return self.second(self.first(x))

    assert next(iter(Backwards().state_dict())) == "second.weight"
    assert Backwards()(torch.zeros(1, 1)).shape == (1, 1)


@pytest.mark.parametrize(
    "form",
    [lambda t: t.bfloat16(), nn.Parameter, lambda t: t.tolist()],
    ids=["bfloat16", "with gradient", "lists"],
)
def test_arrays_are_taken_in_every_form(form):
    state = {name: form(tensor) for name, tensor in drawn(sequence).state_dict().items()}
    expected = np.asarray(torch.as_tensor(state["0.bias"]).detach().float())
    model = export_weights(state, name="mine")
    np.testing.assert_allclose(unpack(model["layers"][0]["bias"]), expected)


@pytest.mark.parametrize(
    ("bias", "words"),
    [
        (np.full(6, 1j), "of complex128"),
        (np.array(["a"] * 6), "of <U1"),
        (np.full(6, None), "of object"),
        ([1, [2]], "must be an array of numbers"),
        (torch.zeros(6, device="meta"), "must be an array of numbers"),
    ],
    ids=["complex", "text", "objects", "ragged", "meta"],
)
def test_what_holds_no_numbers_is_named(bias, words):
    with pytest.raises(ExportError, match=f"`0.bias`.*{words}"):
        export_weights({**arrays(drawn(sequence)), "0.bias": bias}, name="mine")


@pytest.mark.usefixtures("no_type_checker")
def test_a_module_is_no_mapping_of_arrays():
    with pytest.raises(ExportError, match=r"`weights` \(a Sequential\).*`export_module`"):
        export_weights(drawn(sequence), name="mine")


def test_a_number_that_is_not_finite_has_nothing_to_do_with_order():
    weights = {**arrays(drawn(sequence)), "0.bias": np.full(6, np.nan)}
    with pytest.raises(ExportError, match=r"`0\.bias` holds a number that is not finite$"):
        export_weights(weights, name="mine")


def test_a_layer_without_a_number_is_refused():
    weights = {
        **arrays(drawn(sequence)),
        "7.weight": np.zeros((0, FEATURES)),
        "7.bias": np.zeros(0),
    }
    with pytest.raises(ExportError, match=r"`7` \(shape \(0, 128\)\) must hold a number"):
        export_weights({**weights, "9.weight": np.zeros((10, 0))}, name="mine")
