"""Password hashing with argon2id, two hashes at a time so that sign-ins cannot exhaust the memory."""

from __future__ import annotations

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
"""Characters a password must have; length counts more than odd signs (NIST SP 800-63B)."""

_hasher = PasswordHasher()
_places = BoundedSemaphore(2)
# The hash of a random text nobody kept: checking it takes as long as checking a real one.
_nobody = "$argon2id$v=19$m=65536,t=3,p=4$Y/sPESk86dXko3MEDIM1JA$B8dgWZoG8/ZBVKuNEznjROd6WfS+R2zHryKUPBcKWrA"


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password, parameters and salt included."""
    with _places:
        return _hasher.hash(password)


def fits(password_hash: str | None, password: str) -> bool:
    """Check a password; `None` (no such user) takes as long as a wrong one and is never right."""
    try:
        with _places:
            return _hasher.verify(password_hash or _nobody, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False
