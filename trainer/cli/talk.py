"""Running one talk from the command line: the practice, its summary, what to do when it stops."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime

import click
import numpy as np

from trainer import build
from trainer.cli.screen import TerminalScreen
from trainer.errors import DeviceError, StorageError
from trainer.live.desk import Ears, Mouth, Stopped
from trainer.live.practice import Practice
from trainer.protocols import Classifier, SpeechToText
from trainer.records.report import point_lines, summary_lines
from trainer.records.store import FORMAT, SessionFolder, SessionInfo, Store, session_id
from trainer.scenario.load import Scenario
from trainer.session import Session
from trainer.types import FeedbackTime, TurnRecord

_RESUME = "go on with trainer practise --resume"


@dataclass(frozen=True, slots=True)
class Parts:
    """What a talk is held with."""

    ears: Ears
    mouth: Mouth
    recogniser: SpeechToText | None
    """None for a typed talk."""
    voice: build.SpokenBy | None
    """None where nothing is spoken."""
    scorer: Classifier = field(default_factory=build.classifier)
    feedback: FeedbackTime = FeedbackTime.EVERY
    opened: AbstractContextManager[object] = field(default_factory=nullcontext)
    """Held open during the talk: the desk's devices."""
    listening: str = ""
    """Whether the manager is heard over the salesperson, and why."""


def hold_talk(
    scenario: Scenario,
    parts: Parts,
    screen: TerminalScreen,
    *,
    store: Store,
    resumed: SessionFolder | None = None,
    seed: int = 0,
    keep_audio: bool = False,
) -> Stopped:
    """Hold a talk to its end and print its summary; whatever stops it, say where it is kept.

    Raises:
        DeviceError: Microphone or speaker went away.
        StorageError: The session could not be written.
        KeyboardInterrupt: Ctrl-C.
    """
    records: Iterable[TurnRecord] = resumed.records() if resumed else ()
    seed = resumed.info.seed if resumed else seed
    session = build.session(
        scenario,
        recogniser=parts.recogniser,
        seed=seed,
        records=records,
        scorer=parts.scorer,
        feedback=parts.feedback,
    )
    folder = resumed or store.begin(_info(scenario, parts, seed))
    practice = Practice(
        session,
        folder,
        ears=parts.ears,
        mouth=parts.mouth,
        screen=screen,
        keep_audio=keep_audio,
        after_turn=lambda: store.index(folder),
    )
    try:
        with parts.opened:
            stopped = practice.run()
    except (KeyboardInterrupt, DeviceError, StorageError):
        screen.tell("")
        screen.tell(f"{_saved(session)} in {folder.path}; {_RESUME}")
        raise
    _print_end(session, folder, screen, stopped, parts.feedback)
    if parts.voice is not None and parts.voice.engine.trouble:
        screen.tell(parts.voice.engine.trouble)
    return stopped


def _saved(session: Session) -> str:
    count = len(session.kept)
    return f"{count} turn{'' if count == 1 else 's'} saved"


def _print_end(
    session: Session,
    folder: SessionFolder,
    screen: TerminalScreen,
    stopped: Stopped,
    feedback: FeedbackTime,
) -> None:
    file = session.scenario.file
    if stopped is Stopped.UNHEARD:
        screen.tell(
            "Nothing was heard three times running. Check the microphone with trainer doctor, "
            f"then {_RESUME}"
        )
    summary = session.summary(np.random.default_rng(0))
    name = file.person.name.split()[0]
    if feedback is FeedbackTime.END:
        for line in point_lines(session.kept, file.kind):
            click.echo(line)
    for line in summary_lines(session.kept, summary, kind=file.kind, name=name):
        click.echo(line)
    click.echo(f"Session: {folder.path}")


def _info(scenario: Scenario, parts: Parts, seed: int) -> SessionInfo:
    now = datetime.now().astimezone()
    voice = parts.voice
    return SessionInfo(
        id=session_id(now, scenario.id),
        format=FORMAT,
        scenario=scenario.id,
        scenario_path=str(scenario.path.resolve()),
        scenario_sha256=scenario.sha256,
        title=scenario.file.title,
        kind=scenario.file.kind.value,
        started=now.isoformat(timespec="seconds"),
        seed=seed,
        scorer=parts.scorer.name,
        speech_to_text=parts.recogniser.name if parts.recogniser else None,
        text_to_speech=f"{voice.engine.name} {voice.engine.version}" if voice else None,
        voice=voice.voice if voice else None,
        feedback=parts.feedback.value,
    )
