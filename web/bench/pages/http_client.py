"""A client that costs little: it sends one request again and again over some connections, and times each answer."""

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
class PageAddress:
    """A page of a server on this machine, and the cookie that is sent along."""

    port: int
    path: str
    cookie: str = ""

    def request(self) -> bytes:
        """The bytes of the request."""
        headers: Mapping[str, str] = {"Host": "127.0.0.1", "Cookie": self.cookie}
        lines = [f"{name}: {value}" for name, value in headers.items() if value]
        return "\r\n".join([f"GET {self.path} HTTP/1.1", *lines, "", ""]).encode("ascii")


class _Connection:
    """A connection that waits for one answer at a time; it is opened anew where the server closed it."""

    def __init__(self, target: PageAddress, selector: selectors.BaseSelector) -> None:
        self._port, self._request, self._selector = target.port, target.request(), selector
        self._answer = bytearray()
        self._sent_at = 0.0
        self._open()

    def send(self) -> None:
        """Ask for the page."""
        self._answer.clear()
        self._sent_at = time.perf_counter()
        self._send()

    def receive(self) -> float | None:
        """Read what has come; the milliseconds from the request to the end of the answer, None before it."""
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
        with suppress(ConnectionError):  # a closed connection is opened anew where its answer is read
            self._socket.sendall(self._request)


def run_load(target: PageAddress, seconds: float, connections: int) -> Load:
    """Send requests for so many seconds, over so many connections at once; BadAnswer where one is no page.

    Each connection sends at least one, and what was sent is waited for.
    """
    waits = list[float]()
    with selectors.DefaultSelector() as selector, ExitStack() as stack:
        opened = [_Connection(target, selector) for _ in range(connections)]
        for connection in opened:
            stack.callback(connection.close)
        began, awaited = time.perf_counter(), len(opened)
        for connection in opened:
            connection.send()
        while awaited:
            ready = selector.select(ANSWER_SECONDS)
            if not ready:
                raise BadAnswer(f"No answer from {target.path} in {ANSWER_SECONDS:g} seconds.")
            for connection in (key.data for key, _ in ready):
                wait = connection.receive()
                if wait is None:
                    continue
                waits.append(wait)
                if time.perf_counter() - began < seconds:
                    connection.send()
                else:
                    connection.close()  # the server would close it while slower ones are waited for
                    awaited -= 1
        return Load(time.perf_counter() - began, tuple(waits))


def _is_whole(answer: bytearray) -> bool:
    head_ends = answer.find(_END)
    if head_ends < 0:
        return False
    first, *headers = bytes(answer[:head_ends]).decode("latin-1").split("\r\n")
    if first.split()[1] != "200":
        raise BadAnswer(f"The server answered {first}.")
    length = next(int(line.partition(":")[2]) for line in headers if line.lower().startswith("content-length:"))
    return len(answer) >= head_ends + len(_END) + length
