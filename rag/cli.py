"""The `yinju` command. Exit 0 done, 1 failed with one line, 2 misuse, 130 interrupted."""

import atexit
import gc
import io
import os
import sys
from typing import NoReturn

import click

from rag.commands import (
    asking,
    backup,
    comparing,
    documents,
    inspecting,
    library,
    summarizing,
    system,
)
from rag.errors import YinjuError

_COLLECT_AFTER = 100_000
"""New objects between two searches for cycles. Imports and rows make many objects and next to no
cycles: at Python's 700 a command that loads Chroma spends a sixth of its time searching."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="yinju", prog_name="yinju")
def cli() -> None:
    """Yinju 引据: ask Chinese and English documents, and check where every sentence came from."""


for command in (
    *library.COMMANDS,
    *backup.COMMANDS,
    *documents.COMMANDS,
    *inspecting.COMMANDS,
    *asking.COMMANDS,
    *comparing.COMMANDS,
    *summarizing.COMMANDS,
    *system.COMMANDS,
):
    cli.add_command(command)


def main() -> NoReturn:
    """Run the command line."""
    gc.set_threshold(_COLLECT_AFTER)
    # The last search for cycles, when all memory is given back anyway, takes a third of a second.
    atexit.register(gc.freeze)
    for stream in (sys.stdout, sys.stderr):
        # Text that the terminal's encoding lacks, or half a surrogate pair in a file's name.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        # A command that ends with `Exit` makes click return its code here.
        sys.exit(cli.main(standalone_mode=False))
    except click.ClickException as misuse:
        misuse.show()
        sys.exit(misuse.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted; what was finished is kept.", err=True)
        # Threads that wait for an endpoint would hold an ordinary exit up until it answers.
        sys.stdout.flush()
        os._exit(130)
    except YinjuError as error:
        click.echo(f"yinju: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output has gone; say nothing more, not even at shutdown.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
