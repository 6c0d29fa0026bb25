"""A small load generator: keep-alive connections over plain sockets, one request at a time on each of them."""

from __future__ import annotations

import re
import select
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
PATIENCE = 10
"""Seconds after which a silent server ends the measurement."""


class WrongAnswer(Exception):
    """Another status than the expected one: what would be measured is not what was meant."""


@dataclass(frozen=True, slots=True)
class Load:
    """What came back: seconds from the first request to the last answer, and how long each answer took."""

    seconds: float
    waits: list[float]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds

    def wait(self, share: float) -> float:
        """The time in which this share of the answers had come."""
        return sorted(self.waits)[int(share * (len(self.waits) - 1))]


def load(port: int, requests: Iterator[bytes], status: int, connections: int, seconds: float) -> Load:
    """Send requests from several connections, each waiting for its answer, until the time or the requests are up.

    Raises WrongAnswer for any other status than `status`.
    """
    lines = {}
    poll = select.epoll()
    try:
        for _ in range(connections):
            line = _Line(port, status)
            lines[line.socket.fileno()] = line
            poll.register(line.socket, select.EPOLLIN)
        waits: list[float] = []
        start = time.perf_counter()
        end = start + seconds
        waiting = sum(line.send_next(requests) for line in lines.values())
        while waiting:
            ready = poll.poll(PATIENCE)
            if not ready:
                raise TimeoutError(f"no answer in {PATIENCE} seconds")
            for number, _ in ready:
                line = lines[number]
                if not line.receive():
                    continue
                now = time.perf_counter()
                waits.append(now - line.sent)
                if now >= end or not line.send_next(requests):
                    waiting -= 1
        return Load(time.perf_counter() - start, waits)
    finally:
        poll.close()
        for line in lines.values():
            line.socket.close()


class _Line:
    """One connection."""

    def __init__(self, port: int, status: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.expected = b"HTTP/1.1 %d " % status
        self.sent = 0.0
        self.missing = 0
        """Bytes of the answer that have not come yet; 0 before its head has come."""

    def send_next(self, requests: Iterator[bytes]) -> bool:
        """Send the next request; False if there is none."""
        request = next(requests, None)
        if request is None:
            return False
        self.sent = time.perf_counter()
        self.socket.sendall(request)
        return True

    def receive(self) -> bool:
        """Take what has come; whether the answer is complete."""
        came = self.socket.recv(1 << 18)
        if self.missing:
            self.missing -= len(came)
        else:
            # A head is so small that it comes in one piece.
            head, _, body = came.partition(b"\r\n\r\n")
            length = LENGTH.search(head)
            if length is None or not head.startswith(self.expected):
                raise WrongAnswer(f"{self.expected.decode()} expected, got: {came[:400].decode(errors='replace')}")
            self.missing = int(length[1]) - len(body)
        return self.missing == 0
