"""The conversation's frame: a message being answered, what is remembered, and the voice."""

from afterword.talk.message import Heard, Message
from afterword.talk.state import State
from afterword.talk.turn import Button, Said, Turn

__all__ = ["Button", "Heard", "Message", "Said", "State", "Turn"]
