"""How colours look to people who see fewer of them, and on a grey print."""

import numpy as np
from colorspacious import cspace_convert

VISIONS = {  # Machado et al. 2009, at full severity
    "normal": None,
    **{
        kind: {"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100}
        for kind in ("protanomaly", "deuteranomaly", "tritanomaly")
    },
}
GREY = "greyscale"  # of a print, or of no working cone at all
WHITE = cspace_convert(np.ones(3), "sRGB1", "XYZ1")


def seen(colours: np.ndarray, vision: str) -> np.ndarray:
    """What someone with a kind of vision sees, in sRGB."""
    if vision == GREY:
        level = cspace_convert(colours, "sRGB1", "XYZ1")[:, 1:2]
        return cspace_convert(level * WHITE, "XYZ1", "sRGB1").clip(0, 1)
    space = VISIONS[vision]
    return colours if space is None else cspace_convert(colours, space, "sRGB1").clip(0, 1)
