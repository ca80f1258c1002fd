"""How replies speak of the ex: the pronoun the person uses, or "your ex" while none is known."""

from __future__ import annotations

from collections.abc import Iterable

_FORMS: dict[str, dict[str, str]] = {
    "he": {"they": "he", "them": "him", "their": "his", "theirs": "his", "themself": "himself"},
    "she": {"they": "she", "them": "her", "their": "her", "theirs": "hers", "themself": "herself"},
    "they": {
        "they": "they",
        "them": "them",
        "their": "their",
        "theirs": "theirs",
        "themself": "themself",
    },
    "": {
        "they": "your ex",
        "them": "your ex",
        "their": "your ex's",
        "theirs": "your ex's",
        "themself": "themself",
    },
}
_SINGULAR = {"s": "s", "es": "es", "is": "is", "was": "was", "has": "has", "does": "does"}
_PLURAL = {"s": "", "es": "", "is": "are", "was": "were", "has": "have", "does": "do"}


def forms(pronoun: str) -> dict[str, str]:
    """The words {they}, {them}, {their} ... and the verb endings that go with them."""
    words = dict(_FORMS.get(pronoun, _FORMS[""]))
    words |= _PLURAL if pronoun == "they" else _SINGULAR
    words |= {name.capitalize(): word[0].upper() + word[1:] for name, word in words.items() if word}
    words.setdefault("S", "")
    return words


def heard_pronoun(ids: Iterable[str], known: str) -> str:
    """The pronoun to use after this message: the one heard last, else the one known before."""
    heard = [name.removeprefix("pronoun_") for name in ids if name.startswith("pronoun_")]
    return heard[-1] if heard else known
