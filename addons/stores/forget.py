"""Deletes a conversation from outside the running assistant: the command line's `forget`."""

from __future__ import annotations

from addons.stores.database import Database
from addons.stores.kept import KeptConversations
from addons.stores.people import person_key
from addons.stores.settings import DATABASE, StoreSettings
from addons.stores.volatile import talk_memory


def forget_conversation(sender_id: str, settings: StoreSettings | None = None) -> bool:
    """Deletes what is kept of a person's conversation; False if nothing was.

    A server that is answering them right now finds its row gone and keeps nothing of that turn.

    Args:
        sender_id: as the channel makes it ("web:…", "tg:…", "cli:…"), or a key ("key:…").
        settings: where the stores are; the environment's if left out.

    Raises:
        StoreUnavailable: the database could not be reached or cleaned.
        NewerDatabase: the database is newer than this program.
    """
    chosen = settings or StoreSettings.from_environment()
    key = person_key(sender_id)
    talk_memory(chosen.unkept_minutes * 60, chosen.unkept_bytes, chosen.redis).drop(key)
    if chosen.url is None and not (chosen.data / DATABASE).exists():
        return False  # nothing to delete, and no reason to make a database
    database = Database(chosen)
    try:
        return KeptConversations(database).delete(key)
    finally:
        database.close()


def purge_conversations(settings: StoreSettings | None = None) -> int:
    """Drops conversations that are past their date now; returns how many.

    Raises:
        StoreUnavailable: the database could not be reached or cleaned.
    """
    chosen = settings or StoreSettings.from_environment()
    if chosen.url is None and not (chosen.data / DATABASE).exists():
        return 0
    database = Database(chosen)
    try:
        kept = KeptConversations(database)
        return kept.delete_before(kept.clock.earliest() - chosen.retention_days * 24 * 3600)
    finally:
        database.close()
