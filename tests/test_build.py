"""Who speaks: the scenario's choice, the manager's, and what is said when neither is there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.talks import small_scenario
from trainer import build
from trainer.errors import UsageError
from trainer.text_to_speech import choose
from trainer.text_to_speech.fake import FakeSpeech


@pytest.fixture(autouse=True)
def engines(monkeypatch: pytest.MonkeyPatch) -> None:
    voices = ("jf_alpha", "joe", "female")
    monkeypatch.setattr(choose, "load", lambda name: FakeSpeech(voices, name=name))


def installed(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    monkeypatch.setattr(choose, "is_installed", lambda name: name in names)


def test_the_scenarios_first_choice_speaks_where_it_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    installed(monkeypatch, "piper", "kokoro", "pyttsx3")
    spoken = build.spoken_by(small_scenario())
    assert (spoken.engine.name, spoken.voice) == ("kokoro", "jf_alpha")
    assert spoken.because == "the scenario's first choice"


def test_a_swap_is_said_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, "piper", "pyttsx3")
    spoken = build.spoken_by(small_scenario())
    assert (spoken.engine.name, spoken.voice) == ("piper", "joe")
    assert spoken.because == "the scenario would rather have kokoro, not installed here"


@pytest.mark.parametrize(
    ("wanted", "engine", "voice"),
    [("piper", "piper", "joe"), ("pyttsx3:joe", "pyttsx3", "joe")],
)
def test_the_manager_may_overrule_it(wanted: str, engine: str, voice: str) -> None:
    spoken = build.spoken_by(small_scenario(), wanted)
    assert (spoken.engine.name, spoken.voice, spoken.because) == (engine, voice, "you asked for it")


def test_an_unknown_voice_is_said_before_the_talk() -> None:
    with pytest.raises(UsageError, match="jf_alpha"):
        build.spoken_by(small_scenario(), "kokoro:nobody")


def test_an_engine_the_scenario_has_no_voice_for_is_said_before_the_talk() -> None:
    scenario = small_scenario()
    file = scenario.file.model_copy(update={"voice": {"kokoro": "jf_alpha"}})
    with pytest.raises(UsageError, match="names no voice for piper; choose one with --voice"):
        build.spoken_by(replace(scenario, file=file), "piper")
