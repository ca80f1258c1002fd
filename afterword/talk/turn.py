"""One message being answered: what came in, what is known, and what is said in reply."""

from __future__ import annotations

import base64
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from afterword.talk.message import Message
from afterword.talk.pronouns import forms
from afterword.talk.state import State
from afterword.talk.voice import Voice

if TYPE_CHECKING:
    from afterword.content import Library
    from afterword.notebook import Notebook

MOST_MESSAGES = 3  # design.md, listening: never more than three messages in a row


@dataclass(frozen=True)
class Button:
    """A choice: what it says, and what is sent when it is pressed."""

    title: str
    send: str


@dataclass
class Said:
    """One reply message: the text, its buttons, and the key it came from."""

    key: str
    text: str
    buttons: list[Button] = field(default_factory=list)
    attachment: dict[str, Any] | None = None  # {"name", "type", "text" or "base64"}: a file


@dataclass
class Turn:
    """Everything a capability needs to answer one message. Capabilities change `state`."""

    message: Message
    state: State
    voice: Voice
    library: Library
    notebook: Notebook
    said: list[Said] = field(default_factory=list)
    moved: bool = False  # a journey took this message, or began or ended with it

    def say(self, key: str, /, **values: Any) -> Said:
        """Says a reply of data/replies; values fill its braces. Returns the message said."""
        everything = {**forms(self.state.person.pronoun), **values}
        used = self.state.talk.wordings
        if key not in used:
            # A first wording by chance, so that two people, or two visits, differ.
            used[key] = random.randrange(len(self.voice.template(key).say)) - 1
        text = _sentence_case(self.voice.word(key, everything, used))
        buttons = [
            Button(button.title.format(**everything), button.send)
            for button in self.voice.template(key).buttons
        ]
        message = Said(key, text, buttons)
        self.said.append(message)
        return message

    def offer(self, *buttons: Button) -> None:
        """Adds buttons to the message said last."""
        self.said[-1].buttons.extend(buttons)

    def attach(self, name: str, kind: str, content: str | bytes) -> None:
        """Gives the message said last a file to download; `kind` is its media type."""
        held = (
            {"text": content}
            if isinstance(content, str)
            else {"base64": base64.b64encode(content).decode()}
        )
        self.said[-1].attachment = {"name": name, "type": kind, **held}

    @property
    def keys(self) -> list[str]:
        """The keys of what was said so far in this turn."""
        return [said.key for said in self.said]


def content_of(attachment: Mapping[str, Any]) -> bytes:
    """What is in a file that was attached to a message."""
    if "base64" in attachment:
        return base64.b64decode(attachment["base64"])
    return str(attachment["text"]).encode()


def _sentence_case(text: str) -> str:
    """A wording may begin with {they}: the first letter of a message is a capital."""
    return text[:1].upper() + text[1:]
