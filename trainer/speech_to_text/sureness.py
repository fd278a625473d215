"""How sure a recogniser is of a transcript, and when to ask before scoring it."""

from __future__ import annotations

from collections.abc import Iterable

from trainer.types import Confidence, Segment, Transcript

UNSURE_NO_SPEECH = 0.4
"""Seen: 0.00 to 0.3 on words that were there and right."""
UNSURE_LOGPROB = -1.0
"""Whisper's own limit for a decoding worth trying again."""
UNSURE_COMPRESSION = 2.4
"""Whisper's own limit: more is words said over and over."""


def worst_of(confidences: Iterable[Confidence | None]) -> Confidence | None:
    """Return the worst of each value; None where none is known."""
    known = [each for each in confidences if each is not None]
    if not known:
        return None
    return Confidence(
        no_speech_prob=max(each.no_speech_prob for each in known),
        avg_logprob=min(each.avg_logprob for each in known),
        compression_ratio=max(each.compression_ratio for each in known),
    )


def transcript_of(segments: Iterable[Segment], language: str, engine: str) -> Transcript:
    """Make a transcript of segments, as sure as the least sure of them."""
    kept = tuple(segments)
    return Transcript(kept, language, engine, worst_of(each.confidence for each in kept))


def is_unsure(transcript: Transcript) -> bool:
    """Say whether the manager should be asked before these words are scored.

    False for typed text, for a transcript without words, and where confidence is not known.
    """
    worst = transcript.confidence
    return worst is not None and (
        worst.no_speech_prob > UNSURE_NO_SPEECH
        or worst.avg_logprob < UNSURE_LOGPROB
        or worst.compression_ratio > UNSURE_COMPRESSION
    )
