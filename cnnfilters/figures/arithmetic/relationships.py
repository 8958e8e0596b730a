"""The numbered relationships of convolution arithmetic, drawn frame by frame."""

from __future__ import annotations

import numpy as np

from cnnfilters.arithmetic import DILATED_TRANSPOSED, RELATIONSHIPS, ConvGeometry, Relationship
from cnnfilters.figures.drawing.figure import Figure
from cnnfilters.figures.drawing.frames import PADDING, PIXEL, Scene, frames
from cnnfilters.figures.drawing.svg import Place
from cnnfilters.figures.drawing.table import Table


def relationship(number: int | None) -> Figure:
    """The example of one relationship.

    Args:
        number: The guide's, 1 to 15; None for the dilated transposed convolution, which it lacks.

    Example:
        >>> relationship(number=1).table.rows[0]
        ('row 0, column 0', 9, 0)
    """
    told = DILATED_TRANSPOSED if number is None else RELATIONSHIPS[number - 1]
    geometry, input_size = example(told)
    name = "Dilated transposed" if number is None else f"Relationship {number}"
    slider = "window" if told.kind == "pooling" else "kernel"
    return _figure(geometry, input_size, name=name, slider=slider)


def unused_row() -> Figure:
    """Relationship 5 once more, over an input whose last row and column no window reaches.

    Example:
        >>> unused_row().table.rows[0]
        ('row 0, column 0', 9, 0)
    """
    geometry, input_size = example(RELATIONSHIPS[4])
    return _figure(geometry, input_size + 1, name="One row and one column more", slider="kernel")


def example(told: Relationship) -> tuple[ConvGeometry, int]:
    """The geometry and the input size of the picture in the guide.

    Example:
        >>> example(RELATIONSHIPS[5])
        (ConvGeometry(3, stride=2, padding=1), 5)
    """
    input_size, letters = told.example
    geometry = ConvGeometry(
        letters.k,
        stride=letters.s,
        padding=letters.p,
        dilation=letters.d,
        transposed=told.kind == "transposed",
        output_padding=letters.a if told.kind == "transposed" else 0,
    )
    return geometry, input_size


def _figure(geometry: ConvGeometry, input_size: int, *, name: str, slider: str) -> Figure:
    scene = Scene.of(geometry, input_size)
    side, kernel = scene.output[0], _square(geometry.kernel_pair[0])
    pixels, zeros = _counts(scene, (0, 0))
    shown = len(scene.places())
    alt = (
        f"{name}: {shown} of {side * side} places of a {kernel} {slider} over "
        f"{_cells(scene, input_size)}. Each gives one cell of the {_square(side)} output. "
        f"The first reads {pixels} {'pixel' if pixels == 1 else 'pixels'} and {zeros} zeros."
    )
    unused = len(scene.unused())
    left = f" No window reads {unused} of the {scene.kinds.size} cells." if unused else ""
    return Figure(
        lambda layout: frames(scene, layout),
        alt=alt,
        caption=(
            f"{name}: a {'transposed ' * geometry.transposed}{kernel} {slider}"
            f"{_options(geometry)} makes {_square(side)} of {_square(input_size)}.{left}"
        ),
        table=_table(scene),
    )


def _cells(scene: Scene, input_size: int) -> str:
    """What the window slides over, in words.

    Example:
        >>> _cells(Scene.of(ConvGeometry(3, padding=1), 5), 5)
        'a 5×5 input, padded to 7×7'
    """
    words = f"a {_square(input_size)} input"
    stretched = scene.kinds.shape[0] - int((scene.kinds == PADDING).all(axis=1).sum())
    if stretched != input_size:
        words += f", stretched to {_square(stretched)}"
    if stretched != scene.kinds.shape[0]:
        words += f", padded to {_square(scene.kinds.shape[0])}"
    return words


def _options(geometry: ConvGeometry) -> str:
    """What is not as usual.

    Example:
        >>> _options(ConvGeometry(3, stride=2, padding=1))
        ' with stride 2, padding 1'
    """
    named = {
        "stride": (geometry.stride_pair[0], 1),
        "padding": (geometry.padding_pairs[0][0], 0),
        "dilation": (geometry.dilation_pair[0], 1),
        "output padding": (geometry.output_padding_pair[0], 0),
    }
    changed = [f"{name} {value}" for name, (value, usual) in named.items() if value != usual]
    return f" with {', '.join(changed)}" if changed else ""


def _table(scene: Scene) -> Table:
    return Table(
        ("output", "pixels read", "zeros read"),
        [
            (f"row {row}, column {column}", *_counts(scene, (row, column)))
            for row, column in np.ndindex(*scene.output)
        ],
    )


def _counts(scene: Scene, place: Place) -> tuple[int, int]:
    """Pixels and zeros under the kernel."""
    kinds = [scene.kinds[cell] for cell in scene.read(place)]
    pixels = sum(kind == PIXEL for kind in kinds)
    return int(pixels), len(kinds) - int(pixels)


def _square(side: int) -> str:
    return f"{side}×{side}"
