"""A tab by WebDriver, as WebKitGTK's own driver speaks it: JSON over HTTP."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from checks.browsing import HEIGHT

PATIENCE = 120_000  # milliseconds: for a page, and for a question to it
START = 20  # seconds for the driver to listen
ASK = """const done = arguments[arguments.length - 1];
(async () => (%s))().then(value => done({value}), error => done({error: String(error)}));"""


class WebDriverTab:
    """A session of a driver.

    Args:
        base: The driver's address.
    """

    def __init__(self, base: str) -> None:
        self._base = base
        answer = self._send("POST", "/session", {"capabilities": {}})
        self._base += f"/session/{answer['sessionId']}"
        self._send("POST", "/timeouts", {"script": PATIENCE, "pageLoad": PATIENCE})

    def open(self, address: str, width: int) -> None:
        self._send("POST", "/url", {"url": "about:blank"})
        size = [width, HEIGHT]
        self._send("POST", "/window/rect", {"width": width, "height": HEIGHT})
        inner = self.ask("[innerWidth, innerHeight]")  # a window's frame takes its part
        wider, higher = (2 * wanted - got for wanted, got in zip(size, inner, strict=True))
        self._send("POST", "/window/rect", {"width": wider, "height": higher})
        self._send("POST", "/url", {"url": address})

    def ask(self, expression: str) -> Any:
        body = {"script": ASK % expression, "args": []}
        answer = self._send("POST", "/execute/async", body)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer.get("value")

    def draw(self, points: Sequence[tuple[float, float]]) -> None:
        pointer = {"type": "pointer", "id": "mouse", "actions": pointer_actions(points)}
        self._send("POST", "/actions", {"actions": [pointer]})

    def heard(self) -> list[str]:
        return []  # it has no ear for the console; the page notes its errors itself

    def close(self) -> None:
        self._send("DELETE", "", None)

    def _send(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(self._base + path, data=data, method=method)
        try:
            with urlopen(request, timeout=PATIENCE / 1000) as answer:
                return json.load(answer)["value"]
        except HTTPError as error:
            raise RuntimeError(f"{path}: {error.read().decode()[:500]}") from None


def pointer_actions(points: Sequence[tuple[float, float]]) -> list[dict[str, Any]]:
    """A stroke, as WebDriver and WebDriver BiDi describe it."""
    moves = [
        {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 100} for x, y in points
    ]
    down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
    return [moves[0], down, *moves[1:], up]


def free_port() -> int:
    """A port of this machine that nobody listens to."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@contextmanager
def webdriver_tab(driver: str) -> Iterator[WebDriverTab]:
    """A tab of the browser that this driver starts; it needs a display, as Xvfb gives one."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with subprocess.Popen([driver, f"--port={port}"]) as process:
        try:
            _wait_for(f"{base}/status")
            tab = WebDriverTab(base)
            yield tab
            tab.close()
        finally:
            process.terminate()


def _wait_for(address: str) -> None:
    end = time.monotonic() + START
    while True:
        try:
            urlopen(address, timeout=START).close()
        except URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return
