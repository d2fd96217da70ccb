from pathlib import Path

import pytest

from server.config import from_environment, settings_file
from server.errors import ConfigurationError

KEY = "a key of more than thirty-two characters"


def test_a_settings_file_is_read_line_by_line_as_it_stands(tmp_path: Path):
    file = tmp_path / ".env"
    file.write_text("PORT=8123\n# a remark\nnot a setting\nSECRET_KEY=a=b $c\n\n1BAD=x\n")

    assert settings_file(file) == {"PORT": "8123", "SECRET_KEY": "a=b $c"}
    assert settings_file(tmp_path / "none") == {}


def test_the_environment_beats_the_file_in_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / ".env").write_text(f"PORT=8123\nLOG_LEVEL=DEBUG\nSECRET_KEY={KEY}\n")
    monkeypatch.chdir(tmp_path)
    for name in ("PORT", "PUBLIC_URL", "SECRET_KEY", "SECRET_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LOG_LEVEL", "ERROR")

    found = from_environment()

    assert (found.public_url, found.log_level, found.secret_key) == ("http://localhost:8123", "ERROR", KEY)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"PUBLIC_URL": "http://diary.example.org"}, "PUBLIC_URL"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "secret key"),
        ({"AFTERBLOCK_ENV": "producton"}, "AFTERBLOCK_ENV"),
    ],
)
def test_production_refuses_to_start_half_configured(changes: dict[str, str], named: str, tmp_path: Path):
    whole = {
        "AFTERBLOCK_ENV": "production",
        "PUBLIC_URL": "https://diary.example.org",
        "SECRET_KEY": KEY,
        "AFTERBLOCK_INSTANCE": str(tmp_path),
    }
    assert from_environment(whole).secure

    with pytest.raises(ConfigurationError, match=named):
        from_environment(whole | changes)


def test_a_development_server_makes_its_key_once_and_keeps_it_to_itself(tmp_path: Path):
    first = from_environment({"AFTERBLOCK_INSTANCE": str(tmp_path)})
    again = from_environment({"AFTERBLOCK_INSTANCE": str(tmp_path)})

    assert first.secret_key == again.secret_key
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0


def test_a_plain_postgresql_address_gets_the_driver_the_product_ships(tmp_path: Path):
    found = from_environment(
        {"DATABASE_URL": "postgres://a:b@host/name", "AFTERBLOCK_INSTANCE": str(tmp_path)}
    )

    assert found.database_url == "postgresql+psycopg://a:b@host/name"
    assert found.owner_database_url == found.database_url


def production(**changes: str) -> dict[str, str]:
    return {
        "AFTERBLOCK_ENV": "production",
        "PUBLIC_URL": "https://diary.example.org",
        "SECRET_KEY": KEY,
    } | changes


def test_nothing_is_sent_by_mail_or_sms_unless_somebody_sets_it(tmp_path: Path):
    found = from_environment(production(AFTERBLOCK_INSTANCE=str(tmp_path)))

    assert found.mail is None
    assert found.sms is None


def test_mail_and_sms_are_set_by_the_environment_and_secrets_may_stand_in_files(tmp_path: Path):
    (tmp_path / "password").write_text("hush\n")
    found = from_environment(
        production(
            AFTERBLOCK_INSTANCE=str(tmp_path),
            SMTP_HOST="mail.example.org",
            SMTP_USER="diary",
            SMTP_PASSWORD_FILE=str(tmp_path / "password"),
            MAIL_FROM="Diary <diary@example.org>",
            SMS_URL="https://sms.example.org/send",
            SMS_TOKEN="quiet",
        )
    )

    assert found.mail is not None
    assert (found.mail.host, found.mail.port, found.mail.security) == ("mail.example.org", 587, "starttls")
    assert (found.mail.user, found.mail.password) == ("diary", "hush")
    assert found.sms is not None
    assert (found.sms.url, found.sms.token) == ("https://sms.example.org/send", "quiet")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SMTP_HOST": "mail.example.org"}, "MAIL_FROM"),
        (
            {"SMTP_HOST": "mail.example.org", "MAIL_FROM": "a@b.example", "SMTP_SECURITY": "no"},
            "SMTP_SECURITY",
        ),
        (
            {"SMTP_HOST": "mail.example.org", "MAIL_FROM": "a@b.example", "SMTP_SECURITY": "none"},
            "SMTP_SECURITY",
        ),
        ({"SMTP_HOST": "mail.example.org", "MAIL_FROM": "a@b.example", "SMTP_PORT": "x"}, "SMTP_PORT"),
        ({"SMS_URL": "http://sms.example.org"}, "SMS_URL"),
    ],
)
def test_settings_that_would_send_in_the_clear_or_nowhere_are_refused(
    tmp_path: Path, changes: dict[str, str], named: str
):
    with pytest.raises(ConfigurationError, match=named):
        from_environment(production(AFTERBLOCK_INSTANCE=str(tmp_path), **changes))


@pytest.mark.parametrize(
    "hosts",
    [
        "localhost",
        "127.0.0.1",
        "push.example.org,127.0.0.1",
        "10.0.0.8",
        "[::1]",
        "push.localhost",
        "intranet",
    ],
)
@pytest.mark.parametrize("environment", ["production", "development"])
def test_only_tests_may_push_to_this_machine_or_its_network(tmp_path: Path, hosts: str, environment: str):
    settings = production(AFTERBLOCK_INSTANCE=str(tmp_path), PUSH_HOSTS=hosts) | {
        "AFTERBLOCK_ENV": environment
    }

    with pytest.raises(ConfigurationError, match="PUSH_HOSTS"):
        from_environment(settings)
    assert from_environment(settings | {"AFTERBLOCK_ENV": "test"}).push is not None


def test_the_key_that_signs_pushes_is_made_once_kept_private_and_never_shown(tmp_path: Path):
    settings = production(AFTERBLOCK_INSTANCE=str(tmp_path))

    first, second = from_environment(settings).push, from_environment(settings).push

    assert first is not None
    assert first == second
    assert (tmp_path / "vapid.pem").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["vapid.pem"]
    assert "PRIVATE" not in repr(first)
    assert len(first.public_key) == 87
