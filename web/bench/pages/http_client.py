"""A client that costs little: it sends one request again and again over some connections, and times each answer."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field

ANSWER_SECONDS = 600.0
_END = b"\r\n\r\n"


class BadAnswer(Exception):
    """A page that is measured must come whole and with status 200."""


@dataclass(frozen=True)
class Load:
    """What a run of requests took: seconds in all, and milliseconds for each answer."""

    seconds: float
    waits: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds


@dataclass(frozen=True)
class Target:
    """A page of a server on this machine, and the cookie that is sent along."""

    port: int
    path: str
    cookie: str = ""

    def request(self) -> bytes:
        """The bytes of the request."""
        headers: Mapping[str, str] = {"Host": "127.0.0.1", "Cookie": self.cookie}
        lines = [f"{name}: {value}" for name, value in headers.items() if value]
        return "\r\n".join([f"GET {self.path} HTTP/1.1", *lines, "", ""]).encode("ascii")


@dataclass
class _Connection:
    """A connection that waits for one answer at a time."""

    socket: socket.socket
    answer: bytearray = field(default_factory=bytearray)
    sent_at: float = 0.0

    def send(self, request: bytes) -> None:
        """Ask for the page."""
        self.answer.clear()
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Read what has come; whether the answer is whole."""
        part = self.socket.recv(1 << 18)
        if not part:
            raise BadAnswer("The server closed the connection.")
        self.answer += part
        return _is_whole(self.answer)


def load(target: Target, seconds: float, connections: int) -> Load:
    """Send requests for so many seconds, over so many connections at once; BadAnswer where one is no page.

    Each connection sends at least one, and what was sent is waited for.
    """
    request, waits = target.request(), list[float]()
    with ExitStack() as stack, selectors.DefaultSelector() as selector:
        opened = [_Connection(stack.enter_context(_connect(target.port))) for _ in range(connections)]
        for connection in opened:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
        began = time.perf_counter()
        for connection in opened:
            connection.send(request)
        awaited = len(opened)
        while awaited:
            ready = selector.select(ANSWER_SECONDS)
            if not ready:
                raise BadAnswer(f"No answer from {target.path} in {ANSWER_SECONDS:g} seconds.")
            for connection in (key.data for key, _ in ready):
                if connection.receive():
                    now = time.perf_counter()
                    waits.append(1000 * (now - connection.sent_at))
                    if now - began < seconds:
                        connection.send(request)
                    else:
                        awaited -= 1
        return Load(time.perf_counter() - began, tuple(waits))


def _connect(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=ANSWER_SECONDS)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _is_whole(answer: bytearray) -> bool:
    head_ends = answer.find(_END)
    if head_ends < 0:
        return False
    first, *headers = bytes(answer[:head_ends]).decode("latin-1").split("\r\n")
    if first.split()[1] != "200":
        raise BadAnswer(f"The server answered {first}.")
    length = next(int(line.partition(":")[2]) for line in headers if line.lower().startswith("content-length:"))
    return len(answer) >= head_ends + len(_END) + length
