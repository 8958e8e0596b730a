"""A state_dict is found wherever a checkpoint keeps it; any other file is named as what it is."""

import argparse
import gzip
import io
import os
import pickle
import tarfile
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from cnnfilters.export import ExportError
from pipeline.checkpoint import find_state_dict

STATE = OrderedDict(
    {"conv.weight": torch.arange(6.0).reshape(2, 1, 1, 3), "fc.weight": torch.ones(2, 2)}
)


class Own(nn.Module):
    """A reader's class, which no file may bring to life."""


def saved(path, content, **options):
    torch.save(content, path, **options)
    return path


def with_optimizer(**more):
    network = nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten(), nn.Linear(2, 2))
    optimizer = torch.optim.Adam(network.parameters())
    network(torch.zeros(1, 1, 3, 3)).sum().backward()
    optimizer.step()
    return {"optimizer_state_dict": optimizer.state_dict(), "epoch": 3, **more}


CHECKPOINTS = {
    "model_state_dict": ("model_state_dict", {"model_state_dict": STATE}),
    "state_dict": ("state_dict", {"state_dict": STATE, "arch": "mine"}),
    "model": ("model", with_optimizer(model=STATE)),
    "lightning": (
        "state_dict",
        {
            "pytorch-lightning_version": "2.5",
            "state_dict": STATE,
            "hyper_parameters": argparse.Namespace(rate=0.1, out=Path("here")),
            "callbacks": {"best": np.float64(0.9)},
            "optimizer_states": [with_optimizer()],
        },
    ),
    "a number of NumPy's": ("net", {"net": STATE, "loss": np.float64(0.5)}),
    "an array of NumPy's": ("net", {"net": STATE, "curve": np.arange(4.0)}),
    "deep": ("a.b.c", {"a": {"b": {"c": STATE}}}),
    "beside an object": ("weights", {"weights": STATE, "network": Own()}),
}


@pytest.mark.parametrize("case", CHECKPOINTS)
def test_it_is_found_and_its_key_named(case, tmp_path):
    key, content = CHECKPOINTS[case]
    found = find_state_dict(saved(tmp_path / "mine.pt", content))
    assert found.key == key
    assert [*found.arrays] == [*STATE]
    np.testing.assert_array_equal(found.arrays["conv.weight"].ravel(), np.arange(6))


@pytest.mark.parametrize("options", [{}, {"_use_new_zipfile_serialization": False}], ids=str)
def test_a_bare_one_has_no_key(options, tmp_path):
    assert find_state_dict(saved(tmp_path / "mine.pt", STATE, **options)).key == ""


@pytest.mark.parametrize("before", ["module.", "_orig_mod.", "_orig_mod.module."])
def test_the_names_of_wrappers_are_cut(before, tmp_path):
    wrapped = {f"{before}{name}": array for name, array in STATE.items()}
    assert [*find_state_dict(saved(tmp_path / "mine.pt", wrapped)).arrays] == [*STATE]


def test_of_several_one_has_to_be_chosen(tmp_path):
    other = {name: array + 1 for name, array in STATE.items()}
    path = saved(tmp_path / "mine.pt", {"model": STATE, "ema": other})
    with pytest.raises(ExportError, match="holds several; choose one: --key model, ema"):
        find_state_dict(path)
    assert find_state_dict(path, "ema").arrays["fc.weight"][0, 0] == 2
    with pytest.raises(ExportError, match=r"`--key` \(='best'\) must be 'model', 'ema'"):
        find_state_dict(path, "best")


class Trap:
    """Makes a folder when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


@pytest.mark.parametrize("options", [{}, {"_use_new_zipfile_serialization": False}], ids=str)
@pytest.mark.parametrize("beside", [{}, {"state_dict": STATE}], ids=["alone", "beside weights"])
def test_no_code_is_run(options, beside, tmp_path):
    content = {"conv.weight": Trap(tmp_path / "sprung"), **beside}
    path = saved(tmp_path / "bad.pt", content, **options)
    with pytest.raises(ExportError, match=r"asks for (posix|nt)\.mkdir, which would be code; no"):
        find_state_dict(path)
    assert [*tmp_path.iterdir()] == [path]


class Harmless:
    """Would note that it was made, or given something."""

    noted: list = []  # noqa: RUF012 - a trap

    def __new__(cls):
        cls.noted.append("made")
        return super().__new__(cls)

    def __setstate__(self, state):
        self.noted.append("given")


def test_what_a_checkpoint_holds_beside_is_never_made(tmp_path):
    one = Harmless()
    one.x = 1
    path = saved(tmp_path / "mine.pt", {"state_dict": STATE, "more": one})
    Harmless.noted.clear()
    assert find_state_dict(path).key == "state_dict"
    assert Harmless.noted == []


def zipped(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def tarred():
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("mine.pt"))
    return buffer.getvalue()


def written(save, *content):
    buffer = io.BytesIO()
    save(*content, buffer)
    return buffer.getvalue()


def numpys(save, content):
    buffer = io.BytesIO()
    save(buffer, content)
    return buffer.getvalue()


WHOLE = written(torch.save, nn.Sequential(nn.Linear(2, 2)))
HEADER = b'{"fc.weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'
FILES = {
    "empty": (b"", "is empty; copy or download it again"),
    "spaces": (b" \n ", "is blank"),
    "HTML": (b"\n<!DOCTYPE html><title>404</title>", "is an HTML or XML page"),
    "text": ("weights: 3.5, naïve".encode(), "is text, not weights"),
    "a pointer": (b"version https://git-lfs.github.com/spec/v1\noid", "is a pointer of Git LFS"),
    "exported": (b'{"format":"cnnfilters-model","version":1}', "is an exported network already"),
    "HDF5": (b"\x89HDF\r\n\x1a\n" + bytes(99), "is an HDF5 file, as of Keras"),
    "Keras": (zipped(**{"config.json": "{}", "model.weights.h5": "x"}), "is a Keras model"),
    "npz": (numpys(np.savez, np.ones(3)), r"is NumPy arrays \(.npz\)"),
    "npy": (numpys(np.save, np.ones(3)), "is a NumPy array; logits are given by --answers"),
    "safetensors": (len(HEADER).to_bytes(8, "little") + HEADER + bytes(4), "is a safetensors file"),
    "ONNX": (b"\x08\x08\x12\x07pytorch\x1a\x052.9.0:", "is an ONNX file"),
    "gzip": (gzip.compress(WHOLE), "is packed by gzip; unpack it"),
    "tar": (tarred(), "is a tar archive; unpack it"),
    "zip": (zipped(**{"readme.txt": "x"}), "is a zip archive without anything of torch's"),
    "TorchScript": (
        zipped(**{"m__code____torch__.py": "", "m__constants.pkl": "", "m__data.pkl": ""}),
        "is a TorchScript archive",
    ),
    "truncated": (WHOLE[:900], "is cut short or damaged"),
    "garbage": (bytes(range(256)) * 20, "is nothing that torch.save wrote, or is damaged"),
    "a plain pickle": (pickle.dumps({"a": 1}), "is nothing that torch.save wrote, or is damaged"),
    "a whole module": (
        WHOLE,
        r"holds a whole object \(torch.nn.modules.container.Sequential\), .*export_module",
    ),
    "a list": (written(torch.save, [1, 2]), "holds a list"),
    "an array": (written(torch.save, torch.ones(3)), "holds a Tensor"),
    "an empty mapping": (written(torch.save, {}), "holds an empty mapping"),
    "other things": (
        written(torch.save, with_optimizer(network=nn.Linear(2, 2))),
        r"holds optimizer_state_dict \(dict\), epoch \(int\), network \(torch.nn.modules.linear",
    ),
}


@pytest.mark.parametrize("case", FILES)
def test_another_file_is_named_as_what_it_is(case, tmp_path):
    content, words = FILES[case]
    path = tmp_path / "mine.pt"
    path.write_bytes(content)
    with pytest.raises(ExportError, match=words) as caught:
        find_state_dict(path)
    assert str(caught.value).startswith(f"{path} must hold a state_dict, and ")
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


def test_a_missing_file_and_a_folder_say_so_themselves(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"mine\.pt"):
        find_state_dict(tmp_path / "mine.pt")
    with pytest.raises(IsADirectoryError, match=str(tmp_path)):
        find_state_dict(tmp_path)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64], ids=str)
def test_weights_of_another_type_become_float32(dtype, tmp_path):
    state = {name: array.to(dtype) for name, array in STATE.items()}
    for name, array in find_state_dict(saved(tmp_path / "mine.pt", state)).arrays.items():
        assert array.dtype == np.float32
        np.testing.assert_array_equal(array, state[name].float().numpy())


def test_complex_numbers_are_refused_by_name(tmp_path):
    path = saved(tmp_path / "mine.pt", {**STATE, "phase": torch.ones(2, dtype=torch.complex64)})
    with pytest.raises(ExportError, match=r"`phase` \(torch.complex64\) is no plain array"):
        find_state_dict(path)


def test_a_name_that_comes_twice_without_its_wrapper_is_refused(tmp_path):
    path = tmp_path / "mine.pt"
    torch.save({"fc.weight": torch.zeros(2, 2), "module.fc.weight": torch.ones(2, 2)}, path)
    with pytest.raises(ExportError, match=r"holds `fc\.weight` twice"):
        find_state_dict(path)


def test_of_much_the_first_that_is_told_is_no_array(tmp_path):
    path = tmp_path / "mine.pt"
    torch.save({**{f"{i}.weight": torch.zeros(2, 2) for i in range(9)}, "epoch": 3}, path)
    with pytest.raises(ExportError, match=r"holds epoch \(int\), 0\.weight"):
        find_state_dict(path)


def test_only_zeros_are_a_copy_that_was_broken_off(tmp_path):
    path = tmp_path / "mine.pt"
    path.write_bytes(bytes(900))
    with pytest.raises(ExportError, match="is only zeros"):
        find_state_dict(path)
