"""The server as it really runs, killed and started again, and a patient's phone that talks to it by HTTP."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from uuid import uuid4

from server.config import Config
from tests.factories.world import HEADERS, PATIENT, entry

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0


def environment(config: Config, folder: Path) -> dict[str, str]:
    """The variables with which a real process uses a test's database."""
    return os.environ | {
        "AFTERBLOCK_ENV": "test",
        "AFTERBLOCK_INSTANCE": str(folder),
        "DATABASE_URL": config.database_url,
        "DATABASE_OWNER_URL": config.owner_database_url,
        "SECRET_KEY": config.secret_key,
    }


def procfile(name: str) -> str:
    """The command of a process as the Procfile has it, run by this interpreter's programs."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    text = next(line.partition(": ")[2] for line in lines if line.startswith(f"{name}: "))
    return re.sub(r"^(gunicorn)", f"{sys.executable} -m gunicorn", re.sub(r"^python", sys.executable, text))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`web` of the Procfile on a port of its own; all its processes form one group that can be killed."""

    def __init__(self, config: Config, folder: Path) -> None:
        self.port = free_port()
        self._environment = environment(config, folder) | {"PORT": str(self.port), "WEB_CONCURRENCY": "1"}
        self._log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                ["bash", "-c", f"exec {procfile('web')}"],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                if request(self.port, "GET", "/readyz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.03)
        raise TimeoutError(self._log.read_text()[-2000:])

    def kill(self) -> None:
        """No farewell: what was not durable is gone."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


def request(
    port: int, method: str, path: str, body: Any = None, cookie: str = "", patience: float = PATIENCE
) -> tuple[int, Any, dict[str, str]]:
    """One exchange on a connection of its own; raises ConnectionError when no whole answer came."""
    connection = HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        headers = {**HEADERS, "Content-Type": "application/json", "Cookie": cookie}
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        raw = answer.read()
        return answer.status, json.loads(raw) if raw else None, dict(answer.getheaders())
    except Exception as error:  # http.client has a tree of its own for answers that were cut
        raise ConnectionError(type(error).__name__) from error
    finally:
        connection.close()


@dataclass
class NetworkPhone:
    """A phone with an outbox: nothing leaves it before the server has acknowledged it."""

    port: int
    cookie: str
    episode_id: str
    outbox: list[dict[str, Any]] = field(default_factory=list)
    acked: dict[str, str] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    refused: list[int] = field(default_factory=list)

    @staticmethod
    def enrol(port: int, invitation: dict[str, Any], episode_id: str) -> NetworkPhone:
        form = {
            "token": invitation["link"].partition("#")[2],
            "code": invitation["code"],
            "device_key": str(uuid4()),
        }
        status, answer, headers = request(port, "POST", f"{PATIENT}/enrolment", form)
        assert status == 201, answer
        return NetworkPhone(port, headers["Set-Cookie"].partition(";")[0], episode_id)

    def save(self, pain: int, note: str | None = None) -> None:
        """Put one entry into the outbox."""
        self.outbox.append(
            {
                "rev_id": str(uuid4()),
                "entry_id": str(uuid4()),
                "episode_id": self.episode_id,
                "parent_rev": None,
                "op": "put",
                "recorded": {
                    "day": "2026-03-02",
                    "local": "2026-03-02T08:30:05",
                    "offset_min": 60,
                    "zone": "Europe/Berlin",
                    "skew_ms": 0,
                },
                "body": entry(pain=pain, note=note),
            }
        )

    def send(self, most: int = 5) -> bool:
        """Send the oldest records; True when they were acknowledged."""
        batch = self.outbox[:most]
        body = {
            "protocol": 1,
            "batch_id": str(uuid4()),
            "client_time": "2026-03-02T08:00:00Z",
            "ops": batch,
        }
        try:
            status, answer, _ = request(self.port, "POST", f"{PATIENT}/sync", body, self.cookie, patience=10)
        except OSError:
            self.unsure |= {record["rev_id"] for record in batch}
            time.sleep(0.02)
            return False
        if status != 200:
            self.refused.append(status)
            return False
        for result in answer["results"]:
            assert result["status"] in {"stored", "duplicate"}, result
            if result["status"] == "duplicate":
                assert result["rev_id"] in self.unsure, "only what was sent before may be known already"
            self.acked[result["rev_id"]] = result["status"]
        self.outbox = [record for record in self.outbox if record["rev_id"] not in self.acked]
        return True
