"""`python -m ui --port N [--no-browser]`: what `yinju chat` runs. Settings come by environment."""

import argparse
import subprocess
import sys
from collections.abc import Sequence

from ui.launch import command

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the app until it ends; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m ui", description="Serve the chat.")
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser window")
    chosen = parser.parse_args(arguments)
    serving = command(port=chosen.port, open_browser=not chosen.no_browser)
    try:
        return subprocess.run(serving, check=False).returncode
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
