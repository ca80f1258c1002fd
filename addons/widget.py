"""Sees to it that the widget is built."""

from __future__ import annotations

import subprocess
from pathlib import Path


def ensure_widget(root: Path) -> bool:
    """Builds the widget if it is not there; False, with a line saying why, if that failed."""
    if (root / "widget" / "dist" / "widget.js").is_file():
        return True
    done = subprocess.run(["sh", str(root / "scripts" / "build-widget")], cwd=root, check=False)
    if done.returncode:
        print("serve: the widget could not be built, so the pages are missing; the API works")
    return done.returncode == 0
