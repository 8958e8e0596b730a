import struct

from cnnfilters.figures.drawing.preview import preview
from cnnfilters.run import Run


def card(run: Run, title: str = "Training") -> bytes:
    return preview(run, title=title, question="What changes, and when?", site="A site")


def test_a_preview_has_the_size_that_services_ask_for(tiny_runs: dict[str, Run]) -> None:
    assert struct.unpack(">II", card(tiny_runs["default"])[16:24]) == (1200, 630)  # PNG header


def test_equal_words_and_kernels_give_equal_bytes(tiny_runs: dict[str, Run]) -> None:
    assert card(tiny_runs["default"]) == card(tiny_runs["default"])


def test_another_title_or_network_gives_another_picture(tiny_runs: dict[str, Run]) -> None:
    first, other = tiny_runs["default"], tiny_runs["small-start"]
    assert len({card(first), card(first, "Padding"), card(other)}) == 3
