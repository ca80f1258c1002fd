"""The keys: one for the names of people, and one or more for their words.

The secret for names never changes, or nobody would be found again; the keys for words can be
rotated: new words take the first key, old ones can still be read with the others.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from pathlib import Path
from typing import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from afterword.notebook.errors import KeyMismatch, NotebookError

FILE = "afterword.key"


class KeyRing:
    """The secret for names and the keys for words, newest first."""

    def __init__(self, names: bytes, words: Sequence[bytes]) -> None:
        self._names = names
        self._words = list(words)
        self._cipher = MultiFernet([Fernet(key) for key in self._words])

    def person(self, sender_id: str) -> str:
        """The keyed hash (HMAC-SHA256, hex) of a sender id such as "web:..."."""
        return hmac.new(self._names, sender_id.encode(), hashlib.sha256).hexdigest()

    def seal(self, text: str) -> bytes:
        """Encrypts a text with the newest key."""
        return self._cipher.encrypt(text.encode())

    def open(self, sealed: bytes) -> str:
        """Decrypts.

        Raises:
            KeyMismatch: none of the keys fits.
        """
        try:
            return self._cipher.decrypt(bytes(sealed)).decode()
        except InvalidToken as error:
            raise KeyMismatch(
                "the key does not fit this data; give the key it was written with "
                "(AFTERWORD_KEY or the key file). Nothing was changed."
            ) from error

    def reseal(self, sealed: bytes) -> bytes:
        """Encrypts again with the newest key.

        Raises:
            KeyMismatch: none of the keys fits.
        """
        return self.seal(self.open(sealed))

    def lines(self) -> list[str]:
        """The ring as the lines of a key file."""
        return [base64.urlsafe_b64encode(self._names).decode(), *(k.decode() for k in self._words)]

    def with_new(self) -> KeyRing:
        """The same ring with a fresh key for words in front."""
        return KeyRing(self._names, [Fernet.generate_key(), *self._words])

    def newest_only(self) -> KeyRing:
        """The ring after everything was sealed anew: the old keys are gone."""
        return KeyRing(self._names, self._words[:1])

    @classmethod
    def fresh(cls) -> KeyRing:
        """A new ring."""
        return cls(os.urandom(32), [Fernet.generate_key()])

    @classmethod
    def read(cls, text: str, source: str) -> KeyRing:
        """Reads a ring from the lines of a key file or variable (commas will do for line ends).

        Raises:
            NotebookError: it is no key; `source` is named, the key is not shown.
        """
        lines = [line.strip() for line in text.replace(",", "\n").splitlines() if line.strip()]
        try:
            names = base64.urlsafe_b64decode(lines[0])
            ring = cls(names, [line.encode() for line in lines[1:]])
        except (IndexError, ValueError) as error:
            raise NotebookError(
                f"{source} holds no key; restore it from your backup, or remove it to start with "
                "a new one (what was written before can then not be read)"
            ) from error
        if len(names) < 16:
            raise NotebookError(f"{source} holds no key: its first line is too short")
        return ring


def key_path() -> Path:
    """The key file: AFTERWORD_KEY_FILE, or .afterword/ beside the data folder, never inside it."""
    given = os.environ.get("AFTERWORD_KEY_FILE")
    if given:
        return Path(given)
    data = Path(os.environ.get("AFTERWORD_DATA") or "var")
    return data.resolve().parent / ".afterword" / FILE


def load_keys() -> KeyRing:
    """The ring of AFTERWORD_KEY, or of the key file, which is made (mode 600) when missing.

    Raises:
        NotebookError: it cannot be read or made, or holds no key.
    """
    from_environment = os.environ.get("AFTERWORD_KEY")
    if from_environment:
        return KeyRing.read(from_environment, "AFTERWORD_KEY")
    path = key_path()
    try:
        if path.exists():
            return KeyRing.read(path.read_text(encoding="ascii"), str(path))
        ring = KeyRing.fresh()
        write_keys(ring, path)
        return ring
    except (OSError, UnicodeDecodeError) as error:
        raise NotebookError(f"{path}: the key file cannot be used: {error}") from error


def write_keys(ring: KeyRing, path: Path) -> None:
    """Writes the ring so that at no moment anybody else can read it, or half of it stands there."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write("\n".join(ring.lines()) + "\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


@lru_cache(maxsize=1)
def keys() -> KeyRing:
    """This process's ring."""
    return load_keys()


def person_key(sender_id: str) -> str:
    """The keyed hash of a sender id, with this process's ring."""
    return keys().person(sender_id)
