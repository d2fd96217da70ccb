"""Builds of the patient app as an operator publishes them one after the other, made from this one."""

import base64
import hashlib
import re
import shutil
from pathlib import Path

DIST = Path(__file__).parents[2] / "pwa" / "dist"
PAGE = "index.html"
WORKER = "sw.js"


class Releases:
    """The folder a server serves its pages from; publishing replaces what is in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(DIST, folder)

    def publish(self, name: str, *, broken: bool = False) -> None:
        """A version whose page says ``name``; a broken one has a file that is not what was built."""
        page = (DIST / PAGE).read_text().replace("</head>", f'<meta name="release" content="{name}"></head>')
        worker = (DIST / WORKER).read_text()
        before = _integrity((DIST / PAGE).read_bytes())
        assert before in worker, "the worker lists the page with its hash"
        worker = worker.replace(before, _integrity(page.encode()))
        version = hashlib.sha256(name.encode()).hexdigest()[:12]
        worker, replaced = re.subn(r"`[0-9a-f]{12}`", f"`{version}`", worker)
        assert replaced == 1, "the worker names its version once"
        self._write(PAGE, page if not broken else page + "<!-- cut -->")
        self._write(WORKER, worker)

    def _write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)
        for compressed in (".br", ".gz"):
            (self.folder / (name + compressed)).unlink(missing_ok=True)


def _integrity(content: bytes) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()
