"""Measure voices by listening to them: pitch, speed of synthesis, and what Whisper makes of them.

::

    .venv/bin/python -m tests.text_to_speech.measure kokoro jf_alpha jf_alpha+jm_kumo~-1

This is how the table in docs/design/voices.md was made.
"""

from __future__ import annotations

import sys
import time
from typing import NamedTuple

import numpy as np

from trainer.text_to_speech import choose
from trainer.types import MODEL_RATE_HZ, AudioClip, Samples

SENTENCES = (
    "Honestly, I've been making the calls all week, and nobody wants to talk about the renewal.",
    "I don't know. Maybe I should ask my team how they handled the pricing question last quarter.",
    "We were 10% below target in Q3, and the CFO and I agreed on €40,000 by Friday.",
)
FEMALE_ABOVE_HZ, MALE_BELOW_HZ = 185.0, 140.0  # between them a voice may be taken for either

_FRAME = 640  # 40 ms at MODEL_RATE_HZ: two periods of the lowest voice
_HOP = 160
_LOWEST_HZ, _HIGHEST_HZ = 60, 400
_VOICED = 0.6  # autocorrelation of a frame that has a pitch
_AUDIBLE = 0.03  # root mean square of a frame worth looking at


class Pitch(NamedTuple):
    """Where a voice lies: median, and the range from the 10th to the 90th percentile."""

    median_hz: float
    low_hz: float
    high_hz: float

    @property
    def sounds(self) -> str:
        """Say what most people would take the voice for, going by pitch alone."""
        if self.median_hz > FEMALE_ABOVE_HZ:
            return "female"
        return "male" if self.median_hz < MALE_BELOW_HZ else "ambiguous"


def at_model_rate(clip: AudioClip) -> Samples:
    """Return the clip's samples at MODEL_RATE_HZ."""
    import soxr

    return np.asarray(soxr.resample(clip.samples, clip.sample_rate_hz, MODEL_RATE_HZ), np.float32)


def pitch_of(samples: Samples) -> Pitch | None:
    """Find the pitch of speech at MODEL_RATE_HZ by autocorrelation; None if nothing is voiced."""
    window = np.hanning(_FRAME)
    weight = _autocorrelation(window) + 1e-9
    found = []
    for start in range(0, len(samples) - _FRAME, _HOP):
        frame = samples[start : start + _FRAME].astype(np.float64)
        if np.sqrt(np.mean(frame**2)) > _AUDIBLE:
            likeness = _autocorrelation((frame - frame.mean()) * window) / weight
            lag = _period(likeness / likeness[0])
            found += [MODEL_RATE_HZ / lag] if lag else []
    return Pitch(*map(float, np.percentile(found, (50, 10, 90)))) if found else None


def _autocorrelation(frame: np.ndarray) -> np.ndarray:
    return np.correlate(frame, frame, "full")[len(frame) - 1 :]


def _period(likeness: np.ndarray) -> int | None:
    shortest, longest = MODEL_RATE_HZ // _HIGHEST_HZ, MODEL_RATE_HZ // _LOWEST_HZ
    best = shortest + int(np.argmax(likeness[shortest:longest]))
    for part in (4, 3, 2):  # a multiple of the period is as good a fit; take the period itself
        low = max(best // part - 2, shortest)
        near = likeness[low : best // part + 3]
        if best // part >= shortest and near.max() > 0.9 * likeness[best]:
            best = low + int(np.argmax(near))
            break
    return best if likeness[best] > _VOICED else None


def main(engine_name: str, *voices: str) -> None:
    """Print one line for each voice."""
    import jiwer
    from whisper.normalizers import EnglishTextNormalizer

    from trainer.speech_to_text.whisper import WhisperSpeechToText

    plain = EnglishTextNormalizer()
    engine, recogniser = choose.load(engine_name), WhisperSpeechToText.load("base")
    print("voice | pitch Hz (10-90 %) | sounds | word errors % | real-time factor")
    for voice in voices or engine.voices():
        began = time.perf_counter()
        clips = [engine.synthesise(sentence, voice) for sentence in SENTENCES]
        took_s = time.perf_counter() - began
        pitch = pitch_of(np.concatenate([at_model_rate(clip) for clip in clips]))
        heard = [plain(recogniser.transcribe(clip).text) for clip in clips]
        errors = jiwer.wer([plain(sentence) for sentence in SENTENCES], heard)
        factor = took_s / sum(clip.duration_s for clip in clips)
        where = f"{pitch.median_hz:.0f} ({pitch.low_hz:.0f}-{pitch.high_hz:.0f})" if pitch else "-"
        print(
            f"{voice} | {where} | {pitch.sounds if pitch else '-'} | "
            f"{100 * errors:.0f} | {factor:.2f}"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
