"""Cuts raw text into chunks: words, numbers, emoji and punctuation, with their offsets."""

from __future__ import annotations

import re
import unicodedata
from typing import Iterator, NamedTuple


class Word(NamedTuple):
    """One normalised word and the part of the raw text it stands for (character offsets)."""

    text: str
    start: int
    end: int


# What keyboards and phones put in place of the plain sign. Each stands for one character,
# so that offsets never move.
PLAIN = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u02bc": "'",
        "\u00b4": "'",
        "`": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u00a0": " ",
        "\u2026": ".",
        "\u200b": " ",
        "\u2060": " ",
        "\ufeff": " ",
        "\x00": " ",
    }
)

_EMOJI = (
    r"[\U0001F1E6-\U0001F1FF\U0001F300-\U0001FAFF\u2600-\u27BF\u2B00-\u2BFF\u2190-\u21FF]"
    r"[\uFE0F\U0001F3FB-\U0001F3FF]?(?:\u200D[\U0001F300-\U0001FAFF\u2600-\u27BF]\uFE0F?)*"
)
_CHUNK = re.compile(
    rf"(?P<emoji>{_EMOJI}|<3|</3|:'?[()]|:[/|]|;\))"
    r"|(?P<digits>\d+(?:[.,:]\d+)*)(?![^\W_])"
    r"|(?P<word>[^\W_]+(?:'[^\W\d_]+)*'?)"
    r"|(?P<lines>[ \t]*\n\s*)"
    r"|(?P<dots>[.!?]+)"
    r"|(?P<sign>[^\w\s]|_)"
)
# Faces typed with signs, as the emoji they stand for.
_FACES = {":(": "\u2639", ":'(": "\U0001f622", ":)": "\U0001f642", ":')": "\U0001f972"}
_FACES |= {";)": "\U0001f642", ":/": "\U0001f615", ":|": "\U0001f615", "</3": "\U0001f494"}
_VARIATION = str.maketrans("", "", "\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")


def chunks(raw: str) -> Iterator[tuple[str, Word]]:
    """Yields (kind, Word) for each chunk; kind is emoji, digits, word, lines, dots or sign."""
    plain = raw.translate(PLAIN)
    for found in _CHUNK.finditer(plain):
        kind = str(found.lastgroup)
        text = found.group()
        if kind == "word":
            text = text.rstrip("'").lower()
            if not text.isascii():
                text = _without_accents(text)
        elif kind == "emoji":
            text = _FACES.get(text) or text.translate(_VARIATION)
            if not text:  # a skin tone without anybody it belongs to
                continue
        elif kind == "lines":
            text = "\n"
        elif kind == "dots":
            text = "?" if "?" in text else text[0]
        elif text == "-" and _joins(plain, found.start()):
            continue  # "break-up" is two words
        yield kind, Word(text, found.start(), found.end())


def _joins(plain: str, place: int) -> bool:
    return 0 < place < len(plain) - 1 and plain[place - 1].isalpha() and plain[place + 1].isalpha()


def _without_accents(text: str) -> str:
    """Folds full-width and accented letters onto plain ones ("fiancé" is "fiance")."""
    folded = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in folded if not unicodedata.combining(sign))
