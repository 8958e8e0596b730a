from pathlib import Path

import pytest

from pages import accessibility


def themes_search() -> str:
    import material

    return (Path(material.__file__).parent / "templates/partials/search.html").read_text("utf-8")


def test_the_theme_still_has_the_dialog_that_is_mended():
    assert f"{accessibility.SEARCH}>" in themes_search()


def test_the_search_dialog_gets_a_name():
    page = accessibility.mend(themes_search())
    assert page.count('role="dialog" aria-label="Search">') == 1


def test_the_skip_link_takes_the_focus_along():
    page = '<a href="#text" class="md-skip">Skip</a><h1 id="texts">A</h1><h1 id="text">B</h1>'
    assert accessibility.mend(page).endswith(
        '<h1 id="texts">A</h1><h1 id="text" tabindex="-1">B</h1>'
    )


@pytest.mark.parametrize(
    ("box", "label"), [("disabled/>", "To do"), ("disabled checked/>", "Done")]
)
def test_a_task_box_gets_a_name(box: str, label: str):
    assert accessibility.mend(f'<input type="checkbox" {box}') == (
        f'<input type="checkbox" aria-label="{label}" {box}'
    )


@pytest.mark.parametrize(
    "link",
    [
        '<a class="headerlink" href="#a" title="Link">#</a>',
        '<a href="#a" class="headerlink" title="Link">#</a>',  # in the reference
    ],
)
def test_a_permalink_is_no_part_of_its_headings_name(link: str):
    hidden = link.replace("<a ", '<a aria-hidden="true" tabindex="-1" ')
    assert accessibility.mend(f'<h2 id="a">Sizes{link}</h2>') == f'<h2 id="a">Sizes{hidden}</h2>'
    other = '<a class="headerlinks" href="#a">Sizes</a>'
    assert accessibility.mend(other) == other


def test_no_page_is_fetched_ahead():
    links = (
        '<link rel="icon" href="i">\n  <link rel="prev" href="a">\n  <link rel="next" href="b">\n'
    )
    assert accessibility.mend(f"{links}<a rel=next href=b>Next</a>") == (
        '<link rel="icon" href="i">\n<a rel=next href=b>Next</a>'
    )


def test_a_script_from_another_host_goes_and_ours_stays():
    ours = '<script src="../assets/main.js" type="module"></script>'
    foreign = (
        '<script type="module">import m from '
        '"https://cdnjs.cloudflare.com/ajax/libs/mermaid/10/mermaid.mjs"</script>'
    )
    inline = '<script type="module">const a = 1</script>'
    empty = '<script src="" async></script>'
    assert accessibility.mend(ours + foreign + inline + empty) == ours + inline


def test_the_notebook_plugins_style_sheet_goes_and_others_stay():
    plugins = (
        "<style>\n        ['pre { line-height: 125%; }\\n.highlight-ipynb .c {}']\n        </style>"
    )
    other = "<style>pre { color: red }</style>"
    assert accessibility.mend(f"<p>a</p>{plugins}{other}") == f"<p>a</p>{other}"


def test_maps_and_foreign_search_languages_go_with_every_mention(tmp_path: Path):
    scripts = tmp_path / "assets" / "javascripts"
    (scripts / "lunr").mkdir(parents=True)
    (scripts / "lunr" / "lunr.da.min.js").write_text("x")
    (scripts / "a.js").write_text("let a = 1;\n//# sourceMappingURL=a.js.map\n")
    (scripts / "a.js.map").write_text("{}")
    (scripts / "a.css").write_text("a{}\n/*# sourceMappingURL=a.css.map */")
    (scripts / "a.css.map").write_text("{}")
    accessibility.tidy(tmp_path / "assets")
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["a.css", "a.js"]
    assert (scripts / "a.js").read_text() == "let a = 1;\n"
    assert (scripts / "a.css").read_text() == "a{}\n"
