"""A real web server on this machine that takes what is posted, and answers as it was told to."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Hook:
    port: int = 0
    status: int = 200
    body: str = "ok"
    location: str = ""
    drip: float = 0.0  # seconds between one byte and the next
    asked: list[tuple[str, str]] = field(default_factory=list)
    posted: list[dict[str, Any]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"


@contextmanager
def running(status: int = 200, body: str = "ok", location: str = "", drip: float = 0.0) -> Iterator[Hook]:
    hook = Hook(status=status, body=body, location=location, drip=drip)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            hook.asked.append(("POST", self.path))
            hook.posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.answer()

        def do_GET(self) -> None:
            hook.asked.append(("GET", self.path))
            self.answer()

        def answer(self) -> None:
            self.send_response(hook.status)
            if hook.location:
                self.send_header("Location", hook.location)
            self.end_headers()
            with suppress(BrokenPipeError, ConnectionResetError):
                for byte in hook.body if hook.drip else [hook.body]:
                    self.wfile.write(byte.encode())
                    time.sleep(hook.drip)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # as the library names it
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads, server.block_on_close = True, False
        hook.port = server.server_port
        Thread(target=server.serve_forever, daemon=True).start()
        yield hook
        server.shutdown()
