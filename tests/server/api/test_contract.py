"""The OpenAPI document is valid, names every route, and the server keeps to it whatever is thrown at it."""

import json
import re

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS
from schemathesis.generation import GenerationMode

from tests.conftest import SettableClock
from tests.factories.racing import times
from tests.factories.world import HEADERS, Clinic

PAGES = {"api-docs", "documentation", "web", "static"}
"""What is served beside the API: the document itself and pages for people."""


def test_the_document_names_every_route_of_the_api(app: Flask):
    document = app.test_client().get("/api/v1/openapi.json").json
    named = {(path, method.upper()) for path, methods in document["paths"].items() for method in methods} - {
        (path, "PARAMETERS") for path in document["paths"]
    }
    routes = {
        (re.sub(r"<(?:[^:>]*:)?(\w+)>", r"{\1}", str(rule)), method)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] not in PAGES
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert named == routes
    assert document["openapi"].startswith("3.1")
    assert "pain" in json.dumps(document)


@pytest.mark.usefixtures("texts")
@pytest.mark.parametrize("who", ["physician", "admin", "phone"])
def test_no_generated_request_breaks_the_server_or_its_own_description(
    app: Flask, clock: SettableClock, who: str
):
    clinic = Clinic(app, clock())
    phone = clinic.phone(clinic.episode())
    client = phone.client if who == "phone" else clinic.client(who)
    kind = "device" if who == "phone" else "session"
    cookie = client.get_cookie(f"afterblock-{kind}")
    assert cookie is not None
    cookies = {f"afterblock-{kind}": cookie.value}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app).exclude(
        path_regex="/session$|/patient/device$|/devices/"
    )
    if who == "phone":
        # Elsewhere a phone is nobody (`test_access` tries it all), and that would fill the examples.
        schema = schema.include(path_regex="/patient/")
    checks = CHECKS.get_by_names(
        [
            "not_a_server_error",
            "response_schema_conformance",
            "content_type_conformance",
            "negative_data_rejection",
        ]
    )

    @seed(7)
    @settings(
        max_examples=times(150, 5_000),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def explore(data: st.DataObject) -> None:
        operations = [result.ok() for result in schema.get_all_operations()]
        operation = data.draw(st.sampled_from(operations))
        mode = data.draw(st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE]))
        case = data.draw(operation.as_strategy(generation_mode=mode))
        answer = case.call_and_validate(headers=HEADERS, cookies=cookies, checks=checks)
        seen.add(answer.status_code)

    seen: set[int] = set()
    explore()
    assert {200, 422} <= seen, "valid requests got through and invalid ones were refused"
