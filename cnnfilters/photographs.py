"""Photographs in the scikit-image and scikit-learn wheels, read without importing either."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import SupportsIndex

import numpy as np
from jaxtyping import Float

from cnnfilters.arithmetic.sizes import as_integer
from cnnfilters.provenance import wheel_file

LUMINANCE = (0.2125, 0.7154, 0.0721)  # weights of red, green and blue, ITU-R BT.709, rounded
SKIMAGE = ("skimage", "data")
SKLEARN = ("sklearn", "datasets", "images")
CC0 = "CC0"
CC_BY = "CC BY 2.0, https://creativecommons.org/licenses/by/2.0/"
PUBLIC_DOMAIN = "public domain"


class PhotographError(ValueError):
    """A photograph can't be had; one line says why and what to do."""


@dataclass(frozen=True)
class Photograph:
    """What a photograph shows, who made it, and on which terms its package hands it on.

    Attributes:
        name: What `load_photograph` takes.
        shows: What is to be seen, in a few words.
        credit: Who made it.
        licence: Its terms; None: the package states none, so no page may print the picture.
        colour: Whether it has three channels, and not one.
        place: Where it lies: package, folders, file.
    """

    name: str
    shows: str
    credit: str
    licence: str | None
    colour: bool
    place: tuple[str, ...]

    @property
    def attribution(self) -> str:
        """One line to put beside the picture.

        Example:
            >>> photographs()["camera"].attribution
            'Lav Varshney, from scikit-image; CC0'
        """
        package = {"skimage": "scikit-image", "sklearn": "scikit-learn"}[self.place[0]]
        return f"{self.credit}, from {package}; {self.licence or 'no licence stated'}"


def photographs() -> Mapping[str, Photograph]:
    """Every photograph by its name.

    Credit and licence are those that scikit-image states in the docstrings of `skimage.data` and
    scikit-learn in the README beside its pictures.

    Example:
        >>> [name for name, picture in photographs().items() if not picture.colour]
        ['camera', 'coins', 'brick', 'grass']
    """
    return _PHOTOGRAPHS


def load_photograph(
    name: str, *, grey: bool = False, shrink: SupportsIndex = 1
) -> Float[np.ndarray, "channels height width"]:
    """The pixels of one photograph.

    Args:
        name: A key of `photographs()`.
        grey: Whether to mix red, green and blue into one channel of luminance.
        shrink: Side of the square blocks of pixels that are averaged into one; what is left over
            at the bottom and right is cut off.

    Returns:
        Brightness in [0, 1], float32, as stored (gamma-encoded): three channels, or one.

    Raises:
        ValueError: `name` is unknown or `shrink` out of range, or (`PhotographError`) the file is
            missing or damaged.

    Example:
        >>> load_photograph("chelsea").shape, load_photograph("chelsea", grey=True, shrink=2).shape
        ((3, 300, 451), (1, 150, 225))
    """
    if name not in _PHOTOGRAPHS:
        raise ValueError(f"`name` (={name!r}) must be one of {', '.join(_PHOTOGRAPHS)}")
    pixels = _read(_PHOTOGRAPHS[name])
    block, most = as_integer("shrink", shrink, least=1), min(pixels.shape[1:])
    if block > most:
        raise ValueError(f"`shrink` (={block}) must be at most {most}, the shorter side")
    if grey and len(pixels) == len(LUMINANCE):
        pixels = _luminance(pixels)
    return _averaged(pixels, block)


def _read(picture: Photograph) -> Float[np.ndarray, "channels height width"]:
    from PIL import Image

    path = _file(picture)
    try:
        with Image.open(path) as image:
            pixels = np.asarray(image, dtype=np.float32) / np.float32(255)
    except (OSError, SyntaxError) as error:  # Pillow reports a broken PNG as a SyntaxError
        raise PhotographError(f"{path} is damaged ({error}); reinstall its package") from error
    planes = pixels[None] if pixels.ndim == 2 else pixels.transpose(2, 0, 1)
    return np.ascontiguousarray(planes)


def _file(picture: Photograph) -> Path:
    try:
        return wheel_file(*picture.place)
    except FileNotFoundError as error:
        raise PhotographError(str(error)) from error


def _luminance(
    pixels: Float[np.ndarray, "3 height width"],
) -> Float[np.ndarray, "1 height width"]:
    weights = np.array(LUMINANCE, dtype=pixels.dtype)
    return np.tensordot(weights[None], pixels, axes=1)


def _averaged(
    pixels: Float[np.ndarray, "channels height width"], block: int
) -> Float[np.ndarray, "channels small_height small_width"]:
    channels, height, width = pixels.shape
    rows, columns = height // block, width // block
    whole = pixels[:, : rows * block, : columns * block]
    blocks = whole.reshape(channels, rows, block, columns, block)
    average: Float[np.ndarray, "channels small_height small_width"] = blocks.mean(axis=(2, 4))
    return average


_ALL = (
    Photograph(
        name="astronaut",
        shows="the astronaut Eileen Collins in an orange suit before a flag and a model shuttle",
        credit="NASA",
        licence=PUBLIC_DOMAIN,
        colour=True,
        place=(*SKIMAGE, "astronaut.png"),
    ),
    Photograph(
        name="camera",
        shows="a man on a lawn, looking through a camera on a tripod",
        credit="Lav Varshney",
        licence=CC0,
        colour=False,
        place=(*SKIMAGE, "camera.png"),
    ),
    Photograph(
        name="chelsea",
        shows="the face of a tabby cat",
        credit="Stefan van der Walt",
        licence=CC0,
        colour=True,
        place=(*SKIMAGE, "chelsea.png"),
    ),
    Photograph(
        name="coffee",
        shows="a cup of coffee with a spoon on a wooden table",
        credit="Rachel Michetti, courtesy of Pikolo Espresso Bar",
        licence=CC0,
        colour=True,
        place=(*SKIMAGE, "coffee.png"),
    ),
    Photograph(
        name="rocket",
        shows="a rocket on its launch pad at dusk",
        credit="SpaceX",
        licence=PUBLIC_DOMAIN,
        colour=True,
        place=(*SKIMAGE, "rocket.jpg"),
    ),
    Photograph(
        name="motorcycle",
        shows="a red motorcycle in a workshop",
        credit="Scharstein et al. 2014, Middlebury stereo data, left image",
        licence=None,
        colour=True,
        place=(*SKIMAGE, "motorcycle_left.png"),
    ),
    Photograph(
        name="china",
        shows="a Chinese tower above a lake",
        credit="danielbuechele, https://www.flickr.com/photos/danielbuechele/6061409035",
        licence=CC_BY,
        colour=True,
        place=(*SKLEARN, "china.jpg"),
    ),
    Photograph(
        name="flower",
        shows="an orange dahlia",
        # the README names danielbuechele here too, yet links to the photostream of vultilion
        credit="vultilion, https://www.flickr.com/photos/vultilion/6056698931",
        licence=CC_BY,
        colour=True,
        place=(*SKLEARN, "flower.jpg"),
    ),
    Photograph(
        name="coins",
        shows="rows of Greek coins from Pompeii",
        credit="Brooklyn Museum",
        licence="no known copyright restrictions",
        colour=False,
        place=(*SKIMAGE, "coins.png"),
    ),
    Photograph(
        name="brick",
        shows="a brick wall turned by 90°, its rows upright",
        credit="CC0Textures",
        licence=CC0,
        colour=False,
        place=(*SKIMAGE, "brick.png"),
    ),
    Photograph(
        name="grass",
        shows="grass from above",
        credit="linolafett on DeviantArt",
        licence=CC0,
        colour=False,
        place=(*SKIMAGE, "grass.png"),
    ),
)
_PHOTOGRAPHS = MappingProxyType({picture.name: picture for picture in _ALL})
