"""The `afterword` command: each verb is a module of addons.commands."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from types import ModuleType
from typing import Optional, Sequence

from addons import commands


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Runs one verb; returns the exit code."""
    quiet_third_parties()
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="afterword", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    names = {
        info.name.replace("_", "-"): info.name for info in pkgutil.iter_modules(commands.__path__)
    }
    # Only the verb asked for is imported: starting fast is a feature.
    wanted = [given[0]] if given and given[0] in names else list(names)
    for name in wanted:
        module = _command(names[name])
        summary = (module.__doc__ or "").strip().splitlines()[0]
        module.add_arguments(verbs.add_parser(name, help=summary, description=summary))
    options = parser.parse_args(given)
    code = _command(names[options.verb]).run(options)
    return int(code)


def quiet_third_parties() -> None:
    """Sets what libraries read from the environment: no telemetry, none of their own notices."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("RASA_SHELL_STREAM_READING_TIMEOUT_IN_SECONDS", "120")
    import warnings

    # Rasa and its libraries warn of what their own next versions drop; ours go to the log.
    # Filters would not do: Sanic and Rasa set their own when they are imported.
    warnings.showwarning = lambda *_arguments, **_keywords: None


def _command(name: str) -> ModuleType:
    return importlib.import_module(f"{commands.__name__}.{name}")


if __name__ == "__main__":
    sys.exit(main())
