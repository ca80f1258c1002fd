"""Turns a sender id into the key its rows carry."""

from __future__ import annotations

from functools import lru_cache

PREFIX = "key:"


@lru_cache(maxsize=4096)
def person_key(sender_id: str) -> str:
    """The keyed hash of a sender id such as "web:…" or "tg:…".

    A key as `WindowTrackerStore.keys` lists it ("key:…") stands for itself. Channels put their
    own name before each id, so nobody can send one.
    """
    if sender_id.startswith(PREFIX):
        return sender_id.removeprefix(PREFIX)
    from afterword.notebook.keys import person_key as hashed

    return hashed(sender_id)


def shown(key: str) -> str:
    """The part of a key that logs may show."""
    return key[:8]
