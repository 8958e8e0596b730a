"""A stepper whose six sums can be done by hand."""

from __future__ import annotations

from checks.widget_page import widget

SMALL = widget("convolution-stepper", 'id="it" image="1 2 3 4;5 6 7 8;9 8 7 6" kernel="1 2;3 4"')
SMALL_MAP = [[44, 54, 64], [76, 72, 68]]  # 1·1 + 2·2 + 5·3 + 6·4 = 44
