"""Random tokens and codes, and the digests that are kept instead of them."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

SECRET_BYTES = 24
CODE_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token: which clinic to look in, and 192 random bits. Only `digest` is ever stored."""

    clinic_id: UUID
    secret: bytes

    @property
    def text(self) -> str:
        """URL-safe form, 54 characters."""
        return urlsafe_b64encode(self.clinic_id.bytes + self.secret).decode().rstrip("=")

    @property
    def digest(self) -> str:
        """SHA-256 of the whole token; a slow hash adds nothing to 192 random bits."""
        return hashlib.sha256(self.clinic_id.bytes + self.secret).hexdigest()


def new_token(clinic_id: UUID) -> Token:
    """Make a token that leads to one clinic."""
    return Token(clinic_id, secrets.token_bytes(SECRET_BYTES))


def parse_token(text: str) -> Token | None:
    """Read a token's text; anything else is None, never an error."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return None
    if len(raw) != 16 + SECRET_BYTES:
        return None
    return Token(UUID(bytes=raw[:16]), raw[16:])


def new_code() -> str:
    """Six random digits to be read out."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def code_digest(code: str, token: Token, key: str) -> str:
    """Keyed digest: six digits alone could be tried out by whoever reads the database."""
    return hmac.new(key.encode(), token.secret + code.encode(), hashlib.sha256).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare two digests in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


def text_digest(text: str) -> str:
    """SHA-256 of a text such as an e-mail address or a phone's own key."""
    return hashlib.sha256(text.encode()).hexdigest()
