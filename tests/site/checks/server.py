"""Serve a folder under a sub-path, as GitHub Pages serves a project's site."""

from __future__ import annotations

import functools
import io
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from checks.built_site import BuiltSite

OFTEN = 0.02  # seconds between two looks whether to stop: hundreds of tests have a server
SUB_PATH = "/repo/"  # no link may assume that the site is alone on its host


class _Server(ThreadingHTTPServer):
    # a busy machine accepts late; whom it turns away tries again in seconds
    request_queue_size = 128

    def handle_error(self, *_: Any) -> None:
        """Say nothing where a page was left, and its connection with it."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(*_)


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # keeps connections open: a page asks for ten files
    extensions_map = {  # noqa: RUF012 - as the base class has it; Windows may know .js as plain text
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".woff2": "font/woff2",
    }

    def __init__(self, *args: Any, site: BuiltSite, prefix: str, **options: Any) -> None:
        self.site, self.prefix = site, prefix
        super().__init__(*args, directory=str(site.folder), **options)

    def translate_path(self, path: str) -> str:
        outside = not path.startswith(self.prefix)
        return super().translate_path("/404" if outside else "/" + path[len(self.prefix) :])

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        if urlsplit(self.path).path == f"{self.prefix}sitemap.xml":
            return self._sitemap()
        return super().send_head()

    def end_headers(self) -> None:
        """Have each page asked for again: a test depends on those that the server hears of."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def _sitemap(self) -> io.BytesIO:
        """The sitemap with this server's address: the theme's navigation compares links with it."""
        here = f"http://{self.headers['Host']}{self.prefix}"
        text = (self.site.folder / "sitemap.xml").read_text(encoding="utf-8")
        body = text.replace(self.site.url, here).encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def served(site: BuiltSite, prefix: str = SUB_PATH) -> Iterator[str]:
    """The address of the site on a random port of this machine."""
    handler = functools.partial(_Handler, site=site, prefix=prefix)
    with _Server(("127.0.0.1", 0), handler) as server:
        serve = functools.partial(server.serve_forever, poll_interval=OFTEN)
        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
        server.shutdown()
