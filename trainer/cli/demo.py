"""`trainer demo`: one whole talk with no hardware."""

from __future__ import annotations

import time
from pathlib import Path

import click

from trainer import build, weights
from trainer.cli.screen import TerminalScreen
from trainer.cli.talk import Parts, hold_talk
from trainer.demo import ENGINE, SCENARIO, VOICE, record_manager
from trainer.live.ears import RecordingEars, recordings_in
from trainer.live.mouth import FolderSink, SpokenMouth
from trainer.records.store import Store
from trainer.scenario.load import find

MODELS = ("whisper-base", "piper-joe", "kokoro", "silero-vad", "smart-turn", "minilm", "scorer")
"""Every model the demo loads."""


@click.command("demo")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("demo-out"),
    show_default=True,
    help="Recordings, spoken lines and the session are kept here.",
)
def command(out: Path) -> None:
    """Run one whole coaching talk with no sound card.

    A synthetic manager's voice is recorded in a noisy room, then heard, transcribed, scored and
    answered aloud. Put your own recording in place of DIR/manager/03.wav and run it again.
    """
    started = time.perf_counter()
    for name in MODELS:
        weights.verify(name)
    click.echo(f"Checked the SHA-256 of {len(MODELS)} models: {', '.join(MODELS)}.")
    _record(out / "manager")
    scenario = find(SCENARIO)
    spoken = build.spoken_by(scenario, "piper")
    recogniser = build.speech_to_text()
    click.echo(
        f"Salesperson: {spoken.engine.name} {spoken.voice}. Ears: silero-vad, smart-turn, "
        f"{recogniser.name}. Scorer: {build.classifier().name}.\n"
    )
    sink = FolderSink(out / "salesperson")
    parts = Parts(
        RecordingEars(recordings_in(out / "manager"), build.turn_detector()),
        SpokenMouth(spoken.engine, spoken.voice, sink),
        recogniser,
        spoken,
    )
    screen = TerminalScreen(scenario.file.person.name.split()[0], scenario.file.kind)
    hold_talk(scenario, parts, screen, store=Store(out), keep_audio=True)
    click.echo(
        f"{len(sink.played)} spoken lines: {out / 'salesperson'}\n"
        f"The manager's recordings: {out / 'manager'}\n"
        f"Took {time.perf_counter() - started:.0f} s."
    )


def _record(folder: Path) -> None:
    from trainer.text_to_speech.cache import CachedSpeech
    from trainer.text_to_speech.choose import load

    made = kept = 0
    for recording in record_manager(folder, CachedSpeech(load(ENGINE))):
        made += recording.made
        kept += not recording.made
    click.echo(f"Manager: {ENGINE} {VOICE} in a noisy room, {made} recorded, {kept} found there.")
