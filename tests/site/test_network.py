"""A visit makes no error, leaves the site for nothing, and is light."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.built_site import BuiltSite
from checks.pages import each_visited_page
from checks.visit import Visit
from checks.weight import weight_problems, widget_problems

pytestmark = pytest.mark.browser
Visited = Callable[[str], Visit]
TALL = "<div style='height: 9000px'></div>"


@each_visited_page
def test_a_visit_makes_no_error(visited: Visited, path: str) -> None:
    assert visited(path).errors == []


@each_visited_page
def test_no_request_leaves_the_site(visited: Visited, path: str) -> None:
    assert visited(path).foreign == []


@each_visited_page
def test_a_first_visit_is_light(site: BuiltSite, visited: Visited, path: str) -> None:
    assert weight_problems(site, visited(path)) == []


@each_visited_page
def test_widgets_come_in_few_requests(visited: Visited, path: str) -> None:
    assert widget_problems(visited(path)) == []


def test_the_good_page_passes(
    plant: Callable[..., BuiltSite], visit_planted: Callable[..., Visit]
) -> None:
    seen = visit_planted()
    assert (seen.errors, seen.foreign, weight_problems(plant(), seen)) == ([], [], [])


@pytest.mark.full
@pytest.mark.parametrize(
    ("new", "error"),
    [
        ("<script>console.error('oh')</script>", "console: oh"),
        ("<script>throw new Error('oh')</script>", "script: oh"),
        ("<img src='lost.png' alt=''>", "status 404"),
        ("<img src='https://cdn.example/a.png' alt=''>", "failed: https://cdn.example/a.png"),
        ("<script>setTimeout(() => fetch('late.json'), 200)</script>", "status 404"),
    ],
)
def test_a_planted_error_is_caught(
    visit_planted: Callable[..., Visit], new: str, error: str
) -> None:
    assert error in "\n".join(visit_planted("</main>", f"{new}</main>").errors)


@pytest.mark.full
@pytest.mark.parametrize(
    "new",
    [
        "<img src='https://cdn.example/a.png' alt=''>",
        "<script>import('https://cdn.example/a.js')</script>",
        f"{TALL}<img loading='lazy' src='https://cdn.example/a.png' alt=''>",
    ],
    ids=["picture", "script", "only seen at the end"],
)
def test_a_planted_foreign_request_is_caught(visit_planted: Callable[..., Visit], new: str) -> None:
    seen = visit_planted("</main>", f"{new}</main>")
    assert [url.partition("/a.")[0] for url in seen.foreign] == ["https://cdn.example"]


@pytest.mark.full
def test_a_heavy_page_is_caught(
    plant: Callable[..., BuiltSite], visit_planted: Callable[..., Visit]
) -> None:
    folder = plant().folder
    (folder / "heavy.png").write_bytes(bytes(201 * 1024))
    seen = visit_planted("</main>", "<img src='heavy.png' alt=''></main>")
    assert "heavy.png 201" in "\n".join(weight_problems(BuiltSite(folder), seen))


@pytest.mark.full
def test_a_page_of_many_files_is_caught(
    plant: Callable[..., BuiltSite], visit_planted: Callable[..., Visit]
) -> None:
    pictures = "".join(f"<img src='{number}.gif' alt=''>" for number in range(25))
    seen = visit_planted("</main>", f"{pictures}</main>")
    assert weight_problems(plant(), seen) == ["26 requests, budget 25"]


@pytest.mark.full
def test_a_widget_of_many_files_is_caught(visit_planted: Callable[..., Visit]) -> None:
    pictures = "".join(f"<img src='widgets/{number}.gif' alt=''>" for number in range(6))
    (problem,) = widget_problems(visit_planted("</main>", f"{pictures}</main>"))
    assert problem.startswith("6 requests of widgets, budget 5 (0.gif, 1.gif")
