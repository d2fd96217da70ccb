"""A clinic with a performed injection, and the patient's enrolled phone."""

import pytest
from flask import Flask

from tests.conftest import SettableClock
from tests.factories.world import Clinic, Phone


@pytest.fixture
def clinic(app: Flask, clock: SettableClock) -> Clinic:
    return Clinic(app, clock())


@pytest.fixture
def phone(clinic: Clinic) -> Phone:
    return clinic.phone(clinic.episode())
