"""The states of each widget: what its readers can bring it to, and how."""

from checks.axe import States
from states import (
    arithmetic_playground,
    convolution_stepper,
    digit_lab,
    kernel_playground,
    kernel_timeline,
    shape_tracer,
    unit_browser,
)

STATES: dict[str, States] = {  # by the widget's tag; each state is reached from the one before
    "arithmetic-playground": arithmetic_playground.STATES,
    "convolution-stepper": convolution_stepper.STATES,
    "digit-lab": digit_lab.STATES,
    "kernel-playground": kernel_playground.STATES,
    "kernel-timeline": kernel_timeline.STATES,
    "shape-tracer": shape_tracer.STATES,
    "unit-browser": unit_browser.STATES,
}
