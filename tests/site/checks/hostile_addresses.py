"""Addresses that no widget can follow, and what each says of them."""

from __future__ import annotations

FROM_1 = ", counted from 1 in an address,"
SCRIPT = "<script>alert(1)</script>"
Settings = dict[str, str]

ADDRESSES: dict[str, list[tuple[Settings, str]]] = {
    "arithmetic-playground": [
        ({"strde": "1"}, "“strde” is no setting of this widget. It has "),
        ({"stride": SCRIPT}, "Stride has 25 characters."),
        ({"kernel": "1e309"}, "Kernel size (“1e309”) must be"),
        ({"kernel": "-0"}, "Kernel size (“-0”) must be at least 1."),
        ({"input": "10000"}, "Input size (“10000”) must be at most 32."),
        ({"input": "3,5"}, "must use a decimal point"),
        ({"padding": "1x2x3"}, "Padding must be 1 or 2 or 4 numbers"),
        ({"padding": "٢"}, "Padding (“٢”) must use the digits 0 to 9."),
        ({"__proto__": "1", "question": "11"}, "Question (“11”) must be at most 10."),
        ({"groups": ""}, "Groups is empty."),
    ],
    "convolution-stepper": [
        ({"kernal": "1"}, "“kernal” is no setting of this widget. It has digit, image, kernel,"),
        ({"stride": SCRIPT}, "Stride has 25 characters."),
        ({"digit": "12"}, "Digit (“12”) must be at most 9."),
        ({"kernel": "no-such-kernel"}, "The kernel (“no-such-kernel”) is none of identity,"),
        ({"kernel": "1 2 3;4 5 6"}, "The kernel is 2 × 3. It must be square."),
        ({"image": "1 2;3"}, "Row 1 has 1 numbers and row 0 has 2."),
        ({"image": "1", "padding": "0"}, "No window fits"),
        ({"step": "1e400"}, f"Step{FROM_1} (“1e400”) must be at most 1000000."),
    ],
    "digit-lab": [
        ({"digits": "1"}, "“digits” is no setting of this widget. It has "),
        ({"network": SCRIPT}, "Network (“<script>alert(1)</sc…”) is none of"),
        ({"network": "own"}, "is none of default"),
        ({"compare": "__proto__"}, "is none of default"),
        ({"digit": "10"}, "Digit (“10”) must be at most 9."),
        ({"drawing": "AAAA"}, "is not one of 28 × 28 pixels."),
        ({"drawing": "~zz.~zz."}, "is not one of 28 × 28 pixels."),
        ({"drawing": "!" * 523}, "is not one of 28 × 28 pixels."),
        (
            {"strokes": SCRIPT},
            "The strokes (“<script>alert(1)</sc…”) are not such as this page writes.",
        ),
        ({"strokes": "AAAA"}, "The strokes (“AAAA”) are not such as this page writes."),
        ({"strokes": "____"}, "are not such as this page writes."),
        ({"strokes": "AAAAA"}, "are not such as this page writes."),  # off the paper
        ({"strokes": "AAA..AAA"}, "are not such as this page writes."),
        ({"seen": "raw"}, "What the network sees (“raw”) is none of prepared, drawn."),
        ({"off": "3.1"}, "must be at most 2."),
        ({"off": "1"}, f"Kernel to switch off{FROM_1} is empty."),
        ({"maps": "constructor"}, "is none of before, after."),
        ({"row": "NaN"}, f"Row{FROM_1} (“NaN”) is not a number."),
        ({"kernel": "1e9"}, "must be at most 64."),
    ],
    "kernel-playground": [
        ({"sharp": "1"}, "“sharp” is no setting of this widget. It has photo, kernel,"),
        ({"photo": "../../secret"}, "The photograph (“../../secret”) is none of chelsea,"),
        ({"photo": "<script>"}, "The photograph (“<script>”) is none of"),
        ({"kernel": "1 2;3 4"}, "The kernel is 2 × 2. It must be at least 3 × 3."),
        ({"kernel": ";".join(["1 " * 8] * 8)}, "The kernel has 8 rows. It can have at most 7."),
        ({"row": "-5"}, f"Row{FROM_1} (“-5”) must be at least 1."),
        ({"centred": "yes"}, "Centred (“yes”) is not a number."),
    ],
    "kernel-timeline": [
        ({"frame": "1"}, "“frame” is no setting of this widget. It has "),
        ({"run": SCRIPT}, "Training (“<script>alert(1)</sc…”) is none of"),
        ({"run": "__proto__"}, "is none of default"),
        ({"show": "constructor"}, "is none of weights, learned."),
        ({"kernel": "17"}, f"Kernel{FROM_1} (“17”) must be at most 16."),
        ({"kernel": "NaN"}, f"Kernel{FROM_1} (“NaN”) is not a number."),
        ({"step": "1e309"}, "must be at most"),
        ({"step": "-1"}, "must be at least 0."),
        ({"step": "٣"}, "must use the digits 0 to 9."),
    ],
    "shape-tracer": [
        ({"layers": "1"}, "“layers” is no setting of this widget. It has broken, input, code."),
        (dict.fromkeys("abcd", "1"), "“a”, “b”, “c”, … are no settings of this widget. It has"),
        ({"code": "ReLU()\ufffd"}, "“code” in the address can't be decoded: the link is damaged."),
        ({"code": "<img src=x onerror=alert(1)>"}, "can't be read here"),
        ({"broken": "11"}, "Broken (“11”) must be at most 10."),
        ({"input": "1e309x1x1"}, "Each number of the input"),
        ({"code": "nn.Sequential(" * 40}, "nested more than 12 deep"),
        (
            {"code": "ReLU()," * 3_000},
            "The code has 21,000 characters. At most 20,000 can be read.",
        ),
        ({"code": "ReLU()," * 300}, "The stack has more than 200 layers."),
        ({"input": "1x2x3x4x5"}, "The input has 5 numbers. At most four"),
    ],
    "unit-browser": [
        ({"filter": "1"}, "“filter” is no setting of this widget. It has "),
        ({"run": SCRIPT}, "Training (“<script>alert(1)</sc…”) is none of"),
        ({"run": "__proto__"}, "is none of default"),
        ({"layer": "constructor"}, "is none of conv1, conv2."),
        ({"end": "../x"}, "Network (“../x”) is none of trained, start."),
        ({"method": "toString"}, "Projection (“toString”) is none of guided"),
        ({"unit": "33"}, f"Unit{FROM_1} (“33”) must be at most 32."),
        ({"unit": "17", "layer": "conv1"}, f"Unit{FROM_1} (“17”) must be at most 16 in conv1."),
        ({"unit": "0"}, "must be at least 1."),
        ({"unit": "٣"}, "must use the digits 0 to 9."),
        ({"beside": "1"}, "is none of no, yes."),
    ],
}
