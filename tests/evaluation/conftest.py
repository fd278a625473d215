"""A worker made of fakes, and small files to give it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from tests.talks import LabelsByCue, small_session
from trainer.audio.end_of_turn import ScriptedEndOfTurn
from trainer.audio.turn_detector import AudioTurnDetector
from trainer.audio.voice_activity import LoudnessVoiceActivity
from trainer.audio.wav import write_clip
from trainer.evaluation import Evaluation, InputOptions, Settings, evaluate
from trainer.evaluation.hear import Listener, Parts
from trainer.evaluation.scenario_runs import Cast, ScenarioRunner
from trainer.evaluation.work import Worker
from trainer.salesperson.encoder import WordEncoder
from trainer.scoring.rules import RulesClassifier
from trainer.speech_to_text.fake import ScriptedSpeechToText
from trainer.types import AudioClip, Samples

RATE = 16_000


def detector() -> AudioTurnDetector:
    return AudioTurnDetector(LoudnessVoiceActivity(), ScriptedEndOfTurn([1.0] * 50))


@dataclass(frozen=True)
class Fakes:
    """Builds a worker whose turns name their own label and whose recogniser follows a script."""

    heard: Sequence[str] = ()
    feedback: bool = False

    def __call__(self) -> Worker:
        recogniser = ScriptedSpeechToText(self.heard)
        return Worker(
            LabelsByCue,
            Listener(lambda: Parts(recogniser, detector(), LoudnessVoiceActivity())),
            ScenarioRunner(
                lambda: Cast(LabelsByCue(), WordEncoder(), lambda _: small_session()), seeds=0
            ),
            feedback=self.feedback,
        )


@dataclass(frozen=True)
class RulesOnly:
    """Builds a worker on the real rules, without recognition."""

    def __call__(self) -> Worker:
        def nothing_to_hear() -> Parts:
            raise AssertionError("there is nothing to hear in this test")

        def nothing_to_play() -> Cast:
            raise AssertionError("there is no scenario in this test")

        return Worker(RulesClassifier, Listener(nothing_to_hear), ScenarioRunner(nothing_to_play))


Evaluate = Callable[..., Evaluation]


@pytest.fixture
def run() -> Evaluate:
    def go(
        *paths: Path | str,
        heard: Sequence[str] = (),
        feedback: bool = False,
        settings: Settings | None = None,
        stdin: bytes = b"",
        **options: object,
    ) -> Evaluation:
        given = InputOptions(**options)  # type: ignore[arg-type]
        maker = Fakes(heard, feedback)
        lines = stdin.splitlines(keepends=True)
        return evaluate(list(paths), maker, given, settings, standard_input=lines)

    return go


def tone(seconds: float, hz: float = 220.0) -> Samples:
    times = np.arange(round(seconds * RATE)) / RATE
    return (0.3 * np.sin(2 * np.pi * hz * times)).astype(np.float32)


def write_tone(path: Path, seconds: float = 2.0) -> Path:
    write_clip(path, AudioClip(tone(seconds), RATE))
    return path


def write_lines(path: Path, *lines: str | Mapping[str, object]) -> Path:
    path.write_text("".join(f"{x if isinstance(x, str) else json.dumps(x)}\n" for x in lines))
    return path
