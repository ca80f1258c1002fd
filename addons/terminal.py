"""The conversation in the terminal: typed lines in, wrapped replies and numbered buttons out."""

from __future__ import annotations

import asyncio
import getpass
import shutil
import sys
import textwrap
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage

from actions.runtime import voice
from addons.channels.inbound import prepare
from afterword.talk.turn import content_of

WIDEST = 78
LEAVE = frozenset(("/quit", "/exit", "/bye"))


class TerminalOutput(OutputChannel):
    """Prints each message as it is made; remembers the buttons offered."""

    def __init__(self, downloads: Path) -> None:
        self.offered: List[Dict[str, Any]] = []
        self._downloads = downloads

    @classmethod
    def name(cls) -> str:
        """The channel's name in the tracker."""
        return "terminal"

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Prints one message with its buttons; a file is said to be there, not forced on disk."""
        print()
        for line in _wrapped(message.get("text") or ""):
            print(f"  {line}")
        for button in message.get("buttons") or []:
            self.offered.append(button)
            print(f"    {len(self.offered)}  {button['title']}")
        attachment = message.get("attachment")
        if attachment:
            print(f"    [type: save {attachment['name']}]")
            self.files[attachment["name"]] = content_of(attachment)

    files: Dict[str, bytes] = {}

    def save(self, name: str) -> Optional[Path]:
        """Writes a file that was offered; None where none of that name was."""
        if name not in self.files:
            return None
        path = self._downloads / Path(name).name
        path.write_bytes(self.files[name])
        return path


async def converse(agent: Agent, sender: Optional[str] = None) -> None:
    """Talks until the input ends or the person leaves."""
    who = sender or f"cli:{_user()}"
    out = TerminalOutput(Path.cwd())
    print("\nType to talk. A number chooses a button. /help any time, /quit to leave.\n")
    while True:
        line = await asyncio.to_thread(_read_line)
        if line is None or line.strip().lower() in LEAVE:
            print()
            return
        if line.strip().lower().startswith("save "):
            path = out.save(line.strip()[5:].strip())
            print(f"\n  Saved as {path}.\n" if path else "\n  There is no such file.\n")
            continue
        text = _pressed(line, out.offered) or line
        payloads = [button["payload"] for button in out.offered]
        inbound = prepare(text, payloads)
        out.offered = []
        if inbound.cut:
            await out.send_response(who, {"text": voice().template("fault.cut").say[0]})
        await agent.handle_message(UserMessage(inbound.text, out, who, input_channel="cmdline"))
        print()


def _pressed(line: str, offered: Sequence[Dict[str, Any]]) -> Optional[str]:
    """The payload a line chooses: a button's number or its title."""
    said = line.strip()
    for place, button in enumerate(offered, start=1):
        if said == str(place) or said.lower() == button["title"].lower():
            return str(button["payload"])
    return None


def _read_line() -> Optional[str]:
    try:
        return input("You: " if sys.stdin.isatty() else "")
    except (EOFError, KeyboardInterrupt):
        return None


def _wrapped(text: str) -> List[str]:
    width = min(WIDEST, shutil.get_terminal_size().columns - 4)
    lines: List[str] = []
    for part in text.split("\n"):
        lines += textwrap.wrap(part, max(20, width)) or [""]
    return lines


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"
