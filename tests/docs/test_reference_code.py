"""The code on reference pages runs as it stands there, on networks made up for the purpose."""

import doctest
import re

import matplotlib as mpl
import numpy as np
import pytest
import torch

from cnnfilters import pretrained, store
from docs.chapters import DOCS
from docs.reference import PAGES, all_shown
from figures.runs import made_up

FENCE = re.compile(r"^```python\n(.*?)^```", re.S | re.M)
CONSOLE = re.compile(r"^```pycon\n(.*?)^```", re.S | re.M)
ON_PAGES = {each.page: (PAGES / each.page).read_text("utf-8") for each in all_shown()}
WITHOUT_CODE = {  # above what they show: they list what others are made with
    "experiments.md",
    "figures.md",
    *(page for page in ON_PAGES if page.startswith("figures/")),
}


@pytest.fixture
def on_page(monkeypatch, tmp_path):
    """Runs all code of a page, in order, as one program; gives the names that it leaves."""
    monkeypatch.setattr(store, "load_or_train", lambda _config: made_up())
    monkeypatch.setattr(pretrained, "load_pretrained", untrained)
    monkeypatch.chdir(tmp_path)
    mpl.use("agg")

    def run(page):
        names = {}
        for code in FENCE.findall((DOCS / "reference" / page).read_text(encoding="utf-8")):
            exec(code.replace("steps=256", "steps=1"), names)
        return names

    return run


def untrained(name):
    """The network without its weights, which may not be at hand."""
    from torchvision import models

    return pretrained.Normalised(models.get_model(name, weights=None), [0.5] * 3, [0.25] * 3).eval()


def test_thirty_two_units_are_projected_at_once(on_page):
    pictures = on_page("projection.md")["pictures"]
    assert pictures.shape == (32, 28, 28)
    assert np.isfinite(pictures).all()


def test_classes_and_a_unit_are_maximised(on_page):
    names = on_page("maximization.md")
    assert names["ten_classes"].shape == (10, 1, 28, 28)
    assert names["one_unit"].shape == (1, 1, 14, 14)


def test_the_filters_of_alexnet_are_drawn_and_a_channel_is_maximised(on_page, tmp_path):
    with torch.random.fork_rng():
        torch.manual_seed(0)
        names = on_page("pretrained.md")
    assert names["filters"].shape == (64, 3, 11, 11)
    assert names["image"].shape == (1, 3, 128, 128)
    assert {path.name for path in tmp_path.iterdir()} == {"alexnet.png", "channel-12.png"}


def failures(text):
    """How many lines of a page's consoles give something else than stands below them."""
    code = "\n\n".join(CONSOLE.findall(text))
    parsed = doctest.DocTestParser().get_doctest(code, {}, "page", None, 0)
    return doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(parsed).failed


@pytest.mark.parametrize(
    "page", sorted(page for page in ON_PAGES if CONSOLE.search(ON_PAGES[page]))
)
def test_the_consoles_of_a_page_give_what_it_shows(page, monkeypatch):
    monkeypatch.setattr(store, "load_or_train", lambda _config: made_up())
    assert failures(ON_PAGES[page]) == 0


def test_a_console_that_gives_something_else_is_found(capsys):
    assert failures("```pycon\n>>> 1 + 1\n3\n```\n") == 1
    assert "Expected" in capsys.readouterr().out


def without_code(pages):
    """Pages that show something before any code."""
    openings = {page: text.split("\n::: ", 1)[0] for page, text in pages.items()}
    return {
        page for page, text in openings.items() if not (CONSOLE.search(text) or FENCE.search(text))
    }


def test_a_page_opens_with_code_that_can_be_tried():
    assert without_code(ON_PAGES) == WITHOUT_CODE


def test_a_page_without_code_is_found():
    shown = "\n::: cnnfilters.run\n"
    pages = {
        "run.md": shown + "```pycon\n>>> 1\n1\n```\n",
        "store.md": "```python\n1\n```\n" + shown,
    }
    assert without_code(pages) == {"run.md"}
