"""The server is killed at each step of a save and of an upload: what was saved arrives, and arrives once."""

import socket
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from playwright.sync_api import Route, expect

from tests.conftest import DATABASES
from tests.e2e.browsers import PHONE
from tests.e2e.conftest import MONDAY_MORNING, OpenContext
from tests.e2e.stage import Stage
from tests.e2e.ward import Ward

SYNC = "**/api/v1/patient/sync"


def before_the_request(stage: Stage, route: Route) -> None:
    stage.kill()
    route.abort()


def within_the_request(stage: Stage, route: Route) -> None:
    head, body = on_the_wire(stage, route)
    with connection(stage) as server:
        server.sendall(head + body[: len(body) // 2])
        time.sleep(0.05)
        stage.kill()
    route.abort()


def while_it_is_stored(stage: Stage, route: Route) -> None:
    head, body = on_the_wire(stage, route)
    with connection(stage) as server:
        server.sendall(head + body)
        time.sleep(0.01)
        stage.kill()
    route.abort()


def before_the_answer_is_read(stage: Stage, route: Route) -> None:
    answer(stage, route)
    stage.kill()
    route.abort()


def within_the_answer(stage: Stage, route: Route) -> None:
    body = answer(stage, route).partition(b"\r\n\r\n")[2]
    stage.kill()
    route.fulfill(status=200, content_type="application/json", body=body[: len(body) // 2])


STEPS: list[Callable[[Stage, Route], None]] = [
    before_the_request,
    within_the_request,
    while_it_is_stored,
    before_the_answer_is_read,
    within_the_answer,
]


def connection(stage: Stage) -> socket.socket:
    return socket.create_connection(("127.0.0.1", stage.port), timeout=20)


def on_the_wire(stage: Stage, route: Route) -> tuple[bytes, bytes]:
    """The page's own request as bytes, so that it can be cut anywhere."""
    body = route.request.post_data_buffer or b""
    own = {name: value for name, value in route.request.all_headers().items() if not name.startswith(":")}
    headers = own | {
        "host": f"localhost:{stage.port}",
        "content-length": str(len(body)),
        "connection": "close",
    }
    lines = [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(["POST /api/v1/patient/sync HTTP/1.1", *lines, "", ""]).encode(), body


def answer(stage: Stage, route: Route) -> bytes:
    head, body = on_the_wire(stage, route)
    with connection(stage) as server:
        server.sendall(head + body)
        parts = iter(lambda: server.recv(65_536), b"")
        return b"".join(parts)


@pytest.mark.parametrize("database", DATABASES, indirect=True)
def test_an_upload_cut_at_any_step_arrives_once(stage: Stage, ward: Ward, open_context: OpenContext):
    stage.go_to(MONDAY_MORNING - timedelta(minutes=30))
    episode = ward.episode()
    pocket, watch = open_context("phone", PHONE)
    page = pocket.new_page()
    phone = ward.connect(page, episode)
    phone.log(0)
    phone.expect_all_received()
    with watch.without_server():
        for score, step in enumerate(STEPS, start=1):
            stage.go_to(stage.now() + timedelta(minutes=7))
            phone.follow()
            pocket.route(SYNC, partial(step, stage), times=1)
            phone.log(score)
            phone.expect_waiting(1)
            stage.start()
            stage.go_to(stage.now() + timedelta(minutes=6))
            phone.follow()
            phone.expect_all_received()
    entries = ward.entries(episode)
    assert [entry["head"]["body"]["pain"] for entry in entries] == [0, 1, 2, 3, 4, 5]
    assert [len(entry["revisions"]) for entry in entries] == [1] * 6


def test_a_save_needs_no_server_at_any_step(stage: Stage, ward: Ward, open_context: OpenContext):
    stage.go_to(MONDAY_MORNING - timedelta(minutes=30))
    episode = ward.episode()
    pocket, watch = open_context("phone", PHONE)
    phone = ward.connect(pocket.new_page(), episode)
    steps = ("before the form", "in the open form", "with a score chosen", "right after the tap")
    with watch.without_server():
        for score, step in enumerate(steps, start=1):
            if step == "before the form":
                stage.kill()
            phone.begin()
            if step == "in the open form":
                stage.kill()
            phone.choose(score)
            if step == "with a score chosen":
                stage.kill()
            phone.page.get_by_role("button", name="Save", exact=True).click()
            if step == "right after the tap":
                stage.kill()
            expect(phone.page.get_by_role("heading", name="Saved")).to_be_visible()
            phone.leave_saved()
            stage.start()
            stage.go_to(stage.now() + timedelta(minutes=7))
            phone.follow()
            phone.expect_all_received()
    assert ward.pains(episode) == [1, 2, 3, 4]
