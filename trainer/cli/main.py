"""The `trainer` command; each subcommand is imported only when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from trainer import __version__
from trainer.errors import TrainerError

_COMMANDS = {
    "practise": ("practise", "Practise a talk aloud (or typed)."),
    "demo": ("demo", "Run one whole talk with no hardware: synthetic voices, real recognition."),
    "score": ("score", "Score what a manager said."),
    "evaluate": ("evaluate", "Score recordings, transcripts or sessions in bulk."),
    "scenarios": ("scenarios.group", "Write, check, try out and test scenarios."),
    "sessions": ("sessions", "List, delete or export practice sessions."),
    "report": ("report", "Read a session turn by turn."),
    "models": ("models", "List the models, or verify them."),
    "train": ("train", "Rebuild the trained scorer from the labelled corpus."),
    "measure": ("measure", "Measure the scorers on the frozen test and outside data."),
    "doctor": ("doctor", "See what works here, and how to mend what does not."),
}
_ALIASES = {"practice": "practise"}

BAD_INPUT = 2
INTERRUPTED = 130


class _LazyGroup(click.Group):
    """Knows every subcommand's name and help without importing it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        name = _ALIASES.get(name, name)
        if name not in _COMMANDS:
            return None
        module, _ = _COMMANDS[name]
        loaded: Any = importlib.import_module(f"trainer.cli.{module}")
        command: click.Command = loaded.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="trainer")
def trainer() -> None:
    """Practise coaching aloud: a simulated salesperson, and feedback on every turn."""


def main() -> None:
    """Run the command; errors are one line on stderr, never a traceback."""
    # Idle torch threads spin by default, which starves voice and microphone on a busy machine.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    try:
        sys.exit(trainer.main(standalone_mode=False) or 0)
    except TrainerError as error:
        click.echo(f"trainer: {error}", err=True)
        sys.exit(BAD_INPUT)
    except click.UsageError as error:
        where = f" (see {error.ctx.command_path} --help)" if error.ctx else ""
        click.echo(f"trainer: {error.format_message()}{where}", err=True)
        sys.exit(BAD_INPUT)
    except click.ClickException as error:
        click.echo(f"trainer: {error.format_message()}", err=True)
        sys.exit(BAD_INPUT)
    except (KeyboardInterrupt, click.Abort):
        click.echo("trainer: interrupted", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; there is nobody left to tell.
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
