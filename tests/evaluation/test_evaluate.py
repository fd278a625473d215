"""Headless scoring of turn files, recordings and sessions; one broken item never stops the rest."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from tests.records.test_store import info
from tests.talks import LabelsByCue, small_session
from trainer.audio.end_of_turn import ScriptedEndOfTurn
from trainer.audio.turn_detector import AudioTurnDetector
from trainer.audio.voice_activity import LoudnessVoiceActivity
from trainer.audio.wav import write_clip
from trainer.evaluation.evaluate import Listener, evaluate
from trainer.records.store import SessionFolder
from trainer.session import typed
from trainer.speech_to_text.fake import ScriptedSpeechToText
from trainer.types import AudioClip, Axis, ManagerTurn

ASK = "open: How was the month for you?"


def listener(*texts: str) -> Listener:
    recogniser = ScriptedSpeechToText(texts)
    return Listener(
        lambda: recogniser,
        lambda: AudioTurnDetector(LoudnessVoiceActivity(), ScriptedEndOfTurn([1.0] * 50)),
    )


def tone(path: Path) -> None:
    seconds = np.arange(32_000) / 16_000
    write_clip(path, AudioClip((0.3 * np.sin(1400 * seconds)).astype(np.float32), 16_000))


def turn_file(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines))
    return path


def test_typed_turns_are_scored_in_order(tmp_path: Path) -> None:
    lines = [json.dumps({"id": str(n), "text": f"open: {n}?"}) for n in range(130)]
    result = evaluate([turn_file(tmp_path / "t.jsonl", *lines)], LabelsByCue(), listener())
    assert [turn.id for turn in result.turns] == [str(n) for n in range(130)]
    assert result.mean(Axis.QUESTION_QUALITY) == 90


def test_recordings_are_heard_and_scored(tmp_path: Path) -> None:
    tone(tmp_path / "01.wav")
    tone(tmp_path / "02.wav")
    result = evaluate([tmp_path], LabelsByCue(), listener(ASK, "tell: Do it."))
    assert [turn.score.question_quality for turn in result.turns] == [90, 0]
    assert all(turn.heard is not None for turn in result.turns)


def test_a_manifest_names_the_recordings_and_what_was_said_before(tmp_path: Path) -> None:
    tone(tmp_path / "a.wav")
    turn_file(tmp_path / "manifest.jsonl", '{"file": "a.wav", "id": "x", "said_before": "Hm."}')
    (turn,) = evaluate([tmp_path], LabelsByCue(), listener(ASK)).turns
    assert (turn.id, turn.turn.said_before) == ("x", ("Hm.",))


def test_a_silent_recording_is_not_scored_and_is_no_error(tmp_path: Path) -> None:
    write_clip(tmp_path / "quiet.wav", AudioClip(np.zeros(16_000, np.float32), 16_000))
    result = evaluate([tmp_path], LabelsByCue(), listener())
    assert result.turns[0].score.not_scored_because == "there were no words"
    assert not result.problems


def test_broken_items_are_reported_by_file_and_line_and_the_rest_is_done(tmp_path: Path) -> None:
    (tmp_path / "audio").mkdir()
    tone(tmp_path / "audio" / "good.wav")
    (tmp_path / "audio" / "bad.wav").write_bytes(b"not audio")
    turns = turn_file(tmp_path / "t.jsonl", "oops", '{"id": "1", "text": "open: a?"}')
    result = evaluate([turns, tmp_path / "audio"], LabelsByCue(), listener(ASK))
    assert [turn.id for turn in result.turns] == ["1", "audio/good"]
    assert [problem.where for problem in result.problems] == [
        f"{turns}:1",
        str(tmp_path / "audio" / "bad.wav"),
    ]


def test_a_kept_session_is_scored_again_with_its_context(tmp_path: Path) -> None:
    session, folder = small_session(), SessionFolder(tmp_path / "s")
    folder.begin(info())
    for _ in range(3):
        folder.add(session.answer(typed(ASK)))
    result = evaluate([folder.path], LabelsByCue(), listener())
    assert [turn.score for turn in result.turns] == [record.score for record in session.records]
    first, second, third = (record.said_before for record in session.records)
    assert result.turns[2].turn == ManagerTurn(ASK, (second, third), (first,))
