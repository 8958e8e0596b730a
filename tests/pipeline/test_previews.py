from pathlib import Path

import pytest

from pipeline import previews


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "learning").mkdir()
    (tmp_path / "tutorials").mkdir()
    (tmp_path / "learning" / "11-x.md").write_text(
        "---\nnumber: 11\nquestion: What changes?\n---\n# Training a `Run` {#top}\n"
    )
    (tmp_path / "tutorials" / "03-y.py").write_text("# %% [markdown]\n# # Look\n")
    (tmp_path / "untitled.md").write_text("No heading.\n")
    monkeypatch.setattr(previews, "DOCS", tmp_path)
    return tmp_path


def test_title_and_question_are_read_from_pages_and_tutorials(docs: Path) -> None:
    assert previews._pages() == {
        "learning/11-x.md": ("Training a Run", "What changes?"),
        "tutorials/03-y.py": ("Look", ""),
    }


def test_a_notebook_has_the_address_of_its_source() -> None:
    assert previews.address("tutorials/03-y.ipynb") == previews.address("tutorials/03-y.py")
