import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from pages import maths


def test_an_inline_formula_becomes_mathml_within_its_line():
    html = maths.with_mathml(
        r'<p>so <span class="arithmatex">\(a &lt; b\)</span> here.</p>'
    ).content
    assert re.fullmatch(r"<p>so <math>.*<mo>&lt;</mo>.*</math> here\.</p>", html)


def test_a_comma_stays_on_the_line_of_its_formula():
    html = maths.with_mathml(r'<span class="arithmatex">\(W\)</span>, and').content
    assert html.startswith('<span class="cf-nobreak"><math>')
    assert html.endswith("</math>,</span> and")


def test_a_displayed_formula_gets_a_box_that_can_scroll():
    html = maths.with_mathml('<div class="arithmatex">\n\\[\\frac{1}{2}\\]\n</div>').content
    assert html.startswith('<div class="cf-math" data-search-exclude><math display="block">')
    assert "<mfrac><mn>1</mn><mn>2</mn></mfrac>" in html


def test_a_prime_is_not_raised_twice():
    assert "<mrow><mi>o</mi><mo>′</mo></mrow>" in maths.formula("o' = i", display=False)
    assert "<msup>" in maths.formula("o^2", display=False)


SPACED = {  # formula and how many spaces are set between large signs
    r"\sum_{m=0}^{K-1} \sum_{n=0}^{K-1} x": 1,
    r"\sum\sum_i\sum^n x": 2,
    r"\prod_i\int_0^1\bigcup_j x": 2,
    r"\frac{\sum_a\sum_b x}{\sum_c x}": 1,
    r"\left(\sum_a\sum_b x\right)": 1,
    r"\sum_{a}{\sum_{b}} x": 1,
    r"\sqrt{\iint_A \sum_b x}": 1,
    r"\sum_{\sum_i\sum_j} x": 1,  # in a limit
    r"\begin{aligned} a &= \sum_i\sum_j x \\ b &= \sum_k x \end{aligned}": 1,
    r"\sum_i x": 0,
    r"\sum_i x + \sum_j y": 0,
    r"\sum_i\,\sum_j x": 0,  # the author has set one
    r"\sum_i (\sum_j x)": 0,
    r"\frac{\sum_i}{\sum_j}": 0,
    r"x_i \sum_j y": 0,
    r"A_{\sum} \sum_j y": 0,
}


@pytest.mark.parametrize("display", [True, False])
@pytest.mark.parametrize(("tex", "gaps"), SPACED.items(), ids=SPACED)
def test_two_large_signs_stand_apart(tex: str, gaps: int, display: bool) -> None:
    plain = maths.LatexToMathML(annotation=False)
    before = plain.convert_with_local_state(tex, displaystyle=display)
    after = maths.apart(before)
    assert after.count(maths.GAP) - before.count(maths.GAP) == gaps
    assert after.replace(maths.GAP, "") == before.replace(maths.GAP, "")


def test_the_space_stands_between_the_two_sums() -> None:
    html = maths.formula(r"\sum_{m=0}^{K-1} \sum_{n=0}^{K-1} x_{m,n}", display=True)
    assert re.search(r"</munderover><mspace width=\"0.2222em\"/><munderover><mo[^>]*>∑</mo>", html)


def test_the_tex_is_kept_but_not_searched():
    assert re.search(
        r"<annotation data-search-exclude [^>]*>k_\{u,v\}</annotation>",
        maths.formula("k_{u,v}", display=False),
    )


def test_a_formula_that_cannot_be_read_stays_and_is_told_of():
    source = r'<span class="arithmatex">\(\frac{1\)</span>'
    written = maths.with_mathml(source)
    assert (written.content, written.characters) == (source, set())
    assert written.faults == [
        '`\\frac{1` is no formula: Error: Expected closing token "}", but reached end of input.'
    ]


def test_the_font_has_the_characters_of_the_formulas(tmp_path: Path):
    formula = r'<span class="arithmatex">\(\lfloor x \rfloor \oplus \mathbb{R}\)</span>'
    path = maths.font_file(maths.with_mathml(formula).characters, tmp_path)
    drawn = TTFont(path).getBestCmap()
    assert {ord(letter) for letter in "⌊⌋⊕ℝ√"} <= drawn.keys()
    assert 0x1D465 in drawn  # how a browser draws <mi>x</mi>
    assert path.stat().st_size < 100_000


def test_a_font_that_was_cut_before_is_not_cut_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    letters = set(map(ord, "abc"))
    first = maths.font_file(letters, tmp_path)
    monkeypatch.setattr(maths, "_subset", lambda *_: pytest.fail("cut again"))
    assert maths.font_file(letters, tmp_path) == first


def test_the_font_is_the_same_bytes_each_time(tmp_path: Path):
    letters = set(map(ord, "xyz"))
    first, second = (maths.font_file(letters, tmp_path / name) for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()
