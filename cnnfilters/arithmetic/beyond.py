"""Where the guide stops: the transposed of a dilated convolution, in the guide's own letters."""

from cnnfilters.arithmetic.relationships import Relationship, Symbols

DILATED_TRANSPOSED: Relationship = Relationship(
    None,
    "Padding, strides and dilation, transposed",
    "transposed",
    "p ≤ d(k − 1), a = (i + 2p − d(k − 1) − 1) mod s; s − 1 zeros between inputs, "
    "pad by d(k − 1) − p, then a more at the bottom and right",
    lambda x: x.p <= x.d * (x.k - 1) and x.a < x.s,
    r"o' = s(i' - 1) + a + d(k - 1) + 1 - 2p",
    lambda i, x: x.s * (i - 1) + x.a + x.d * (x.k - 1) + 1 - 2 * x.p,
    (3, Symbols(k=2, s=2, p=1, d=3, a=1)),
)
"""What the guide leaves out: a transposed convolution whose direct one is dilated."""
