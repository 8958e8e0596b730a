"""Pictures of a part of a page, as luminances."""

from __future__ import annotations

import base64
import io

import numpy as np
from PIL import Image
from playwright.sync_api import CDPSession

from checks.figure_colours import luminances

QUICK = {"format": "png", "optimizeForSpeed": True}


def photograph(camera: CDPSession, clip: dict[str, float]) -> np.ndarray:
    """The luminances of a rectangle that counts from the page's top left corner."""
    # Asked of the browser itself: `page.screenshot` spends most of its time on preparing the page.
    shot = camera.send("Page.captureScreenshot", {"clip": {**clip, "scale": 1}, **QUICK})
    picture = Image.open(io.BytesIO(base64.b64decode(shot["data"]))).convert("RGB")
    return luminances(np.asarray(picture) / 255)


def contrast(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The contrast ratios of WCAG, of luminances."""
    return np.asarray((np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05))
