"""Starts a server under gunicorn and sends it prepared requests over several connections."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

PATH = "/api/v1/patient/sync"
HEADERS = {"Content-Type": "application/json", "X-Afterblock": "1"}


@dataclass(frozen=True)
class Prepared:
    """One request: a phone's cookie and its body."""

    cookie: str
    body: bytes


@dataclass(frozen=True)
class Round:
    """What one round took: the wall time and each request's latency, in seconds."""

    seconds: float
    latencies: list[float]


@contextmanager
def served(application: str, environment: dict[str, str]) -> Iterator[int]:
    """Run ``application`` as the Procfile does, on a free port of 127.0.0.1; yields the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = ["--worker-class", "gthread", "--workers", "2", "--threads", "8", "--no-control-socket"]
    arguments += ["--log-level", "error", "--bind", f"127.0.0.1:{port}", application]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *arguments],
        env=os.environ | environment | {"PORT": str(port)},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until_healthy(process, port)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def wait_until_healthy(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("the server ended at once")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError("the server did not answer within 30 s")


def send(port: int, request: Prepared) -> float:
    """Send one request over a connection of its own, as a phone does; returns its seconds."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST", PATH, request.body, HEADERS | {"Cookie": request.cookie})
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    elapsed = time.perf_counter() - started
    if answer.status != 200 or content.count(b'"stored"') != 100:
        raise RuntimeError(f"not stored: {answer.status} {content[:300]!r}")
    return elapsed


def send_all(port: int, requests: list[Prepared], connections: int) -> Round:
    started = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        latencies = list(pool.map(lambda request: send(port, request), requests))
    return Round(time.perf_counter() - started, latencies)
