"""A chat that takes words over HTTP, on this machine: what it was sent, and what it answers."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Hook:
    status: int = 200
    body: str = "taken"
    port: int = 0
    got: list[dict[str, Any]] = field(default_factory=list)

    @property
    def link(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook/s3cret"


@contextmanager
def a_hook(**answers: Any) -> Iterator[Hook]:
    hook = Hook(**answers)

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            hook.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(hook.status)
            self.end_headers()
            self.wfile.write(hook.body.encode())

        def log_message(self, *_args: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    hook.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield hook
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
