"""Delivery (rubric 9): who spoke how long, how fast, and how much silence was left.

Everything here comes from where voices lie in the audio, and the words only for their number. It is
shown beside the scores and never goes into them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median
from typing import NamedTuple

from trainer.types import Delivery

JOINED_S = 0.3  # a shorter gap lies inside speech: between words, or in a stop sound
SHORTEST_S = 0.12  # a click is shorter, "why" is not
MOST_SHARE = 0.6  # of the talking; half is good (rubric 9)
GOOD_WORDS, MANY_WORDS = 20, 30
SLOW_WPM, FAST_WPM = 110, 190
GOOD_SILENCE_S = 1.0
_PACED_WORDS = 20  # fewer in a whole talk say nothing about pace
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Span(NamedTuple):
    """A stretch in which one voice is heard, seconds."""

    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.end_s - self.start_s


def spans_of(heard: Sequence[bool], frame_s: float) -> tuple[Span, ...]:
    """Return where a voice lies, from whether it is heard in each frame."""
    spans: list[Span] = []
    start: int | None = None
    for index, is_heard in enumerate([*heard, False]):
        if is_heard and start is None:
            start = index
        elif not is_heard and start is not None:
            begin_s, end_s = start * frame_s, index * frame_s
            if spans and begin_s - spans[-1].end_s <= JOINED_S:
                begin_s = spans.pop().start_s
            spans.append(Span(begin_s, end_s))
            start = None
    return tuple(span for span in spans if span.duration_s >= SHORTEST_S)


def turn_delivery(manager: Sequence[Span], salesperson: Sequence[Span]) -> Delivery:
    """Measure one turn.

    Args:
        manager: Where the manager's voice lies, from the turn before to the end of this one.
        salesperson: Where the salesperson's lies, in the same time.
    """
    speech_s = sum(span.duration_s for span in manager)
    told_s = sum(span.duration_s for span in salesperson)
    if not salesperson or not manager:
        return Delivery(speech_s, told_s)
    silent_from_s = salesperson[-1].end_s
    # A "mhm" begins and ends while they speak, or they go on after it.
    over = any(
        salesperson[-1].start_s < span.start_s < silent_from_s < span.end_s for span in manager
    )
    starts = [span.start_s for span in manager if span.start_s >= silent_from_s]
    left_s = starts[0] - silent_from_s if starts and not over else None
    return Delivery(speech_s, told_s, left_s, over)


@dataclass(frozen=True, slots=True)
class TalkDelivery:
    """A whole talk's delivery; None for what there was too little of to measure."""

    talk_share: float | None
    """The manager's part of the talking, 0 to 1."""
    words_per_turn: float
    pace_wpm: float | None
    """Words a minute of the manager's speech, thinking pauses left out."""
    silence_left_s: float | None
    """Median silence after the salesperson stopped."""
    interruptions: int


def talk_delivery(turns: Sequence[tuple[str, Delivery]]) -> TalkDelivery | None:
    """Measure a talk from each kept turn's words and delivery; None without spoken turns."""
    spoken = [(count_words(text), each) for text, each in turns if each.speech_s > 0.0]
    if not spoken:
        return None
    words = sum(count for count, _ in spoken)
    speech_s = sum(each.speech_s for _, each in spoken)
    told = [each.salesperson_s for _, each in spoken if each.salesperson_s is not None]
    left = [each.left_s for _, each in spoken if each.left_s is not None]
    return TalkDelivery(
        talk_share=speech_s / (speech_s + sum(told)) if sum(told) > 0.0 else None,
        words_per_turn=mean(count for count, _ in spoken),
        pace_wpm=60.0 * words / speech_s if words >= _PACED_WORDS else None,
        silence_left_s=median(left) if left else None,
        interruptions=sum(each.interrupted for _, each in spoken),
    )


def count_words(text: str) -> int:
    """Count words; "don't" is one."""
    return len(_WORD.findall(text))


def delivery_lines(talk: TalkDelivery, *, name: str) -> list[str]:
    """Say a talk's delivery in plain words, what is out of the good range with it.

    Args:
        talk: The measures.
        name: Who was talked to.
    """
    parts = []
    if talk.talk_share is not None:
        parts.append(_flagged(f"you spoke {talk.talk_share:.0%} of the time", _share(talk)))
    parts.append(_flagged(f"{talk.words_per_turn:.0f} words a turn", _length(talk)))
    if talk.pace_wpm is not None:
        parts.append(_flagged(f"{talk.pace_wpm:.0f} words a minute", _pace(talk.pace_wpm)))
    if talk.silence_left_s is not None:
        short = talk.silence_left_s < GOOD_SILENCE_S
        left = f"{talk.silence_left_s:.1f} s of silence left after {name} stopped"
        parts.append(_flagged(left, "a second lets them go on" if short else None))
    if talk.interruptions:
        times = "once" if talk.interruptions == 1 else f"{talk.interruptions} times"
        parts.append(f"{name} interrupted {times}")
    return [f"Delivery (not part of the scores): {', '.join(parts)}."]


def _flagged(measure: str, flag: str | None) -> str:
    return measure if flag is None else f"{measure} ({flag})"


def _share(talk: TalkDelivery) -> str | None:
    return "half of it is theirs" if (talk.talk_share or 0.0) > MOST_SHARE else None


def _length(talk: TalkDelivery) -> str | None:
    return f"{GOOD_WORDS} are enough" if talk.words_per_turn > MANY_WORDS else None


def _pace(pace_wpm: float) -> str | None:
    if pace_wpm > FAST_WPM:
        return "fast"
    return "slow" if pace_wpm < SLOW_WPM else None
