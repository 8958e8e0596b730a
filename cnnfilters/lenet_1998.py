"""LeNet-5 as it was in 1998, to be looked at and counted; the site trains its modern reading."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from cnnfilters.lenet import C3_INPUTS, CLASSES, MAPS_C3, MAPS_S2, WIDTH_C5, WIDTH_F6

AMPLITUDE, SLOPE = 1.7159, 2 / 3  # f(a) = A tanh(S a), which maps 1 to 1 and -1 to -1


class Subsampling(nn.Module):
    """S2 and S4: four neighbours added up, times a coefficient, plus a bias, one pair a map.

    Args:
        maps: How many maps; two numbers are learned for each.

    Example:
        >>> layer = Subsampling(1)
        >>> layer.coefficient.data.fill_(0.5), layer.bias.data.fill_(1.0)
        (tensor([0.5000]), tensor([1.]))
        >>> layer(torch.tensor([[[[1.0, 2.0], [3.0, 4.0]]]])).item()  # 0.5 * 10 + 1
        6.0
    """

    def __init__(self, maps: int) -> None:
        super().__init__()
        self.coefficient = nn.Parameter(torch.full((maps,), 0.25))  # starts as the plain average
        self.bias = nn.Parameter(torch.zeros(maps))

    def forward(self, maps: Tensor) -> Tensor:
        """Maps `(batch, maps, height, width)` to half the height and width."""
        sums = 4 * functional.avg_pool2d(maps, 2)
        return sums * self.coefficient[:, None, None] + self.bias[:, None, None]


class PartialConvolution(nn.Module):
    """C3: a convolution whose filters each read some of the maps.

    Args:
        inputs: For each filter, the maps that it reads.
        kernel_size: Of every kernel.

    Raises:
        ValueError: A filter reads no map, or one map twice.

    Example:
        >>> layer = PartialConvolution([(0,), (0, 1)], kernel_size=5)
        >>> sum(parameter.numel() for parameter in layer.parameters())  # 3 kernels, 2 biases
        77
    """

    def __init__(self, inputs: Sequence[Sequence[int]], *, kernel_size: int) -> None:
        super().__init__()
        for maps in inputs:
            if not maps or len(set(maps)) != len(maps):
                raise ValueError(f"`inputs` (={maps}) must name at least one map, and none twice")
        self.inputs = tuple(map(tuple, inputs))
        self.filters = nn.ModuleList(nn.Conv2d(len(maps), 1, kernel_size) for maps in inputs)

    def forward(self, maps: Tensor) -> Tensor:
        """Maps `(batch, maps, height, width)` to one map for each filter."""
        pairs = zip(self.filters, self.inputs, strict=True)
        return torch.cat([convolve(maps[:, list(read)]) for convolve, read in pairs], dim=1)


class DistanceToCodes(nn.Module):
    """The output of 1998: the squared distance of F6 from a code of each class; least is best.

    The codes are -1 and 1 and are not trained. Those of the paper were drawn by hand as 7x12
    pictures of the characters; random signs, which the paper names as another choice, do here.

    Args:
        codes: `(classes, units)`; None draws random signs from torch's generator.
    """

    def __init__(self, codes: Tensor | None = None) -> None:
        super().__init__()
        drawn = torch.randint(0, 2, (CLASSES, WIDTH_F6)) * 2.0 - 1 if codes is None else codes
        self.register_buffer("codes", drawn)

    def forward(self, features: Tensor) -> Tensor:
        """Features `(batch, units)` to distances `(batch, classes)`."""
        codes = self.get_buffer("codes")
        return (features[:, None] - codes).square().sum(dim=2)


class LeNet1998(nn.Module):
    """The network of the paper: partial C3, learned subsampling, scaled tanh, fixed codes.

    Args:
        codes: See `DistanceToCodes`.

    Example:
        >>> sum(parameter.numel() for parameter in LeNet1998().parameters())
        60000
        >>> LeNet1998()(torch.zeros(3, 1, 32, 32)).shape
        torch.Size([3, 10])

    Source: LeCun et al. 1998, section II.B, with the amplitude and slope of appendix A.
    """

    def __init__(self, codes: Tensor | None = None) -> None:
        super().__init__()
        self.c1 = nn.Conv2d(1, MAPS_S2, kernel_size=5)
        self.s2 = Subsampling(MAPS_S2)
        self.c3 = PartialConvolution(C3_INPUTS, kernel_size=5)
        self.s4 = Subsampling(MAPS_C3)
        self.c5 = nn.Conv2d(MAPS_C3, WIDTH_C5, kernel_size=5)
        self.f6 = nn.Linear(WIDTH_C5, WIDTH_F6)
        self.output = DistanceToCodes(codes)

    def forward(self, images: Tensor) -> Tensor:
        """Images `(batch, 1, 32, 32)`, paper at -0.1 and ink at 1.175, to distances."""
        maps = images
        for layer in (self.c1, self.s2, self.c3, self.s4, self.c5):
            maps = squash(layer(maps))
        distances: Tensor = self.output(squash(self.f6(maps.flatten(1))))
        return distances


def squash(sums: Tensor) -> Tensor:
    """The paper's A tanh(S a).

    Example:
        >>> squash(torch.tensor([-1.0, 0.0, 1.0])).round(decimals=3)
        tensor([-1.,  0.,  1.])
    """
    return AMPLITUDE * torch.tanh(SLOPE * sums)
