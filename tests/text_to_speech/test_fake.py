"""The fake voice: what it records, and how its tones follow the words."""

from __future__ import annotations

import pytest

from trainer.text_to_speech.fake import FakeSpeech, Spoken


def test_it_records_what_it_was_asked_to_say_as_it_was_written() -> None:
    speech = FakeSpeech()
    speech.synthesise("It's €40k.", "ann")
    speech.synthesise("Well…", "bob@0.9")
    assert speech.spoken == [Spoken("It's €40k.", "ann"), Spoken("Well…", "bob@0.9")]


def test_it_stands_in_for_any_engine_and_its_voices() -> None:
    speech = FakeSpeech(("joe",), name="piper")
    assert (speech.name, speech.voices()) == ("piper", ("joe",))
    assert speech.synthesise("Hello there.", "joe~-2@0.95").duration_s > 0.5


@pytest.mark.parametrize(("words", "least_s", "most_s"), [(1, 0.2, 0.5), (10, 2.5, 3.5)])
def test_more_words_take_longer(words: int, least_s: float, most_s: float) -> None:
    clip = FakeSpeech().synthesise(" ".join(["word"] * words), "ann")
    assert least_s < clip.duration_s < most_s
