"""Reads the message once: tokens for the classifier, evidence for everybody, risk for the guard."""

from __future__ import annotations

import logging
from dataclasses import asdict
from pathlib import Path
from typing import Any, Dict, List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from afterword.evidence import Reading
from afterword.safety.guard import judge
from afterword.sense import sense_of
from afterword.sense.hearing import Hearing

log = logging.getLogger(__name__)

ROOT = Path(__file__).parents[2]

EVIDENCE, RISK, GUARD_FAILED, READING = "evidence", "risk", "guard_failed", "afterword_reading"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class EvidenceReader(Tokenizer):
    """One pass of spaCy over the message, the rules over that, and the sense of it beside them."""

    hearing_of: Dict[str, Hearing] = {}

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """The folder of the content, beside the tokenizer's own settings."""
        return {
            "data": "data",
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    @property
    def hearing(self) -> Hearing:
        """Rules and sense, loaded once per process and folder."""
        folder = str(self._config["data"])
        if folder not in self.hearing_of:
            path = Path(folder)
            if not path.is_dir():  # started from another folder than the project's
                path = ROOT / folder
            self.hearing_of[folder] = Hearing.load(path, lambda: sense_of(ROOT))
        return self.hearing_of[folder]

    def tokenize(self, message: Message, attribute: str) -> List[Token]:
        """Tokens of the text as read: spelling put right, offsets of the raw text."""
        document = self.hearing.engine.reader.read(message.get(attribute))
        return self._tokens(document.words)

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds tokens, evidence and risk to messages of people."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                self._read(message, text)
        return messages

    def _read(self, message: Message, text: str) -> None:
        reading = self.hearing.read("" if text.startswith("/") else text)
        message.set("text_tokens", self._tokens(reading.document.words))
        message.set(READING, reading)
        evidence = [_plain(found) for found in reading.evidence]
        message.set(EVIDENCE, evidence, add_to_output=True)
        risk, failed = _judged(reading)
        message.set(RISK, risk, add_to_output=True)
        message.set(GUARD_FAILED, failed, add_to_output=True)

    def _tokens(self, words: Any) -> List[Token]:
        tokens = [Token(word.text, word.start, word.end) for word in words if word.text.strip()]
        # A text of nothing but blanks must still have a token, or featurizers refuse it.
        return tokens or [Token("blank", 0, 0)]


def _judged(reading: Reading) -> tuple[Dict[str, Any] | None, bool]:
    """The risk read in the message, and whether the guard failed at reading it."""
    try:
        risk = judge(reading)
    except Exception as error:  # whatever fails here, the person is shown the way to help
        log.error("guard_failed error=%s", type(error).__name__)
        return None, True
    return (risk.as_dict() if risk else None), False


def _plain(found: Any) -> Dict[str, Any]:
    plain = asdict(found)
    plain["flags"], plain["tags"] = sorted(found.flags), list(found.tags)
    return plain
