"""Which engine speaks, and why."""

from __future__ import annotations

import sys

import pytest

from trainer import weights
from trainer.errors import MissingExtraError, UsageError
from trainer.text_to_speech import choose


@pytest.mark.parametrize(
    ("installed", "engine", "reason"),
    [
        ({"piper-tts", "kokoro-onnx"}, "piper", "Piper speaks: it is the default"),
        ({"kokoro-onnx"}, "kokoro", "the extra 'piper' is not installed"),
        (set(), "pyttsx3", "neither extra 'piper' nor 'kokoro' is installed"),
    ],
)
def test_the_best_installed_engine_is_chosen_with_a_reason(
    installed: set[str], engine: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        weights, "carried_version", lambda package: "1" if package in installed else None
    )
    choice = choose.default_engine()
    assert choose.is_installed("kokoro") == ("kokoro-onnx" in installed)
    assert not choose.is_installed("espeak")
    assert choice.engine == engine
    assert reason in choice.reason


def test_an_unknown_engine_is_answered_with_the_nearest_and_the_list() -> None:
    with pytest.raises(UsageError) as caught:
        choose.load("pipr")
    assert str(caught.value) == (
        "no speech engine is called 'pipr', did you mean piper? there are piper, kokoro, pyttsx3"
    )


@pytest.mark.parametrize(
    ("engine", "module"), [("piper", "piper.voice"), ("kokoro", "kokoro_onnx")]
)
def test_a_missing_extra_is_named_with_its_pip_line(
    engine: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setitem(sys.modules, module.partition(".")[0], None)
    with pytest.raises(MissingExtraError, match=rf"pip install 'practice-trainer\[{engine}\]'"):
        choose.load(engine)
