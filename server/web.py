"""Serves the built pages, their service worker and assets, compressed beforehand by the build."""

from __future__ import annotations

import json
import mimetypes
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, abort, request, send_from_directory

from server.errors import NotFoundError, UnavailableError
from server.security.headers import PAGE_POLICY

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
COMPRESSED = (".br", ".gz")
WORKER, WORKER_OFF = "sw.js", "sw-off.js"
AHEAD = "ahead.json"

mimetypes.add_type("application/manifest+json", ".webmanifest")


def install(app: Flask, folder: Path, *, offline_shell: bool = True) -> None:
    """Serve the build in `folder` at the root of the app; without the shell, a worker that ends itself."""
    folder = folder.resolve()
    pages = Blueprint("web", __name__)

    @pages.get("/")
    def page() -> Response:
        return _patient_page(folder)

    @pages.get("/clinic", strict_slashes=False)
    @pages.get("/clinic/<path:_place>")
    def clinic_page(_place: str = "") -> Response:
        return _page(folder, "clinic.html")

    @pages.get("/<path:name>")
    def file(name: str) -> Response:
        return _patient_page(folder) if _is_place(name) else _file(folder, name)

    @pages.get(f"/{WORKER}")
    def worker() -> Response:
        return _worker(folder, WORKER if offline_shell else WORKER_OFF)

    app.register_blueprint(pages)


def _is_place(name: str) -> bool:
    """Whether an address is a place inside the patient's app, which finds its own way, and not a file."""
    navigating = request.accept_mimetypes.accept_html and not name.startswith("api/")
    return navigating and "." not in name.rpartition("/")[2]


def _patient_page(folder: Path) -> Response:
    """The page, with what its script would ask for next: two round trips less on the first visit."""
    response = _page(folder, "index.html")
    if (folder / AHEAD).is_file():
        files = _first_files(json.loads((folder / AHEAD).read_text()))
        response.headers["Link"] = ", ".join(f"</{file}>; {_preload(file)}" for file in files)
        response.vary.add("Accept-Language")
    return response


def _preload(file: str) -> str:
    """How a browser is told to fetch a file just as the page will ask for it."""
    return "rel=preload; as=style; crossorigin" if file.endswith(".css") else "rel=modulepreload"


def _first_files(ahead: dict[str, Any]) -> list[str]:
    """The files every first visit needs, and the words of the language the app will choose."""
    wanted = (tag.lower().partition("-")[0] for tag in request.accept_languages.values())
    language = next((tag for tag in wanted if tag in ahead["languages"]), "en")
    return [*ahead["every"], *ahead["languages"][language]]


def _page(folder: Path, name: str) -> Response:
    if not (folder / name).is_file():
        raise UnavailableError("The pages are not built yet; run `make setup`.")
    response = _compressed(folder, name)
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    response.headers["Cache-Control"] = ASK_AGAIN
    return response


def _file(folder: Path, name: str) -> Response:
    """One built file, and never as a service worker."""
    hidden = name.startswith("api/") or name.endswith((*COMPRESSED, ".html")) or name == WORKER_OFF
    if hidden or not (folder / name).is_file():
        abort(404)
    if request.headers.get("Service-Worker") == "script":
        raise NotFoundError("There is no service worker at this address.")
    response = _compressed(folder, name)
    response.headers["Cache-Control"] = FOREVER if name.startswith("assets/") else ASK_AGAIN
    return response


def _worker(folder: Path, name: str) -> Response:
    if not (folder / name).is_file():
        abort(404)
    response = _compressed(folder, name)
    response.headers["Cache-Control"] = ASK_AGAIN
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    return response


def _compressed(folder: Path, name: str) -> Response:
    """The file as the browser likes it best; `Vary` keeps caches from mixing the forms."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    for encoding, suffix in ENCODINGS:
        if request.accept_encodings.quality(encoding) > 0 and (folder / (name + suffix)).is_file():
            response = send_from_directory(folder, name + suffix, mimetype=kind)
            response.headers["Content-Encoding"] = encoding
            break
    else:
        response = send_from_directory(folder, name, mimetype=kind)
    response.vary.add("Accept-Encoding")
    return response
