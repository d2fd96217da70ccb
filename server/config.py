"""Typed settings from the environment; production refuses to start without its secrets."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from server.errors import ConfigurationError

MAIL_SECURITY = ("starttls", "tls", "none")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
ENVIRONMENTS = ("development", "production", "test")


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The mail server that sends for the product."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SmsSettings:
    """The HTTP gateway that sends text messages."""

    url: str
    token: str = field(repr=False)
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that differs between installations. Lengths are `timedelta`, sizes bytes."""

    environment: str
    database_url: str
    owner_database_url: str
    public_url: str
    secret_key: str
    pwa_folder: Path
    staff_idle: timedelta = timedelta(minutes=15)
    staff_absolute: timedelta = timedelta(hours=12)
    qr_lifetime: timedelta = timedelta(minutes=15)
    link_lifetime: timedelta = timedelta(hours=24)
    request_limit: int = 256 * 1024
    log_level: str = "INFO"
    mail: MailSettings | None = None
    """None: no e-mail leaves this installation."""
    sms: SmsSettings | None = None
    """None, as long as nobody sets it: no text messages."""
    offline_shell: bool = True
    """False gives out a service worker that takes itself away."""

    @property
    def secure(self) -> bool:
        """Whether pages are served over HTTPS, which decides the cookies' names and flags."""
        return self.public_url.startswith("https://")


def from_environment(environ: Mapping[str, str] | None = None) -> Config:
    """Read the settings; raise `ConfigurationError` naming the variable that must be set.

    By default these are the process's variables and, where it has none, the lines of a file `.env` in the
    working directory, so that the command and the servers agree.
    """
    if environ is None:
        environ = settings_file(Path(".env")) | dict(os.environ)
    environment = environ.get("AFTERBLOCK_ENV", "development")
    if environment not in ENVIRONMENTS:
        raise ConfigurationError(f"AFTERBLOCK_ENV must be one of {', '.join(ENVIRONMENTS)}.")
    production = environment == "production"
    instance = Path(environ.get("AFTERBLOCK_INSTANCE", "instance")).resolve()
    public_url = environ.get("PUBLIC_URL", f"http://localhost:{environ.get('PORT', '8000')}").rstrip("/")
    if production and not public_url.startswith("https://"):
        raise ConfigurationError("PUBLIC_URL must start with https:// in production.")
    database_url = environ.get("DATABASE_URL") or f"sqlite:///{instance / 'afterblock.sqlite3'}"
    return Config(
        environment=environment,
        database_url=_with_driver(database_url),
        owner_database_url=_with_driver(environ.get("DATABASE_OWNER_URL") or database_url),
        public_url=public_url,
        secret_key=_secret_key(environ, instance, production=production),
        pwa_folder=Path(
            environ.get("AFTERBLOCK_PWA", Path(__file__).parent.parent / "pwa" / "dist")
        ).resolve(),
        log_level=environ.get("LOG_LEVEL", "INFO"),
        mail=_mail(environ, production=production),
        sms=_sms(environ, production=production),
        offline_shell=_switch(environ, "OFFLINE_SHELL"),
    )


def settings_file(path: Path) -> dict[str, str]:
    """The `NAME=value` lines of a file, values as they stand; empty when there is no such file."""
    if not path.is_file():
        return {}
    lines = (line.partition("=") for line in path.read_text().splitlines())
    return {name: value for name, sign, value in lines if sign and name.isidentifier()}


def _switch(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "on")
    if value not in {"on", "off"}:
        raise ConfigurationError(f"{name} must be on or off.")
    return value == "on"


def _with_driver(url: str) -> str:
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url[len(plain) :]
    return url


def _mail(environ: Mapping[str, str], *, production: bool) -> MailSettings | None:
    host = environ.get("SMTP_HOST", "")
    if not host:
        return None
    security = environ.get("SMTP_SECURITY", "starttls")
    if security not in MAIL_SECURITY:
        raise ConfigurationError(f"SMTP_SECURITY must be one of {', '.join(MAIL_SECURITY)}.")
    if production and security == "none" and host not in LOOPBACK:
        raise ConfigurationError("SMTP_SECURITY=none is for a mail server on this machine only.")
    sender = environ.get("MAIL_FROM", "")
    if "@" not in sender:
        raise ConfigurationError("MAIL_FROM must be the address that e-mails come from.")
    standard = "465" if security == "tls" else "587"
    return MailSettings(
        host=host,
        port=_number(environ, "SMTP_PORT", standard),
        security=security,
        sender=sender,
        user=environ.get("SMTP_USER", ""),
        password=_secret(environ, "SMTP_PASSWORD"),
    )


def _sms(environ: Mapping[str, str], *, production: bool) -> SmsSettings | None:
    url = environ.get("SMS_URL", "")
    if not url:
        return None
    if production and not url.startswith("https://"):
        raise ConfigurationError("SMS_URL must start with https:// in production.")
    return SmsSettings(url, _secret(environ, "SMS_TOKEN"), environ.get("SMS_SENDER", ""))


def _number(environ: Mapping[str, str], name: str, standard: str) -> int:
    text = environ.get(name, standard)
    if not text.isdecimal():
        raise ConfigurationError(f"{name} must be a number.")
    return int(text)


def _secret(environ: Mapping[str, str], name: str) -> str:
    """A secret from the file that NAME_FILE names, else from the variable itself."""
    if path := environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return environ.get(name, "")


def _secret_key(environ: Mapping[str, str], instance: Path, *, production: bool) -> str:
    """The key that codes are hashed with: a file, a variable or, outside production, one made here."""
    key = _secret(environ, "SECRET_KEY")
    if not key and production:
        raise ConfigurationError("SECRET_KEY_FILE or SECRET_KEY must be set in production.")
    if not key:
        key = _own_secret(instance / "secret.key")
    if len(key) < 32:
        raise ConfigurationError("The secret key must have at least 32 characters.")
    return key


def _own_secret(path: Path) -> str:
    """Make a key once and keep it, so that codes survive a restart of a development server."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
