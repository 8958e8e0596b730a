"""A tab of an installed Firefox by WebDriver BiDi: JSON over a web socket, no driver between."""

from __future__ import annotations

import asyncio
import itertools
import json
import subprocess
import tempfile
import threading
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tornado.websocket import WebSocketClientConnection, websocket_connect

from checks.browsing import HEIGHT
from engines.webdriver import PATIENCE, START, free_port, pointer_actions


class BidiTab:
    """A tab, and the errors that its console is told.

    Args:
        port: Where Firefox listens.
    """

    def __init__(self, port: int) -> None:
        self._numbers = itertools.count(1)
        self._errors: list[str] = []
        self._loop = asyncio.new_event_loop()  # of a thread of its own: Playwright has one here
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._socket = self._wait(_connected(port))
        self._send("session.new", {"capabilities": {}})
        self._send("session.subscribe", {"events": ["log.entryAdded"]})
        self._context = self._send("browsingContext.create", {"type": "tab"})["context"]

    def open(self, address: str, width: int) -> None:
        tab = {"context": self._context}
        self._send("browsingContext.navigate", {**tab, "url": "about:blank", "wait": "complete"})
        self._errors.clear()
        size = {"width": width, "height": HEIGHT}
        self._send("browsingContext.setViewport", {**tab, "viewport": size})
        self._send("browsingContext.navigate", {**tab, "url": address, "wait": "complete"})

    def ask(self, expression: str) -> Any:
        answer = self._send(
            "script.evaluate",
            {
                "expression": f"(async () => JSON.stringify(await ({expression})) ?? 'null')()",
                "awaitPromise": True,
                "target": {"context": self._context},
            },
        )
        if answer["type"] != "success":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def draw(self, points: Sequence[tuple[float, float]]) -> None:
        pointer = {"type": "pointer", "id": "mouse", "actions": pointer_actions(points)}
        self._send("input.performActions", {"context": self._context, "actions": [pointer]})

    def heard(self) -> list[str]:
        self.ask("null")  # what was said before is told before the answer
        return list(self._errors)

    def _send(self, method: str, params: dict[str, Any]) -> Any:
        return self._wait(self._exchange(method, params))

    async def _exchange(self, method: str, params: dict[str, Any]) -> Any:
        number = next(self._numbers)
        await self._socket.write_message(
            json.dumps({"id": number, "method": method, "params": params})
        )
        while text := await self._socket.read_message():
            message = json.loads(text)
            if message.get("method") == "log.entryAdded":
                self._note(message["params"])
            if message.get("id") == number:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['message']}")
                return message["result"]
        raise RuntimeError(f"{method}: Firefox has gone")

    def _note(self, entry: dict[str, Any]) -> None:
        if entry["level"] == "error":
            self._errors.append(str(entry["text"]))

    def _wait(self, task: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(task, self._loop).result(PATIENCE / 1000)


async def _connected(port: int) -> WebSocketClientConnection:
    end = asyncio.get_running_loop().time() + START
    while True:
        try:
            address = f"ws://127.0.0.1:{port}/session"
            return await websocket_connect(address, max_message_size=2**26)
        except OSError:  # not yet
            if asyncio.get_running_loop().time() > end:
                raise
            await asyncio.sleep(0.2)


@contextmanager
def bidi_tab(firefox: str) -> Iterator[BidiTab]:
    """A tab of a Firefox of its own, without a window, with an empty profile."""
    port = free_port()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = ["--headless", f"--remote-debugging-port={port}", "--profile", profile]
        with subprocess.Popen([firefox, *options], stderr=subprocess.DEVNULL) as process:
            try:
                yield BidiTab(port)
            finally:
                process.terminate()
