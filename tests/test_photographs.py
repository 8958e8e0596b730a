"""The photographs against the packages that carry them."""

import subprocess
import sys

import numpy as np
import pytest
import skimage.color
import skimage.data
import skimage.transform
import sklearn.datasets

import cnnfilters.photographs
from cnnfilters.photographs import PhotographError, load_photograph, photographs

each_picture = pytest.mark.parametrize("name", photographs())


def from_its_package(name):
    if name in ("china", "flower"):
        return sklearn.datasets.load_sample_image(f"{name}.jpg")
    if name == "motorcycle":
        return skimage.data.stereo_motorcycle()[0]
    return getattr(skimage.data, name)()


@each_picture
def test_the_pixels_are_those_that_the_package_loads(name):
    ours = load_photograph(name)
    assert ours.dtype == np.float32
    assert len(ours) == (3 if photographs()[name].colour else 1)
    expected = np.atleast_3d(from_its_package(name)).transpose(2, 0, 1) / 255
    np.testing.assert_allclose(ours, expected, atol=1e-7)


@each_picture
def test_every_picture_says_what_it_shows_and_whose_it_is(name):
    picture = photographs()[name]
    assert picture.name == name
    assert picture.shows
    assert picture.credit in picture.attribution


@pytest.mark.parametrize(
    ("name", "stated"),
    [
        ("astronaut", "public domain"),
        ("camera", "CC0 by the photographer (Lav Varshney)"),
        ("chelsea", "CC0 by the photographer (Stefan van der Walt)"),
        ("coffee", "CC0 by the photographer (Rachel Michetti)"),
        ("rocket", "public domain"),
        ("coins", "No known copyright restrictions"),
        ("brick", "Creative Commons CC0"),
        ("grass", "Creative Commons CC0"),
    ],
)
def test_scikit_image_still_states_these_terms(name, stated):
    assert stated in " ".join(getattr(skimage.data, name).__doc__.split())
    licence = photographs()[name].licence
    assert licence is not None
    assert licence.lower() in stated.lower()


def test_a_picture_without_a_stated_licence_says_so():
    assert photographs()["motorcycle"].licence is None
    assert photographs()["motorcycle"].attribution.endswith("no licence stated")


def test_grey_is_scikit_images_luminance():
    expected = skimage.color.rgb2gray(skimage.data.chelsea())
    np.testing.assert_allclose(load_photograph("chelsea", grey=True)[0], expected, atol=1e-6)


def test_a_grey_picture_stays_as_it_is_when_asked_for_grey():
    np.testing.assert_array_equal(load_photograph("coins", grey=True), load_photograph("coins"))


def test_shrinking_averages_blocks_and_cuts_the_rest_off():
    ours = load_photograph("coins", shrink=4)  # 303 × 384
    expected = skimage.transform.downscale_local_mean(skimage.data.coins()[:300] / 255, (4, 4))
    np.testing.assert_allclose(ours[0], expected, atol=1e-6)


def test_shrinking_to_the_shorter_side_leaves_one_row():
    assert load_photograph("coins", shrink=303).shape == (1, 1, 1)


@pytest.mark.parametrize("block", [0, -2, 304])
def test_a_block_outside_the_picture_is_refused(block):
    with pytest.raises(ValueError, match=rf"`shrink` \(={block}\) must be at (least 1|most 303)"):
        load_photograph("coins", shrink=block)


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"`name` \(='lena'\) must be one of astronaut, camera"):
        load_photograph("lena")


@pytest.mark.parametrize("content", [b"", b"no picture", "half"], ids=["empty", "text", "half"])
def test_a_damaged_file_is_named(content, tmp_path, monkeypatch):
    whole = cnnfilters.photographs.wheel_file("skimage", "data", "coins.png").read_bytes()
    damaged = tmp_path / "coins.png"
    damaged.write_bytes(whole[: len(whole) // 2] if content == "half" else content)
    monkeypatch.setattr(cnnfilters.photographs, "wheel_file", lambda *_: damaged)
    with pytest.raises(PhotographError, match=r"coins.png is damaged .* reinstall"):
        load_photograph("coins")


def test_a_missing_package_is_named_with_its_remedy(monkeypatch):
    monkeypatch.setattr("cnnfilters.provenance.find_spec", lambda _: None)
    with pytest.raises(PhotographError, match="`skimage` is not installed: pip install"):
        load_photograph("coins")


def test_neither_package_is_imported():
    code = (
        "import sys; from cnnfilters.photographs import load_photograph as load;"
        "load('coins'); load('china');"
        "print(sorted({'skimage', 'sklearn', 'scipy'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
