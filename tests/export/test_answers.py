"""Answers that the reader saved are compared with the file's."""

import struct

import numpy as np
import pytest
import torch
from torch import nn

import build
from cnnfilters.digits import load_digits
from cnnfilters.export import ExportError, check_digits, export_weights
from cnnfilters.export.comparison import check_answers
from export.networks import arrays, drawn, pytorchs, sequence


def saved(path, answers):
    np.save(path, answers)
    return path


@pytest.fixture(scope="module")
def network():
    return drawn(sequence)


@pytest.fixture(scope="module")
def model(network):
    return export_weights(arrays(network), name="mine", mean=0.0, std=1.0)


HUGE = "{'descr': '<f8', 'fortran_order': False, 'shape': (9999999999999, 10)}"


def headed(words):
    """A file in NumPy's format with some header, and nothing behind it."""
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", 118) + words.ljust(117).encode() + b"\n"


def logarithms(logits):
    return logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))


def test_the_digits_are_ten_of_each_class():
    assert np.bincount(load_digits().held_out_labels[::10]).tolist() == [10] * 10
    np.testing.assert_array_equal(
        check_digits(), load_digits().held_out_images[::10].astype(np.float64)
    )


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (lambda logits: logits, "its logits are within 0.0001"),
        (logarithms, "its logarithms of probabilities are within"),
        (lambda logits: np.exp(logarithms(logits)), "its probabilities are within"),
        (lambda logits: logits.astype(np.float32), "its logits are within"),
    ],
    ids=["logits", "log_softmax", "softmax", "float32"],
)
def test_the_same_answers_pass(of, words, network, model, tmp_path):
    path = saved(tmp_path / "logits.npy", of(pytorchs(network, check_digits())))
    assert words in check_answers(model, path, load_digits())


def test_all_held_out_digits_may_be_answered(network, model, tmp_path):
    path = saved(tmp_path / "all.npy", pytorchs(network, load_digits().held_out_images))
    assert "on 1000 digits" in check_answers(model, path, load_digits())


def test_another_activation_is_caught(network, model, tmp_path):
    other = nn.Sequential(*(nn.Tanh() if isinstance(m, nn.ReLU) else m for m in network))
    path = saved(tmp_path / "logits.npy", pytorchs(other, check_digits()))
    with pytest.raises(
        ExportError, match=r"part by up to [\d.]+, most at digit \d+ of 100: another"
    ):
        check_answers(model, path, load_digits())


def test_one_answer_that_differs_is_named(network, model, tmp_path):
    answers = pytorchs(network, check_digits())
    answers[37, 4] += 2e-4
    path = saved(tmp_path / "logits.npy", answers)
    with pytest.raises(ExportError, match=r"part by up to 0\.0002, most at digit 37 of 100"):
        check_answers(model, path, load_digits())


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (np.zeros((10, 100)), r"\(of shape \(10, 100\)\) must hold shape \(100, 10\)"),
        (np.zeros((100, 10), "U1"), r"\(of <U1\) must hold finite numbers"),
        (np.full((100, 10), np.nan), "must hold finite numbers"),
        (np.zeros((100, 10), np.float16), "float16 rounds more coarsely"),
        (np.full((100, 10), None), "must hold an array that np.save wrote"),
    ],
    ids=["turned", "text", "nan", "float16", "objects"],
)
def test_what_holds_no_answers_is_refused(answers, words, model, tmp_path):
    with pytest.raises(ExportError, match=words):
        check_answers(model, saved(tmp_path / "logits.npy", answers), load_digits())


@pytest.mark.parametrize(
    "content",
    [b"", b"0.1, 0.2", b"\x93NUMPY", b"PK\x03\x04", headed("(" * 9), headed(HUGE)],
    ids=["empty", "CSV", "cut", "broken zip", "broken header", "huge"],
)
def test_another_file_holds_no_answers(content, model, tmp_path):
    (tmp_path / "logits.npy").write_bytes(content)
    with pytest.raises(ExportError, match=r"must hold an array that np\.save wrote"):
        check_answers(model, tmp_path / "logits.npy", load_digits())


@pytest.mark.parametrize("right", [True, False])
def test_the_command_writes_only_what_answers_alike(right, network, tmp_path, capsys):
    torch.save({"epoch": 3, "model_state_dict": network.state_dict()}, tmp_path / "mine.pt")
    answers = saved(tmp_path / "logits.npy", pytorchs(network, check_digits()) + (not right))
    words = ["--state-dict", tmp_path / "mine.pt", "--answers", answers, tmp_path / "model.json"]
    given = ["export", *map(str, words), "--mean", "0", "--std", "1"]
    assert build.main(given) == (0 if right else 1)
    said = capsys.readouterr()
    assert (tmp_path / "model.json").exists() == right
    if right:
        assert f"read `model_state_dict` of {tmp_path / 'mine.pt'}\nassumed, since" in said.out
        assert said.out.rstrip().endswith("on 100 digits")
    else:
        assert said.err.startswith("build: the logits of the file and of")
        assert said.err.count("\n") == 1


def test_several_arrays_are_an_archive(model, tmp_path):
    np.savez(tmp_path / "logits.npz", np.zeros((100, 10)))
    with pytest.raises(ExportError, match=r"is an archive of arrays; write one array by np\.save"):
        check_answers(model, tmp_path / "logits.npz", load_digits())
