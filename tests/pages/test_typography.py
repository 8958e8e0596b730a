"""Numbers keep their units, and code stays as it is."""

import pytest

from pages.typography import joined, parted


@pytest.mark.parametrize("unit", ["%", "px"])
def test_a_number_and_its_unit_do_not_part(unit: str) -> None:
    assert joined(f"<p>At 98.6 {unit}.</p>") == f"<p>At 98.6\u00a0{unit}.</p>"


@pytest.mark.parametrize(
    "content",
    [
        "<pre><code>7 % 2</code></pre>",
        "<p><code>7 % 2</code></p>",
        "<script>7 % 2</script>",
        "<p>10 pxl, a % b</p>",
    ],
)
def test_other_text_stays_as_it_is(content: str) -> None:
    assert joined(content) == content


@pytest.mark.parametrize(
    "content",
    [
        "<p>cnnfilters.run</p>",
        '<span class="doc-function-name">train</span>',
        "<pre><code>cnnfilters.run</code></pre>",
    ],
)
def test_a_dotted_name_parts_in_headings_alone(content: str) -> None:
    assert parted(content) == content
