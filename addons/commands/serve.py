"""serve the website channel, and Telegram where a token is given"""

from __future__ import annotations

import argparse
import os
import socket
from pathlib import Path

ROOT = Path(__file__).parents[2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where it listens."""
    parser.add_argument(
        "--interface",
        default=os.environ.get("AFTERWORD_HOST") or "127.0.0.1",
        help="address to listen on (AFTERWORD_HOST; 127.0.0.1: this computer only)",
    )
    parser.add_argument(
        "--port",
        type=int,
        default=int(os.environ.get("AFTERWORD_PORT") or 5005),
        help="port to listen on (AFTERWORD_PORT; 5005)",
    )


def run(args: argparse.Namespace) -> int:
    """Trains and builds if needed, then serves until it is told to end."""
    listening = _listen(args.interface, args.port)
    if listening is None:
        print(f"serve: {args.interface}:{args.port} is taken or not ours; choose with --port")
        return 1
    print("One moment ...", flush=True)
    from addons.light import leave_out, share_processors
    from addons.training import ensure_model_apart

    try:
        model = ensure_model_apart(ROOT)
    except RuntimeError as error:
        print(f"serve: {error}")
        return 1
    leave_out()
    share_processors()
    from addons.agent import be_quiet
    from addons.server import build
    from addons.stores.database import check
    from addons.widget import ensure_widget
    from afterword.notebook import NotebookError

    be_quiet()
    problem = check()
    if problem:
        print(f"serve: {problem}")
        return 1
    ensure_widget(ROOT)
    try:
        app = build(model)
    except (ValueError, NotebookError) as error:  # a setting that is none, or the key
        print(f"serve: {error}")
        return 1

    async def tell(_app: object, _loop: object) -> None:
        shown = "127.0.0.1" if args.interface == "0.0.0.0" else args.interface
        print(f"serve: http://{shown}:{args.port}/ is ready; Ctrl+C ends it")
        print("serve: for your own page, over https and with its address in AFTERWORD_ORIGINS:")
        print('  <script src="https://your.host/widget.js" data-title="Afterword" defer></script>')
        print(end="", flush=True)

    app.register_listener(tell, "after_server_start")
    app.run(sock=listening, access_log=False, workers=1, backlog=1024)
    return 0


def _listen(interface: str, port: int) -> socket.socket | None:
    """Takes the address before the slow part; None if it cannot be had."""
    kind = socket.AF_INET6 if ":" in interface else socket.AF_INET
    taken = socket.socket(kind, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((interface, port))
    except OSError:
        taken.close()
        return None
    return taken
