"""What each way of computing a cross-correlation costs, counted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution import count_multiplications, count_stored_numbers
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.style import CATEGORIES, DASHES, MARKERS, SMALL, Layout
from cnnfilters.figures.drawing.table import Table

KERNEL, IMAGE = 5, 64  # pixels on a side, of what stays the same
IMAGES = (8, 16, 32, 64, 128, 256)
KERNELS = (3, 5, 9, 17, 33)
TOGETHER = {  # methods that cost the same share a curve
    "multiplications": {"loops, windows, im2col": "windows", "matrix": "matrix", "fft": "fft"},
    "stored numbers": {"im2col": "im2col", "matrix": "matrix", "fft": "fft"},
}
COUNT: dict[str, Callable[..., int]] = {
    "multiplications": count_multiplications,
    "stored numbers": count_stored_numbers,
}
LOOKS = {  # by method, so that each keeps its look
    method: {"color": colour, "linestyle": dash, "marker": marker}
    for method, colour, dash, marker in zip(
        ("windows", "matrix", "fft", "im2col"), CATEGORIES, DASHES, MARKERS, strict=True
    )
}


def method_costs() -> Figure:
    """Multiplications and stored numbers over the size of the image, and of the kernel.

    Example:
        >>> method_costs().table.rows[0]
        ('windows, image 8, kernel 5', 400, 0)
    """
    products, numbers = (partial(_count, what) for what in COUNT)
    wins = next(
        size for size in KERNELS if products("fft", IMAGE, size) < products("windows", IMAGE, size)
    )
    times = products("matrix", IMAGE, KERNEL) / products("windows", IMAGE, KERNEL)
    stored = {name: numbers(name, IMAGE, KERNEL) for name in ("matrix", "im2col")}
    return Figure(
        plotted(_draw, height=5.2, narrow_height=9.2),
        alt=(
            f"Counts on logarithmic axes. On {IMAGE}×{IMAGE} pixels with a 5×5 kernel the matrix "
            f"takes {times:,.0f} times the multiplications of the windows and stores "
            f"{stored['matrix']:,} numbers; im2col stores {stored['im2col']:,}."
        ),
        caption=(
            f"The Fourier transform's cost does not depend on the kernel: on {IMAGE}×{IMAGE} "
            f"pixels it multiplies less from {wins}×{wins} on, among the sizes drawn. Loops and "
            "windows store nothing, and so have no curve below."
        ),
        table=Table(
            ("method and sizes", "multiplications", "stored numbers"),
            [
                (
                    f"{method}, image {image}, kernel {kernel}",
                    products(method, image, kernel),
                    numbers(method, image, kernel),
                )
                for method in ("windows", "im2col", "matrix", "fft")
                for image, kernel in _sizes()
            ],
        ),
    )


def _sizes() -> list[tuple[int, int]]:
    return [(image, KERNEL) for image in IMAGES] + [(IMAGE, kernel) for kernel in KERNELS]


def _count(what: str, method: str, image: int, kernel: int) -> int:
    return COUNT[what](method, input_size=image, geometry=ConvGeometry(kernel))


def _draw(canvas: Canvas, layout: Layout) -> None:
    panels = canvas.subplots(2, 2) if layout == "wide" else canvas.subplots(4, 1).reshape(2, 2)
    for row, (what, curves) in zip(panels, TOGETHER.items(), strict=True):
        for axes, sizes in zip(row, (IMAGES, KERNELS), strict=True):
            over = "image" if sizes is IMAGES else "kernel"
            for name, method in curves.items():
                pairs = [(size, KERNEL) if over == "image" else (IMAGE, size) for size in sizes]
                counts = [_count(what, method, *pair) for pair in pairs]
                axes.plot(sizes, counts, label=name, clip_on=False, **LOOKS[method])
            _finish(axes, what, over, sizes)
        row[0].legend(loc="upper left", fontsize=SMALL, handlelength=3)


def _finish(axes: Axes, what: str, over: str, sizes: tuple[int, ...]) -> None:
    other = f"kernel {KERNEL}×{KERNEL}" if over == "image" else f"image {IMAGE}×{IMAGE}"
    axes.set(xscale="log", yscale="log", xlabel=f"side of the {over}, px")
    axes.set_title(f"{what}, {other}")
    axes.set_xticks(sizes, [str(size) for size in sizes], minor=False)
    axes.minorticks_off()
    powers = range(1, 11, 2)
    axes.set_ylim(10, 1e11)
    axes.set_yticks([10.0**p for p in powers], [_power(p) for p in powers], minor=False)
    axes.grid(axis="y")
    axes.set_axisbelow(True)


def _power(exponent: int) -> str:
    """A power of ten in words that a narrow axis can hold.

    Example:
        >>> [_power(exponent) for exponent in (1, 3, 5, 7, 9)]
        ['10', '1,000', '100,000', '10 million', '1 billion']
    """
    return (
        f"{10**exponent:,}"
        if exponent < 6
        else f"{10 ** (exponent % 3)} {'million' if exponent < 9 else 'billion'}"
    )
