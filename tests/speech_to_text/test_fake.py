"""The scripted recogniser says what it was told to and keeps what it heard."""

from __future__ import annotations

import pytest

from tests.speech_to_text.sounds import one_second_of_tone
from trainer.speech_to_text.fake import HeardClip, ScriptedSpeechToText, ScriptExhaustedError
from trainer.types import Segment


def test_texts_come_in_order_and_clips_are_kept() -> None:
    tone = one_second_of_tone()
    engine = ScriptedSpeechToText(["What happened?", "And then?"])
    assert engine.transcribe(tone, language="de", prompt="Priya").text == "What happened?"
    assert engine.left == 1
    assert engine.transcribe(tone).segments == (Segment("And then?", 0.0, 1.0),)
    assert engine.heard == [HeardClip(tone, "de", "Priya"), HeardClip(tone, "en", "")]


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_text_is_a_clip_without_words(text: str) -> None:
    engine = ScriptedSpeechToText([text, "Go on."])
    assert engine.transcribe(one_second_of_tone()).segments == ()
    assert engine.transcribe(one_second_of_tone()).text == "Go on."


def test_running_out_of_script_is_an_error_that_counts_the_clips() -> None:
    engine = ScriptedSpeechToText(["Go on."])
    engine.transcribe(one_second_of_tone())
    with pytest.raises(ScriptExhaustedError, match="clip 2 has no scripted text left"):
        engine.transcribe(one_second_of_tone())
