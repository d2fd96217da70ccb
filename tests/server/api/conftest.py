"""A clinic with a performed injection, its patient's phone, and the safety texts a build would write."""

import json
from collections.abc import Callable

import pytest
from flask import Flask

from server.config import Config
from server.domain.codes import LANGUAGES
from tests.conftest import SettableClock
from tests.factories.world import Clinic, Phone


@pytest.fixture
def clinic(app: Flask, clock: SettableClock) -> Clinic:
    return Clinic(app, clock())


@pytest.fixture
def phone(clinic: Clinic) -> Phone:
    return clinic.phone(clinic.episode())


VERSIONS = {language: f"{language}-1" for language in LANGUAGES}


@pytest.fixture
def texts(config: Config) -> Callable[[dict[str, str]], None]:
    """Writes the file the build would write."""

    def write(versions: dict[str, str]) -> None:
        config.pwa_folder.mkdir(exist_ok=True)
        content = {
            language: {
                "version": version,
                "texts": [{"key": "flags.fall", "text": f"Do not drive. {version}"}],
            }
            for language, version in versions.items()
        }
        (config.pwa_folder / "safety-texts.json").write_text(json.dumps(content))

    write(VERSIONS)
    return write
