"""`trainer doctor`: what works here, and how to mend what does not."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

import click

from trainer import build, paths, weights
from trainer.cli.doctor_sound import SoundCheck
from trainer.errors import TrainerError
from trainer.scenario.load import load_all

FAILED = 1


class Finding(NamedTuple):
    """One thing looked at."""

    what: str
    works: bool
    detail: str


@click.command("doctor")
@click.option(
    "--sound/--no-sound",
    default=True,
    help="Record three seconds, play them back, and speak to measure the echo.",
)
@click.option("--microphone", metavar="NAME", help="Use this one from now on.")
@click.option("--speaker", metavar="NAME", help="Use this one from now on.")
def command(sound: bool, microphone: str | None, speaker: str | None) -> None:
    """Look at models, voices, microphone, speaker and disk, one line each."""
    failed = 0
    for finding in _findings(sound, SoundCheck(microphone, speaker)):
        failed += not finding.works
        click.echo(f"{'ok  ' if finding.works else 'FAIL'}  {finding.what:12} {finding.detail}")
    if failed:
        click.echo(f"{failed} to mend; practising without a microphone: trainer practise --typed")
        sys.exit(FAILED)


def _findings(sound: bool, check: SoundCheck) -> Iterator[Finding]:
    yield Finding("python", True, sys.version.split()[0])
    for name in weights.manifest():
        yield _tried("model", lambda name=name: _model(name))  # type: ignore[misc]
    yield _tried("scorer", lambda: build.classifier().name)
    for engine in ("piper", "kokoro", "pyttsx3"):
        yield _tried(engine, lambda engine=engine: _voices(engine))  # type: ignore[misc]
    yield _tried("sessions", _writable)
    yield from _scenarios()
    yield _tried("devices", check.devices)
    ears = _tried("microphone", lambda: check.microphone(listen=sound))
    mouth = _tried("speaker", lambda: check.speaker(play=sound))
    yield from (ears, mouth)
    if sound and mouth.works:
        yield _tried("echo", check.echo)


def _tried(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, look())
    except TrainerError as error:
        return Finding(what, False, str(error))


def _model(name: str) -> str:
    weights.verify(name)
    return f"{name}: {weights.model(name).task}, SHA-256 as pinned"


def _voices(engine: str) -> str:
    from trainer.text_to_speech.choose import load

    voices = load(engine).voices()
    shown = ", ".join(voices[:5])
    return shown if len(voices) <= 5 else f"{shown} and {len(voices) - 5} more"


def _writable() -> str:
    from trainer.errors import StorageError

    folder = paths.data_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise StorageError(
            f"{folder} cannot be written: {error.strerror}; set TRAINER_DATA to a folder that can"
        ) from error
    return f"kept in {folder}"


def _scenarios() -> Iterator[Finding]:
    listed = load_all()
    good = [each for each in listed if each.scenario is not None]
    yield Finding("scenarios", bool(good), f"{len(good)} in {paths.scenarios_dir()}")
    for each in listed:
        if each.problem is not None:
            yield Finding("scenario", False, each.problem)
