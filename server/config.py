"""Typed settings from the environment; production refuses to start without its secrets."""

from __future__ import annotations

import os
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from server.errors import ConfigurationError

MAIL_SECURITY = ("starttls", "tls", "none")
PUSH_HOSTS = (
    "fcm.googleapis.com",
    ".push.services.mozilla.com",
    ".push.apple.com",
    ".notify.windows.com",
)
"""The push services of the browsers; a dot in front stands for all names that end so."""
DEVELOPERS = "mailto:nobody@afterblock.invalid"
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
class PushSettings:
    """The key that signs pushes, whom a push service may ask about them, and which services may be called."""

    key: str = field(repr=False)
    contact: str
    hosts: tuple[str, ...]

    @property
    def public_key(self) -> str:
        """The public half of the key, as browsers want it: an uncompressed point in URL-safe Base64."""
        key = Vapid02.from_pem(self.key.encode()).public_key
        point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return urlsafe_b64encode(point).decode().rstrip("=")


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
    push: PushSettings | None = None
    metrics_token: str = field(default="", repr=False)
    """Who may read `/metrics`; empty: nobody."""

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
        push=_push(environ, environment, instance, public_url),
        metrics_token=_secret(environ, "METRICS_TOKEN"),
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


def _push(environ: Mapping[str, str], environment: str, instance: Path, public_url: str) -> PushSettings:
    named = environ.get("PUSH_HOSTS", "")
    hosts = tuple(name.strip().lower() for name in named.split(",") if name.strip()) or PUSH_HOSTS
    if environment != "test" and any(_is_inside(host) for host in hosts):
        raise ConfigurationError("PUSH_HOSTS may name public hosts only.")
    key = _secret(environ, "VAPID_KEY") or _made_once(instance / "vapid.pem", _new_push_key)
    contact = environ.get("PUSH_CONTACT") or (public_url if public_url.startswith("https://") else DEVELOPERS)
    return PushSettings(key, contact, hosts)


def _is_inside(host: str) -> bool:
    """Whether a name can only mean this machine or its network."""
    name = host.strip("[].").rpartition(":")[0] if host.count(":") == 1 else host.strip("[].")
    try:
        return not ip_address(name).is_global
    except ValueError:
        return name == "localhost" or name.endswith(".localhost") or "." not in name


def _new_push_key() -> str:
    vapid = Vapid02()
    vapid.generate_keys()
    return str(vapid.private_pem().decode())


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
        key = _made_once(instance / "secret.key", lambda: secrets.token_urlsafe(48))
    if len(key) < 32:
        raise ConfigurationError("The secret key must have at least 32 characters.")
    return key


def _made_once(path: Path, make: Callable[[], str]) -> str:
    """A secret made once and kept in the instance folder, so that it survives a restart."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
        with suppress(FileExistsError):
            path.hardlink_to(made)  # of two processes one comes first, and nobody reads half a key
        made.unlink()
    return path.read_text().strip()
