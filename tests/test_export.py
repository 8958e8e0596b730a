"""Exported networks answer as PyTorch does, and what cannot be run is refused in words."""

import io
import json

import numpy as np
import pytest
import torch
from torch import nn

import build
from analysis.network import random_network
from cnnfilters.export import ExportError, export_run, export_weights, logits, pack, unpack
from export.networks import drawn, sequence
from pipeline.export import arguments, export
from pipeline.places import Places


def images(count=3):
    return np.random.default_rng(5).uniform(0, 1, (count, 28, 28))


def own_network(*, padding=1, features=8 * 7 * 7, hidden=20):
    """A reader's network with other sizes, another order of ReLU and pooling, two linear layers."""
    with torch.random.fork_rng():
        torch.manual_seed(3)
        return nn.Sequential(
            nn.Conv2d(1, 6, 3, padding=padding),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(6, 8, 3, padding=padding, bias=False),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(features, hidden),
            nn.ReLU(),
            nn.Linear(hidden, 10),
        )


def arrays(model):
    return {name: value.numpy() for name, value in model.state_dict().items()}


@pytest.mark.parametrize("padding", [0, 2])
def test_an_exported_run_gives_the_logits_of_pytorch(padding):
    known = random_network(padding)
    model = json.loads(json.dumps(export_run(_with_words(known.run), name="a network")))
    expected = known.model(torch.from_numpy(images()[:, None]).float()).detach().numpy()
    np.testing.assert_allclose(logits(model, images()), expected, atol=1e-5)


def test_a_readers_network_finds_its_own_padding_and_gives_the_logits_of_pytorch():
    own = own_network()
    model = export_weights(arrays(own), name="mine", mean=0.5, std=0.25)
    assert [layer["padding"] for layer in model["layers"] if layer["type"] == "conv"] == [1, 1]
    seen = (torch.from_numpy(images()[:, None]).float() - 0.5) / 0.25
    np.testing.assert_allclose(logits(model, images()), own(seen).detach().numpy(), atol=1e-5)


def test_numbers_come_back_to_the_bit():
    numbers = np.array([[0.1, -2.5], [1e-30, 3e7]], np.float32)
    np.testing.assert_array_equal(unpack(pack(numbers)), numbers)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"0.weight": np.zeros((6, 3, 3, 3))}, "must have 1 input channel, has 3"),
        ({"0.weight": np.zeros((6, 1, 3, 5))}, "must have square kernels"),
        ({"0.weight": np.full((6, 1, 3, 3), np.nan)}, "not finite"),
        ({"3.weight": np.zeros((8, 5, 3, 3))}, "takes 5 channels and would get 6"),
        ({"7.weight": np.zeros((20, 391))}, "takes 391 numbers, but after two"),
        ({"9.weight": np.zeros((9, 20))}, "gives 9 logits, not 10"),
        ({"9.bias": np.zeros(9)}, r"`9.bias` \(shape \(9,\)\) must have 10 numbers"),
        ({"4.weight": np.zeros((1, 1, 1, 1))}, "has 3 convolutions"),
    ],
    ids=["colour", "oblong", "nan", "channels", "features", "classes", "bias", "three"],
)
def test_a_network_that_does_not_fit_is_refused(change, message):
    with pytest.raises(ExportError, match=message):
        export_weights({**arrays(own_network()), **change}, name="mine")


def test_a_padding_that_does_not_fit_is_refused():
    with pytest.raises(ExportError, match="padding 0 gives 200"):
        export_weights(arrays(own_network()), name="mine", padding=0)


def test_a_state_dict_becomes_a_file_with_its_accuracy(tmp_path):
    torch.save(own_network().state_dict(), tmp_path / "mine.pt")
    said = export(
        Places.of(tmp_path),
        ["--state-dict", str(tmp_path / "mine.pt"), str(tmp_path / "model.json")],
    )
    model = json.loads((tmp_path / "model.json").read_text())
    assert (model["format"], model["version"], model["name"]) == ("cnnfilters-model", 1, "mine")
    first, assumption, checked = said.splitlines()
    assert f"{100 * model['accuracy']:.1f} % of 1,000 held-out training digits" in first
    assert (
        "3 (stride 1, padding 1), 2×2 max-pooling, ReLU, 7, ReLU, 9; paddings 0,2 and 2,1 would"
        in assumption
    )
    assert checked.startswith("only the accuracy was checked, not the answers")


def saved(content):
    """The bytes of what torch saves."""
    buffer = io.BytesIO()
    torch.save(content, buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "must hold a state_dict, and is empty"),
        (bytes(range(256)) * 20, "must hold a state_dict, and is nothing that torch.save wrote"),
        (b"<!DOCTYPE html><title>404</title>", "must hold a state_dict, and is an HTML or XML"),
        (saved(own_network().state_dict())[:9_000], "must hold a state_dict, and is cut short"),
        (saved(own_network()), "must hold a state_dict, and holds a whole object"),
        (saved({}), "must hold a state_dict, and holds an empty mapping"),
        (saved(nn.Linear(784, 10).state_dict()), "the network has 0 convolutions and 1 linear"),
        (saved({7: torch.zeros(2, 3, 5, 5)}), "the network has 1 convolutions"),
    ],
    ids=[
        "empty",
        "garbage",
        "HTML",
        "truncated",
        "a whole module",
        "nothing",
        "another network",
        "names that are numbers",
    ],
)
def test_another_file_is_one_line_and_the_earlier_export_stays(content, message, tmp_path, capsys):
    own, output = tmp_path / "mine.pt", tmp_path / "model.json"
    own.write_bytes(content)
    output.write_text("earlier")
    assert build.main(["export", "--state-dict", str(own), str(output)]) == 1
    said = capsys.readouterr()
    assert said.err.startswith("build: ")
    assert message in said.err
    assert (said.err.count("\n"), said.out) == (1, "")
    assert output.read_text() == "earlier"
    assert sorted(tmp_path.iterdir()) == [own, output]


def test_an_unknown_run_is_refused_with_the_names_of_the_headline_runs(tmp_path):
    manifest = Places.of(tmp_path).manifest
    manifest.parent.mkdir()
    results = {"run:default": "a", "run:source": "b", "run:nulls/arm 0": "c", "study:nulls": "d"}
    manifest.write_text(json.dumps({"results": results}))
    message = r"`--run` \(='best'\) must be default, source, or a network of an experiment"
    with pytest.raises(ExportError, match=message):
        export(
            Places.of(tmp_path),
            ["--run", "best", str(tmp_path / "model.json")],
        )
    assert not (tmp_path / "model.json").exists()


@pytest.mark.parametrize("padding", ["x", "1,2,3", "1.5", ""])
def test_a_padding_that_is_no_number_is_refused(padding, tmp_path, capsys):
    with pytest.raises(SystemExit):
        export(
            Places.of(tmp_path),
            ["--state-dict", "mine.pt", "--padding", padding, str(tmp_path / "model.json")],
        )
    assert "--padding" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["answers", "key", "padding", "mean", "std"])
def test_what_is_about_arrays_does_not_go_with_a_run(option, tmp_path):
    manifest = Places.of(tmp_path).manifest
    manifest.parent.mkdir()
    manifest.write_text(json.dumps({"results": {"run:default": "a"}}))
    given = ["--run", "default", f"--{option}", "0", str(tmp_path / "model.json")]
    with pytest.raises(ExportError, match=f"`--{option}` goes with --state-dict"):
        export(Places.of(tmp_path), given)


def _with_words(run):
    from dataclasses import replace

    return replace(run, data={"held_out_words": "20 digits"})


@pytest.mark.parametrize("given", ["same", "-1", "1,2,3", "2,", ""])
def test_a_padding_that_is_none_is_told_how_it_is_written(given, capsys):
    with pytest.raises(SystemExit):
        arguments(["--state-dict", "a.pt", f"--padding={given}", "model.json"])
    assert "must be a whole number, or two with a comma between" in capsys.readouterr().err


def test_weights_are_not_written_over(tmp_path):
    path = tmp_path / "mine.pt"
    torch.save(drawn(sequence).state_dict(), path)
    before = path.read_bytes()
    with pytest.raises(ExportError, match="holds no exported network; choose another name"):
        export(Places.of(tmp_path), ["--state-dict", str(path), str(path)])
    assert path.read_bytes() == before
    for _ in range(2):  # an exported network may be written again
        export(
            Places.of(tmp_path),
            ["--state-dict", str(path), str(tmp_path / "model.json")],
        )
