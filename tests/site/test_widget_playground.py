"""The playground: the same answers as PyTorch, own pictures that stay here, by keyboard alone."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from PIL import Image
from playwright.sync_api import Page, expect
from torch.nn import functional

from checks.browsing import wake
from checks.built_site import BuiltSite
from checks.widget_page import Opener, query, result, widget

pytestmark = pytest.mark.browser
PLAYGROUND = widget("kernel-playground")
# a camera that shows a white square; `stopped` says whether it was let go
CAMERA = """navigator.mediaDevices.getUserMedia = async () => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 64, height: 48});
  const context = canvas.getContext("2d");
  const draw = () => { context.fillStyle = "white"; context.fillRect(0, 0, 64, 48); };
  draw(); setInterval(draw, 40);
  const stream = canvas.captureStream(25);
  const [track] = stream.getTracks();
  const stop = track.stop.bind(track);
  track.stop = () => { window.stopped = true; stop(); };
  return stream;
};"""


@pytest.fixture
def playground(open_widgets: Opener) -> Iterator[Page]:
    with open_widgets(PLAYGROUND) as page:
        yield page


def photograph(site: BuiltSite, name: str = "chelsea") -> np.ndarray:
    return np.asarray(Image.open(site.folder / f"widgets/data/{name}.png")) / 255


def answers(picture: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    image, weights = torch.from_numpy(picture), torch.as_tensor(kernel, dtype=torch.float64)
    return functional.conv2d(image[None, None], weights[None, None])[0, 0].numpy()


def read(text: str) -> tuple[float, float]:
    """The brightness and the answer that a result names."""
    pixel, answer = text.rstrip(".").split(": brightness ")[1].split(", answer ")
    return float(pixel), float(answer.replace("−", "-"))


def png(pixels: np.ndarray) -> dict:
    file = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(file, "PNG")
    return {"name": "mine.png", "mimeType": "image/png", "buffer": file.getvalue()}


def test_the_sliders_read_any_answer_by_keyboard(playground: Page, site: BuiltSite) -> None:
    sobel = np.outer([1, 2, 1], [-1, 0, 1])
    picture = photograph(site)
    wanted = answers(picture, sobel)
    row, column = (
        playground.get_by_label("Row", exact=True),
        playground.get_by_label("Column", exact=True),
    )
    row.press("Home")
    column.press("End")
    column.press("ArrowLeft")
    expect(result(playground)).to_contain_text("Row 1, column 253: ")
    pixel, answer = read(result(playground).inner_text())
    assert pixel == pytest.approx(picture[1, 253], abs=5e-4)
    assert answer == pytest.approx(wanted[0, 252], abs=5e-4)


def test_pointing_reads_an_answer(playground: Page, site: BuiltSite) -> None:
    canvas = playground.locator(".cf-picture canvas").nth(1)
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    playground.mouse.move(
        box["x"] + box["width"] * 100.5 / 256, box["y"] + box["height"] * 60.5 / 256
    )
    expect(result(playground)).to_contain_text("Row 60, column 100: ")
    wanted = answers(photograph(site), np.outer([1, 2, 1], [-1, 0, 1]))
    assert read(result(playground).inner_text())[1] == pytest.approx(wanted[59, 99], abs=5e-4)


def test_the_picture_is_drawn_as_the_colour_scale_says(playground: Page) -> None:
    playground.get_by_label("Weights", exact=True).select_option("identity")
    playground.get_by_label("Show the answer as").select_option("1")
    pixels = """() => [...document.querySelectorAll(".cf-picture canvas")].map(canvas =>
      [...canvas.getContext("2d").getImageData(40, 50, 1, 1).data])"""
    photo, answer = playground.evaluate(pixels)
    assert photo == answer
    opacity = """() => document.querySelectorAll(".cf-picture canvas")[1]
      .getContext("2d").getImageData(0, 9, 1, 1).data[3]"""
    assert playground.evaluate(opacity) == 0  # no window is centred on the border


def test_a_kernel_is_chosen_resized_and_typed(playground: Page) -> None:
    playground.get_by_label("Weights", exact=True).select_option("gabor-odd")
    assert playground.get_by_label("Size", exact=True).input_value() == "7"
    expect(playground.locator("body")).to_contain_text("gabor-odd: a sine of wavelength 4 pixels")
    playground.get_by_label("Size", exact=True).select_option("3")
    playground.get_by_label("Weights", exact=True).select_option("box")
    middle = playground.get_by_label("Weight in row 1, column 1")
    middle.fill("1")
    middle.press("ArrowDown")
    assert playground.evaluate("document.activeElement.ariaLabel") == "Weight in row 2, column 1"
    expect(playground.locator("body")).to_contain_text("The weights sum to 1.889")


def test_the_switches_change_the_weights_that_are_applied(playground: Page) -> None:
    playground.get_by_label("Weights", exact=True).select_option("sharpen")
    playground.get_by_label("Make the weights sum to 0").check()
    expect(playground.locator("body")).to_contain_text("The weights sum to 0:")
    playground.get_by_label("Divide by the sum of their sizes").check()
    applied = playground.locator(".cf-kernels table").nth(1)
    texts = applied.locator("td").all_inner_texts()
    weights = np.array([float(text.replace("−", "-")) for text in texts])
    assert np.abs(weights).sum() == pytest.approx(1, abs=0.03)  # shown with three decimals
    assert weights.sum() == pytest.approx(0, abs=0.03)


def test_a_kept_scale_stays_for_other_kernels(playground: Page) -> None:
    bar = playground.locator(".cf-bar")
    before = bar.inner_text()
    playground.get_by_label("Keep this colour scale for other kernels").check()
    playground.get_by_label("Weights", exact=True).select_option("laplacian-8")
    assert bar.inner_text() == before
    playground.get_by_label("Keep this colour scale for other kernels").uncheck()
    assert bar.inner_text() != before


def test_the_pytorch_code_gives_the_answer_that_is_shown(
    open_widgets: Opener, site: BuiltSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = query(photo="camera", kernel="sharpen", centred=1, normalised=1, row=31, column=200)
    with open_widgets(PLAYGROUND, query=chosen) as page:
        page.get_by_text("The same in PyTorch").click()
        code = page.locator(".cf-sharing code").inner_text()
        shown = read(result(page).inner_text())[1]
    monkeypatch.chdir(site.folder / "widgets/data")
    *lines, last = code.splitlines()
    names: dict = {}
    exec("\n".join(lines), names)
    assert float(eval(last, names)[29, 198]) == pytest.approx(shown, abs=5e-4)


def test_an_own_picture_stays_in_the_page(playground: Page) -> None:
    sent: list[tuple[str, str | None]] = []
    playground.on("request", lambda request: sent.append((request.url, request.post_data)))
    base = playground.url
    pixels = np.random.default_rng(0).integers(0, 256, size=(30, 40, 3))
    playground.get_by_label("Your own file").set_input_files(png(pixels))
    expect(playground.locator("figcaption").first).to_have_text("Photograph, 30 × 40")
    grey = np.asarray(Image.fromarray(pixels.astype(np.uint8)).convert("L")) / 255
    playground.get_by_label("Row", exact=True).press("Home")
    playground.get_by_label("Column", exact=True).press("Home")
    pixel, answer = read(result(playground).inner_text())
    assert pixel == pytest.approx(grey[1, 1], abs=5e-4)
    assert answer == pytest.approx(answers(grey, np.outer([1, 2, 1], [-1, 0, 1]))[0, 0], abs=5e-4)
    assert [url for url, body in sent if body or not url.startswith(("blob:", base))] == []
    playground.wait_for_timeout(500)
    assert "it.photo" not in playground.url


def test_a_large_picture_is_shrunk(playground: Page) -> None:
    gradient = np.tile(np.linspace(0, 255, 2000), (500, 1))
    playground.get_by_label("Your own file").set_input_files(png(gradient))
    expect(playground.locator("figcaption").first).to_have_text("Photograph, 128 × 512")


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (("a.png", "image/png", b"no picture"), "can't be read as a picture"),
        (("<img onerror=alert(1)>.html", "text/html", b"<p>"), "can't be read as a picture"),
        (("empty.jpg", "image/jpeg", b""), "can't be read as a picture"),
    ],
)
def test_a_file_that_is_no_picture_is_refused_in_words(
    playground: Page, file: tuple[str, str, bytes], words: str
) -> None:
    before = result(playground).inner_text()
    chosen = dict(zip(("name", "mimeType", "buffer"), file, strict=True))
    playground.get_by_label("Your own file").set_input_files(chosen)
    expect(playground.get_by_role("alert")).to_contain_text(words)
    assert result(playground).inner_text() == before
    playground.get_by_label("Photograph", exact=True).select_option("coins")
    expect(playground.locator("body")).to_contain_text("Brooklyn Museum")


def test_a_picture_smaller_than_the_kernel_is_refused(playground: Page) -> None:
    before = result(playground).inner_text()
    playground.get_by_label("Your own file").set_input_files(png(np.zeros((2, 2))))
    expect(playground.get_by_role("alert")).to_contain_text("is smaller than")
    assert result(playground).inner_text() == before


def test_the_camera_is_asked_for_only_on_a_click_and_let_go(playground: Page) -> None:
    playground.evaluate(CAMERA)
    button = playground.get_by_role("button", name="Use the camera")
    button.press("Enter")
    expect(playground.locator("figcaption").first).to_have_text("Photograph, 48 × 64")
    playground.wait_for_function("() => window.stopped")  # with reduced motion: one picture
    expect(result(playground)).to_contain_text("brightness 1,")
    expect(button).to_be_visible()


def test_the_camera_runs_until_it_is_held(playground: Page) -> None:
    playground.emulate_media(reduced_motion="no-preference")
    playground.evaluate(CAMERA)
    playground.get_by_role("button", name="Use the camera").click()
    hold = playground.get_by_role("button", name="Hold the picture")
    expect(hold).to_be_visible()
    assert not playground.evaluate("window.stopped === true")
    hold.click()
    assert playground.evaluate("window.stopped")
    playground.evaluate("window.stopped = false")
    playground.get_by_role("button", name="Use the camera").click()
    expect(hold).to_be_visible()
    playground.evaluate("document.querySelector('kernel-playground').remove()")
    assert playground.evaluate("window.stopped")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("NotAllowedError", "it was not allowed"),
        ("NotFoundError", "there is none"),
        ("AbortError", "it did not answer"),
    ],
)
def test_a_missing_camera_is_said_in_words(playground: Page, name: str, words: str) -> None:
    playground.evaluate(
        """name => { navigator.mediaDevices.getUserMedia =
          async () => { throw new DOMException("", name) } }""",
        name,
    )
    playground.get_by_role("button", name="Use the camera").click()
    expect(playground.get_by_role("alert")).to_contain_text(f"The camera can't be used: {words}.")


@pytest.mark.parametrize("text", ["abc", "3,5", "1e309", "١", ""])
def test_nonsense_in_a_weight_is_refused_in_words(playground: Page, text: str) -> None:
    field, before = (
        playground.get_by_label("Weight in row 0, column 2"),
        result(playground).inner_text(),
    )
    field.fill(text)
    field.press("Tab")
    expect(playground.get_by_role("alert")).to_contain_text("Weight in row 0, column 2")
    assert result(playground).inner_text() == before
    playground.get_by_label("Weights", exact=True).select_option("box")
    expect(playground.get_by_role("alert")).to_be_hidden()
    assert field.input_value() == "0.111"


def test_the_address_shows_the_same_to_someone_else(open_widgets: Opener) -> None:
    with open_widgets(PLAYGROUND) as page:
        page.get_by_label("Photograph", exact=True).select_option("brick")
        page.get_by_label("Weights", exact=True).select_option("line-level")
        page.get_by_label("Make the weights sum to 0").check()
        page.get_by_label("Row", exact=True).press("End")
        page.wait_for_url("**/*it.row=255*")
        before = page.locator(":is(.cf-result, .cf-playground)").all_inner_texts()
        page.reload()
        wake(page)
        assert page.locator(":is(.cf-result, .cf-playground)").all_inner_texts() == before
        page.get_by_role("button", name="Reset").click()
        expect(page.locator("body")).to_contain_text("Stefan van der Walt")
        page.wait_for_url(lambda url: "it." not in url)
