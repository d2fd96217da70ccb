"""Identifiers that a seed decides, so that the same demo can be made again."""

from __future__ import annotations

import random
from uuid import UUID


def new_id(rng: random.Random) -> UUID:
    """A random version-4 UUID."""
    return UUID(int=rng.getrandbits(128), version=4)
