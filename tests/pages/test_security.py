"""The policy of the finished site: what it allows, where it stands, what it refuses."""

from pathlib import Path

import pytest

from pages.security import Inline, fingerprint, inline, policy, protect
from pipeline.processes import BuildError

HEAD = '<!doctype html><html><head>\n  <meta charset="utf-8">'
META = '<meta http-equiv="Content-Security-Policy" content="'


def site(folder: Path, **pages: str) -> Path:
    for name, body in pages.items():
        (folder / name).mkdir()
        (folder / name / "index.html").write_text(f"{HEAD}</head>{body}", encoding="utf-8")
    return folder


def sources(directive: str, text: str) -> set[str]:
    """What a policy lists after one of its names."""
    (found,) = (each.split() for each in text.split("; ") if each.split()[0] == directive)
    return set(found[1:])


def test_a_hash_is_the_standards():
    wanted = "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="  # its own example
    assert fingerprint("alert('Hello, world.');") == wanted


def test_nothing_is_allowed_that_is_not_named():
    assert sources("default-src", policy([])) == {"'none'"}
    assert sources("script-src", policy([])) == {"'self'"}
    assert not {"unsafe-inline", "unsafe-eval", "http:", "https:", "*"} & set(policy([]).split())


def test_widgets_may_be_embedded():
    assert "frame-ancestors" not in policy([])


def test_scripts_and_styles_are_allowed_by_what_they_say():
    text = policy([Inline("script", "a()"), Inline("style", "color: red"), Inline("script", "a()")])
    assert sources("script-src", text) == {"'self'", f"'{fingerprint('a()')}'"}
    assert sources("style-src", text) - {"'self'", "'unsafe-hashes'"} == {
        f"'{fingerprint('color: red')}'"
    }


def test_the_order_of_pages_makes_no_difference():
    pieces = [Inline("script", letter) for letter in "abcdef"]
    assert policy(pieces) == policy(reversed(pieces))


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<script>a()</script>", [("script", "a()")]),
        ("<SCRIPT type=module>\na()\n</SCRIPT >", [("script", "\na()\n")]),
        ('<script type="application/json">{"a": "<b onclick=x>"}</script>', []),
        ('<script src="a.js"></script>', []),
        ("<style>a > b {}</style>", [("style", "a > b {}")]),
        ('<p style="content: &quot;x&quot;">', [("style", 'content: "x"')]),
        ('<p title="a > b" style="top: 0">', [("style", "top: 0")]),
        ("<mtable displaystyle=false>", []),
        ("<!-- <script>a()</script> <p onclick=a()> -->", []),
        ("<code>&lt;p onclick=a()&gt;</code> style=x onclick=y", []),
        ("<p onclick='a()'>", [("handler", "onclick=a()")]),
        ("<svg\nonload=a()>", [("handler", "onload=a()")]),
        ('<a href=" JavaScript:a()">', [("handler", "href= JavaScript:a()")]),
        ('<p title="style=x, onclick=y">', []),
    ],
)
def test_what_stands_in_a_page_is_found(page: str, found: list):
    assert list(inline(page)) == found


def test_every_page_gets_the_policy_of_all(tmp_path: Path):
    site(tmp_path, one="<script>a()</script>", two="<script>b()</script>")
    (tmp_path / "404.html").write_text(f"{HEAD}</head><script>c()</script>", encoding="utf-8")
    protect(tmp_path)
    pages = [path.read_text("utf-8") for path in tmp_path.rglob("*.html")]
    policies = {page.split(META)[1].split('"')[0] for page in pages}
    assert len(pages) == 3
    assert policies == {policy([Inline("script", f"{letter}()") for letter in "abc"])}


def test_it_comes_before_all_but_the_encoding_which_a_browser_seeks_in_the_first_kilobyte(
    tmp_path: Path,
):
    protect(site(tmp_path, one="<title>One</title>"))
    assert (tmp_path / "one" / "index.html").read_text("utf-8").startswith(HEAD + META)


@pytest.mark.parametrize("handler", ["<p onclick='a()'>", "<a href='javascript:a()'>"])
def test_a_script_in_an_attribute_is_refused_and_no_page_is_written(tmp_path: Path, handler: str):
    site(tmp_path, one="", two=handler)
    with pytest.raises(BuildError, match=r"two.index\.html: `(onclick|href)=.*in an attribute"):
        protect(tmp_path)
    assert META not in (tmp_path / "one" / "index.html").read_text("utf-8")


def test_a_page_without_a_head_is_named(tmp_path: Path):
    (tmp_path / "bare.html").write_text("<p>Bare.</p>")
    with pytest.raises(BuildError, match=r"bare\.html: there is no <head>"):
        protect(tmp_path)
