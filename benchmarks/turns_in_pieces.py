"""Two ways to hear a turn with pauses: whole, as the product does while it is spoken, or cut."""

from __future__ import annotations

import time
from itertools import groupby

import numpy as np

from trainer.audio.sources import frames_of
from trainer.audio.voice_activity import SileroVoiceActivity
from trainer.protocols import SpeechToText
from trainer.speech_to_text.live import BackgroundSpeechToText
from trainer.types import FRAME_SAMPLES, MODEL_RATE_HZ, AudioClip, Samples

SPEECH_PROB = 0.35
PAUSE_FRAMES = round(0.2 * MODEL_RATE_HZ / FRAME_SAMPLES)  # what counts as a pause in the talk too


def speaking_frames(clip: AudioClip) -> list[tuple[Samples, bool]]:
    """Return a clip's frames with whether somebody speaks, or fell silent a moment ago."""
    voice = SileroVoiceActivity()
    found: list[tuple[Samples, bool]] = []
    silent = PAUSE_FRAMES
    for frame in frames_of(clip):
        silent = 0 if voice.probability(frame) >= SPEECH_PROB else silent + 1
        found.append((frame, silent < PAUSE_FRAMES))
    return found


def live(engine: SpeechToText, clip: AudioClip) -> tuple[str, float]:
    """Transcribe a turn as it comes; return the words and the seconds waited for after its end.

    Every pause but the last is waited out, as it is in a talk, where sound comes no faster than
    it is spoken.
    """
    frames = speaking_frames(clip)
    last_spoken = max((at for at, (_, speaking) in enumerate(frames) if speaking), default=0)
    with BackgroundSpeechToText(engine) as recogniser:
        turn = recogniser.begin()
        for at, (frame, speaking) in enumerate(frames):
            turn.feed(frame, speaking=speaking)
            if at and not speaking and frames[at - 1][1] and at < last_spoken:
                turn.finish()
        turn.feed(np.zeros(FRAME_SAMPLES, np.float32), speaking=False)
        began = time.perf_counter()
        words = turn.finish().text
        return words, time.perf_counter() - began


def cut_at_pauses(engine: SpeechToText, clip: AudioClip) -> str:
    """Transcribe each stretch between two pauses by itself and join the words."""
    texts = []
    frames = speaking_frames(clip)
    for speaking, stretch in groupby(frames, key=lambda each: each[1]):
        if speaking:
            samples = np.concatenate([frame for frame, _ in stretch])
            texts.append(engine.transcribe(AudioClip(samples, MODEL_RATE_HZ)).text)
    return " ".join(texts)
