"""talk to it in the terminal"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

ROOT = Path(__file__).parents[2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose conversation it is."""
    parser.add_argument("--as", dest="sender", help="a name for this conversation")


def run(args: argparse.Namespace) -> int:
    """Trains if needed, then talks."""
    print("One moment ...", flush=True)
    from addons.light import leave_out, share_processors
    from addons.training import ensure_model_apart

    try:
        model = ensure_model_apart(ROOT)
    except RuntimeError as error:
        print(f"chat: {error}")
        return 1
    leave_out()
    share_processors()
    from addons.agent import be_quiet, load
    from addons.terminal import converse

    be_quiet()

    async def talk() -> None:
        agent = await load(model)
        await converse(agent, f"cli:{args.sender}" if args.sender else None)

    try:
        asyncio.run(talk())
    except KeyboardInterrupt:
        print()
    return 0
