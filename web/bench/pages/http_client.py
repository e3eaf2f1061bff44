"""A lightweight HTTP client: sends one request repeatedly over several connections and times each response."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass

ANSWER_SECONDS = 600.0
_END = b"\r\n\r\n"


class BadAnswer(Exception):
    """A response was incomplete, late, or not of status 200."""


@dataclass(frozen=True)
class Load:
    """The result of a run: its seconds, and the milliseconds of each response."""

    seconds: float
    waits: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Responses a second."""
        return len(self.waits) / self.seconds


@dataclass(frozen=True)
class PageAddress:
    """A page of a server on this machine, and the cookie to send."""

    port: int
    path: str
    cookie: str = ""

    def request(self) -> bytes:
        """The bytes of the request."""
        headers: Mapping[str, str] = {"Host": "127.0.0.1", "Cookie": self.cookie}
        lines = [f"{name}: {value}" for name, value in headers.items() if value]
        return "\r\n".join([f"GET {self.path} HTTP/1.1", *lines, "", ""]).encode("ascii")


class _Connection:
    """A connection with one pending response at a time; reopened if the server has closed it."""

    def __init__(self, target: PageAddress, selector: selectors.BaseSelector) -> None:
        self._port, self._request, self._selector = target.port, target.request(), selector
        self._answer = bytearray()
        self._sent_at = 0.0
        self._open()

    def send(self) -> None:
        """Send the request."""
        self._answer.clear()
        self._sent_at = time.perf_counter()
        self._send()

    def receive(self) -> float | None:
        """Read the received bytes; returns the milliseconds since the request once the response is complete."""
        try:
            part = self._socket.recv(1 << 18)
        except ConnectionError:
            part = b""
        if part:
            self._answer += part
            return 1000 * (time.perf_counter() - self._sent_at) if _is_whole(self._answer) else None
        if self._answer:
            raise BadAnswer("The server closed the connection within an answer.")
        self.close()
        self._open()
        self._send()
        return None

    def close(self) -> None:
        """Close the connection; a second time does nothing."""
        if self._socket.fileno() >= 0:
            self._selector.unregister(self._socket)
            self._socket.close()

    def _open(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=ANSWER_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._selector.register(self._socket, selectors.EVENT_READ, self)

    def _send(self) -> None:
        with suppress(ConnectionError):  # receive() reopens a closed connection
            self._socket.sendall(self._request)


def run_load(target: PageAddress, seconds: float, connections: int) -> Load:
    """Send requests for `seconds` over concurrent connections; BadAnswer if a response is not a page.

    Each connection sends at least one request, and every response is awaited.
    """
    waits = list[float]()
    with selectors.DefaultSelector() as selector, ExitStack() as stack:
        open_connections = [_Connection(target, selector) for _ in range(connections)]
        for connection in open_connections:
            stack.callback(connection.close)
        start, pending = time.perf_counter(), len(open_connections)
        for connection in open_connections:
            connection.send()
        while pending:
            ready = selector.select(ANSWER_SECONDS)
            if not ready:
                raise BadAnswer(f"No answer from {target.path} in {ANSWER_SECONDS:g} seconds.")
            for connection in (key.data for key, _ in ready):
                wait = connection.receive()
                if wait is None:
                    continue
                waits.append(wait)
                if time.perf_counter() - start < seconds:
                    connection.send()
                else:
                    connection.close()  # an idle connection would time out while slower ones are awaited
                    pending -= 1
        return Load(time.perf_counter() - start, tuple(waits))


def _is_whole(answer: bytearray) -> bool:
    head_ends = answer.find(_END)
    if head_ends < 0:
        return False
    first, *headers = bytes(answer[:head_ends]).decode("latin-1").split("\r\n")
    if first.split()[1] != "200":
        raise BadAnswer(f"The server answered {first}.")
    length = next(int(line.partition(":")[2]) for line in headers if line.lower().startswith("content-length:"))
    return len(answer) >= head_ends + len(_END) + length
