"""A turn is transcribed from its start at every pause, and cut only when it grows long."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from trainer.protocols import RunningTranscript
from trainer.speech_to_text.fake import ScriptedSpeechToText
from trainer.speech_to_text.live import (
    CUT_ANYWHERE_S,
    CUT_AT_SENTENCE_S,
    BackgroundSpeechToText,
    BackgroundTranscript,
)
from trainer.types import MODEL_RATE_HZ, AudioClip, Samples, Transcript


def sound(seconds: float) -> Samples:
    return np.full(round(seconds * MODEL_RATE_HZ), 0.1, np.float32)


def say(turn: RunningTranscript, seconds: float) -> Transcript:
    """Speak, fall silent for half a second, and wait for the words."""
    turn.feed(sound(seconds), speaking=True)
    turn.feed(sound(0.5), speaking=False)
    return turn.finish()


def wait_for(condition: Callable[[], bool]) -> None:
    patience = threading.Event()
    for _ in range(1000):
        if condition():
            return
        patience.wait(0.01)
    raise AssertionError("it did not happen within 10 s")


def has_heard(engine: ScriptedSpeechToText, clips: int) -> bool:
    return len(engine.heard) == clips


def lengths(engine: ScriptedSpeechToText) -> list[float]:
    return [heard.clip.duration_s for heard in engine.heard]


def test_each_pause_has_the_turn_transcribed_from_its_start_with_the_last_words_as_draft() -> None:
    engine = ScriptedSpeechToText(["So, um,", "So, um, what would help?"])
    with BackgroundSpeechToText(engine, draft_every_s=math.inf) as recogniser:
        turn = recogniser.begin(language="en", prompt="Priya")
        first = say(turn, 2.0)
        assert say(turn, 1.0).text == "So, um, what would help?"
    assert lengths(engine) == [2.5, 4.0]
    assert [heard.prompt for heard in engine.heard] == ["Priya", "Priya"]
    assert [heard.draft for heard in engine.heard] == [None, first]


def test_finishing_at_a_pause_that_is_transcribed_asks_the_engine_nothing() -> None:
    engine = ScriptedSpeechToText(["some words"])
    with BackgroundSpeechToText(engine, draft_every_s=math.inf) as recogniser:
        turn = recogniser.begin()
        for _ in range(3):
            turn.feed(sound(1.0), speaking=False) if engine.heard else say(turn, 1.0)
            assert turn.finish().text == "some words"
    assert len(engine.heard) == 1


@pytest.mark.parametrize(
    ("first", "seconds", "is_cut"),
    [
        ("It is a sentence.", CUT_AT_SENTENCE_S - 1, False),
        ("It is a sentence.", CUT_AT_SENTENCE_S, True),
        ("Is it?", CUT_AT_SENTENCE_S, True),
        ("It is, um,", CUT_AT_SENTENCE_S, False),
        ("It is, um,", CUT_ANYWHERE_S, True),
    ],
)
def test_a_long_turn_is_cut_where_a_sentence_ends(first: str, seconds: float, is_cut: bool) -> None:
    engine = ScriptedSpeechToText([first, "And more."])
    with BackgroundSpeechToText(engine, draft_every_s=math.inf) as recogniser:
        turn = recogniser.begin()
        say(turn, seconds)
        words = say(turn, 2.0)
    assert lengths(engine)[1] == pytest.approx(2.5 if is_cut else seconds + 3.0)
    assert (engine.heard[1].draft is None) == is_cut
    assert words.text == (f"{first} And more." if is_cut else "And more.")
    assert words.segments[-1].end_s == pytest.approx(seconds + 3.0)


def test_somebody_who_speaks_on_is_transcribed_meanwhile_and_never_cut_there() -> None:
    texts = ["A", "A draft.", "A draft. And its end."]
    engine = ScriptedSpeechToText(texts)
    with BackgroundSpeechToText(engine, draft_every_s=10.0) as recogniser:
        turn = recogniser.begin()
        for asked in (1, 2):
            for _ in range(10):
                turn.feed(sound(1.0), speaking=True)
            wait_for(partial(has_heard, engine, asked))
            assert turn.transcript_now() is None
        turn.feed(sound(0.5), speaking=True)
        turn.feed(sound(0.5), speaking=False)
        assert turn.finish().text == texts[-1]
    assert lengths(engine) == [10.0, 20.0, 21.0]
    assert [heard.draft and heard.draft.text for heard in engine.heard] == [None, *texts[:2]]


class Slow:
    """An engine that takes as long as it is held."""

    name = "slow"

    def __init__(self) -> None:
        self.asked: list[float] = []
        self.began = threading.Event()
        self.go_on = threading.Event()

    def transcribe(
        self,
        clip: AudioClip,
        *,
        language: str = "en",
        prompt: str = "",
        draft: Transcript | None = None,
    ) -> Transcript:
        self.asked.append(clip.duration_s)
        self.began.set()
        assert self.go_on.wait(10.0)
        return Transcript((), language, self.name)


def held(act: Callable[[BackgroundTranscript, Slow], None]) -> Slow:
    """Do something to a turn while its engine is busy with the first pause; then let it go on."""
    engine = Slow()
    with BackgroundSpeechToText(engine, draft_every_s=math.inf) as recogniser:
        turn = recogniser.begin()
        turn.feed(sound(1.0), speaking=True)
        turn.feed(sound(0.5), speaking=False)
        assert engine.began.wait(10.0)
        act(turn, engine)
        engine.go_on.set()
    return engine


def test_pauses_that_come_while_the_engine_is_busy_are_transcribed_once_together() -> None:
    def speak_on(turn: BackgroundTranscript, engine: Slow) -> None:
        for _ in range(3):
            turn.feed(sound(1.0), speaking=True)
            turn.feed(sound(0.5), speaking=False)
        assert turn.transcript_now() is None
        engine.go_on.set()
        turn.finish()

    assert held(speak_on).asked == [1.5, 6.0]


def test_cancelling_waits_for_nothing_and_frees_whoever_waits() -> None:
    raised: list[Exception] = []

    def cancel(turn: BackgroundTranscript, engine: Slow) -> None:
        def finish() -> None:
            try:
                turn.finish()
            except RuntimeError as error:
                raised.append(error)

        waiting = threading.Thread(target=finish)
        waiting.start()
        turn.cancel()
        waiting.join(10.0)
        assert not engine.go_on.is_set()

    held(cancel)
    assert len(raised) == 1


def test_the_thread_ends_with_the_recogniser_and_a_turn_after_it_says_so() -> None:
    before = threading.active_count()
    recogniser = BackgroundSpeechToText(ScriptedSpeechToText(["words"]))
    turn = recogniser.begin()
    say(turn, 1.0)
    recogniser.close()
    assert threading.active_count() == before
    turn.feed(sound(1.0), speaking=True)
    turn.feed(sound(1.0), speaking=False)
    with pytest.raises(RuntimeError):
        turn.finish()
