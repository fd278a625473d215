"""A whole talk on a real (virtual) microphone and speaker, with the real command and models."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from tests.live.desk import Desk, at_the_desk
from tests.live.virtual_devices import VirtualDevices
from trainer.audio.room import in_room
from trainer.records.store import SessionFolder
from trainer.scenario.load import find
from trainer.speech_to_text.whisper import WhisperSpeechToText
from trainer.speech_to_text.word_errors import word_errors
from trainer.text_to_speech.cache import CachedSpeech
from trainer.text_to_speech.choose import load
from trainer.types import AudioClip

pytestmark = pytest.mark.mic

SCENARIO = "avoided_prospecting"
FIRST = "What would you like to leave with today?"
SECOND = "What makes those calls so hard to start?"
PUT_RIGHT = "What makes these calls so hard to start?"
LISTENING = r"\[listening\]"


def manager_says(words: str) -> AudioClip:
    clip = CachedSpeech(load("kokoro")).synthesise(words, "jm_kumo")
    return in_room(clip, np.random.default_rng(1))


def misheard(said: str, heard: str) -> float:
    """Return the word error rate of what was heard."""
    rate = word_errors(said, heard).rate
    assert rate is not None
    return rate


def only_session(data: Path) -> SessionFolder:
    (folder,) = (data / "sessions").glob("*/session.json")
    return SessionFolder(folder.parent)


def answer(desk: Desk, sound: VirtualDevices, words: str) -> str:
    """Wait until it listens, speak, and return what was shown until it listens again."""
    desk.wait_for(LISTENING)
    sound.say(manager_says(words)).wait()
    return desk.wait_for(r"question quality") + desk.wait_for(r"\[speaking\]")


def test_the_talk_goes_on_by_voice_and_the_salesperson_is_heard_at_the_speaker(
    sound: VirtualDevices, tmp_path: Path
) -> None:
    with (
        sound.recording() as heard,
        at_the_desk(SCENARIO, environment=sound.environment, data=tmp_path) as desk,
    ):
        answer(desk, sound, FIRST)
        answer(desk, sound, SECOND)
        desk.wait_for(LISTENING)
        desk.type("quit")
        assert desk.exit_code() == 0
    records = only_session(tmp_path).records()
    for said, record in zip((FIRST, SECOND), records, strict=True):
        assert misheard(said, record.text) <= 0.2
    spoken = " ".join([records[0].said_before, *(record.reply.text for record in records)])
    terms = ", ".join(find(SCENARIO).file.terms)
    listener = WhisperSpeechToText.load("base")
    assert heard.clip is not None
    assert misheard(spoken, listener.transcribe(heard.clip, prompt=terms).text) <= 0.15


def test_enter_ends_a_turn_and_typed_words_are_taken_retried_and_put_right(
    sound: VirtualDevices, tmp_path: Path
) -> None:
    with at_the_desk(SCENARIO, environment=sound.environment, data=tmp_path) as desk:
        desk.wait_for(LISTENING)
        desk.type(FIRST)
        desk.wait_for("question quality")
        desk.wait_for(LISTENING)
        desk.type("retry")
        desk.wait_for("Taken back")
        desk.wait_for(r"\[speaking\]")  # the line to be answered anew
        desk.wait_for(LISTENING)
        sound.say(manager_says(SECOND)).wait()
        desk.type("")
        desk.wait_for("Against your last attempt")
        desk.type("back")
        desk.wait_for("Type what you said")
        desk.type(PUT_RIGHT)
        desk.wait_for("question quality")
        desk.interrupt()
        assert desk.exit_code() == 130
    records = only_session(tmp_path).records()
    numbers = [(record.number, record.attempt) for record in records]
    assert numbers == [(1, 1), (1, 2), (1, 3)]
    assert misheard(SECOND, records[2].heard.text) <= 0.2
    assert records[2].text == PUT_RIGHT


def test_a_microphone_unplugged_in_mid_turn_keeps_what_was_said(
    sound: VirtualDevices, tmp_path: Path
) -> None:
    with at_the_desk(SCENARIO, environment=sound.environment, data=tmp_path) as desk:
        desk.wait_for(LISTENING)
        sound.say(manager_says(FIRST)).wait()
        sound.unplug("microphone")
        assert desk.exit_code() == 2
        assert "--resume" in desk.shown and "microphone" in desk.shown
        assert "Traceback" not in desk.shown
    (record,) = only_session(tmp_path).records()
    assert misheard(FIRST, record.text) <= 0.2


def test_a_killed_talk_is_resumed_where_it_was(sound: VirtualDevices, tmp_path: Path) -> None:
    with at_the_desk(SCENARIO, environment=sound.environment, data=tmp_path) as desk:
        answer(desk, sound, FIRST)
        desk.kill()
    with at_the_desk("--resume", environment=sound.environment, data=tmp_path) as desk:
        desk.wait_for("Going on after turn 1")
        answer(desk, sound, SECOND)
        desk.wait_for(LISTENING)
        desk.type("quit")
        assert desk.exit_code() == 0
    assert [record.number for record in only_session(tmp_path).records()] == [1, 2]


def test_a_talk_killed_in_mid_turn_goes_on_with_what_was_being_said(
    sound: VirtualDevices, tmp_path: Path
) -> None:
    with at_the_desk(SCENARIO, environment=sound.environment, data=tmp_path) as desk:
        desk.wait_for(LISTENING)
        sound.say(manager_says("I can see how much those calls cost you, and")).wait()
        time.sleep(0.8)  # less than an unfinished sentence is waited for
        desk.kill()
    with at_the_desk(
        "--resume", "--half-duplex", environment=sound.environment, data=tmp_path
    ) as desk:
        desk.wait_for("Half-duplex")
        desk.wait_for("is taken first")
        desk.wait_for("agenda neutrality")
        desk.type("quit")
        assert desk.exit_code() == 0
    (record,) = only_session(tmp_path).records()
    assert misheard("I can see how much those calls cost you, and", record.text) <= 0.2


@pytest.mark.parametrize("moment", [LISTENING, r"\[speaking\]", r"\[thinking\]"])
def test_control_c_at_any_moment_saves_what_was_said(
    sound: VirtualDevices, tmp_path: Path, moment: str
) -> None:
    with at_the_desk(SCENARIO, environment=sound.environment, data=tmp_path) as desk:
        desk.wait_for(LISTENING)
        desk.type(FIRST)
        desk.wait_for("question quality")
        if "thinking" in moment:
            desk.wait_for(LISTENING)
            sound.say(manager_says(SECOND)).wait()
        desk.wait_for(moment)
        desk.interrupt()
        assert desk.exit_code() == 130
        assert "saved in" in desk.shown and "Traceback" not in desk.shown
    assert only_session(tmp_path).records()[0].text == FIRST


def test_nobody_speaking_three_times_pauses_the_talk(sound: VirtualDevices, tmp_path: Path) -> None:
    with at_the_desk(SCENARIO, environment=sound.environment, data=tmp_path) as desk:
        for _ in range(3):
            desk.wait_for(LISTENING)
            desk.type("")
        assert desk.exit_code() == 2
        assert "Nothing was heard three times running" in desk.shown


def test_without_a_microphone_there_is_one_line_and_no_session(
    empty_server: VirtualDevices, tmp_path: Path
) -> None:
    with at_the_desk(SCENARIO, environment=empty_server.environment, data=tmp_path) as desk:
        assert desk.exit_code() == 2
        last = desk.shown.strip().splitlines()[-1]
        assert last.startswith("trainer: ") and "microphone" in last
        assert not (tmp_path / "sessions").exists()
