"""The timeline holds the very kernels of a Run, and the measures of each."""

import numpy as np
import pytest

from cnnfilters.analysis.nulls import fit_chance, kernel_fits
from cnnfilters.analysis.timeline import timeline
from cnnfilters.export import unpack
from figures.runs import made_up

RUN = made_up()
LINE = timeline(RUN, name="made up")


def test_kernels_come_back_to_the_bit():
    np.testing.assert_array_equal(unpack(LINE["kernels"]), RUN.weights["conv1.weight"][:, :, 0])


def test_every_snapshot_has_its_numbers():
    for name in ("steps", "accuracy", "loss", "cosine", "change"):
        assert len(LINE[name]) == len(RUN.steps)
    for part in (LINE["weights"], LINE["learned"]):
        for name in ("edge", "line", "blob", "smoothness", "names"):
            assert np.shape(part[name]) == (len(RUN.steps), 16)


def test_fits_are_of_the_weights_and_of_what_was_learned():
    start, end = RUN.kernels(0), RUN.kernels()
    np.testing.assert_allclose(LINE["weights"]["edge"][-1], kernel_fits(end).edge, atol=1e-4)
    learned = kernel_fits(end - start).edge
    np.testing.assert_allclose(LINE["learned"]["edge"][-1], learned, atol=1e-4)
    assert LINE["learned"]["edge"][0] == [0.0] * 16  # nothing has been learned yet


def test_each_fit_has_its_chance():
    for family, chance in fit_chance().items():
        assert LINE["chance"][family] == pytest.approx(chance._asdict(), abs=1e-4)


def test_the_order_names_every_kernel_once():
    assert sorted(LINE["order"]) == list(range(16))
