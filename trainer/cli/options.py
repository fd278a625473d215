"""Options that several commands share."""

from __future__ import annotations

import click

from trainer import build

scorer_option = click.option(
    "--scorer",
    type=click.Choice(build.SCORERS),
    default=build.DEFAULT_SCORER,
    show_default=True,
    help="minilm, the trained one, or rules.",
)

recogniser_option = click.option(
    "--stt", default=build.DEFAULT_SPEECH_TO_TEXT, show_default=True, help="Whisper model."
)
