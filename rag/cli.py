"""The `yinju` command. Exit 0 done, 1 failed with one line, 2 misuse, 130 interrupted."""

import os
import sys

import click

from rag.commands import asking, library, summarizing, system
from rag.errors import YinjuError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="yinju", prog_name="yinju")
def cli() -> None:
    """Yinju 引据: ask Chinese and English documents, and check where every sentence came from."""


for command in (
    *library.COMMANDS,
    *asking.COMMANDS,
    *summarizing.COMMANDS,
    *system.COMMANDS,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as misuse:
        misuse.show()
        sys.exit(misuse.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted; what was finished is kept.", err=True)
        sys.exit(130)
    except YinjuError as error:
        click.echo(f"yinju: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output has gone; say nothing more, not even at shutdown.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
