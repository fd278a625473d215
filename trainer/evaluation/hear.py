"""Recordings to words: one turn a file, or a whole talk with one speaker a channel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from trainer.audio.channels import read_channels
from trainer.audio.listen import LEAD_IN_S, TAIL_S, listen_to_recording
from trainer.audio.turn_detector import AudioTurnDetector
from trainer.audio.voice_activity import VoiceActivity
from trainer.audio.wav import read_clip
from trainer.errors import AudioInputError
from trainer.evaluation.talks import Channel, Item, OtherSide, Talk, TwoChannelTalk
from trainer.protocols import SpeechToText
from trainer.types import FRAME_SAMPLES, MODEL_RATE_HZ, AudioClip, ManagerTurn, Samples, Transcript

SPEECH = 0.5  # probability from which a frame counts as speech
PAUSE_S = 0.8  # silence that ends an utterance
SHORTEST_S = 0.2  # less speech is a click or a breath
LONGEST_S = 28.0  # of one clip given to the recogniser, which takes half a minute at a time


class Utterance(NamedTuple):
    """A stretch of one speaker's speech, in samples at MODEL_RATE_HZ."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parts:
    """What hearing needs."""

    recogniser: SpeechToText
    detector: AudioTurnDetector
    activity: VoiceActivity


class Listener:
    """Hears recordings; its parts are built when the first one comes."""

    def __init__(self, build: Callable[[], Parts]) -> None:
        """Take how to build the parts, since written turns need none."""
        self._build = build
        self._built: Parts | None = None

    @property
    def _parts(self) -> Parts:
        if self._built is None:
            self._built = self._build()
        return self._built

    def hear(self, recording: Path) -> Transcript:
        """Transcribe the speech in a recording of one turn; silence gives no words.

        Raises:
            AudioInputError: It cannot be used.
        """
        clip = read_clip(recording)
        parts = self._parts
        utterance = listen_to_recording(clip, parts.detector)
        if utterance.clip is None:
            return Transcript((), "en", parts.recogniser.name)
        return parts.recogniser.transcribe(utterance.clip)

    def hear_talk(self, talk: TwoChannelTalk) -> tuple[Talk, str]:
        """Transcribe both sides of a talk; return it with the recogniser's name.

        Raises:
            AudioInputError: It cannot be used, or the manager's channel holds no speech.
        """
        left, right = read_channels(talk.recording)
        sides = (left, right) if talk.manager is Channel.LEFT else (right, left)
        parts = self._parts
        spoken = [utterances(side, parts.activity) for side in sides]
        if not spoken[0]:
            raise AudioInputError(
                f"{talk.recording}: nobody speaks on the manager's channel ({talk.manager}); "
                "is it the other one?"
            )
        items: list[Item] = []
        said: list[str] = []
        for mine, run in floor(spoken[0], spoken[1]):
            text = self._words(sides[0 if mine else 1], run)
            if not mine:
                said += [text] if text else []
                continue
            items.append(
                Item(
                    f"{talk.id}/{len(items) + 1}",
                    talk.where,
                    ManagerTurn(text, tuple(said[-2:]), tuple(said[:-2]), talk.kind),
                    talk.recording,
                    round(run[0].start / MODEL_RATE_HZ, 2),
                    round(run[-1].end / MODEL_RATE_HZ, 2),
                )
            )
        other = OtherSide(sum(len(line.split()) for line in said), _seconds(spoken[1]))
        return (
            Talk(talk.id, talk.where, tuple(items), talk.kind, other=other),
            parts.recogniser.name,
        )

    def _words(self, side: Samples, run: Sequence[Utterance]) -> str:
        clips = (
            AudioClip(np.ascontiguousarray(side[start:end]), MODEL_RATE_HZ)
            for start, end in clip_bounds(run, len(side))
        )
        return " ".join(
            filter(None, (self._parts.recogniser.transcribe(clip).text for clip in clips))
        )


def utterances(side: Samples, activity: VoiceActivity) -> list[Utterance]:
    """Find where one speaker speaks; pauses under PAUSE_S do not part an utterance."""
    activity.reset()
    found: list[Utterance] = []
    frames = 0
    pause = round(PAUSE_S * MODEL_RATE_HZ)
    least = max(1, round(SHORTEST_S * MODEL_RATE_HZ / FRAME_SAMPLES))
    for start in range(0, len(side) - FRAME_SAMPLES + 1, FRAME_SAMPLES):
        end = start + FRAME_SAMPLES
        if activity.probability(side[start:end]) < SPEECH:
            continue
        if found and start - found[-1].end < pause:
            found[-1], frames = Utterance(found[-1].start, end), frames + 1
            continue
        if found and frames < least:
            found.pop()
        found.append(Utterance(start, end))
        frames = 1
    if found and frames < least:
        found.pop()
    return found


def floor(
    mine: Sequence[Utterance], theirs: Sequence[Utterance]
) -> Iterator[tuple[bool, list[Utterance]]]:
    """Yield whose turn it is and what they say in it, in order.

    Something said wholly inside the other's utterance ("mm", "right") does not take the floor.
    """
    said = [(each, True) for each in mine if not _within(each, theirs)]
    said += [(each, False) for each in theirs if not _within(each, mine)]
    run: list[Utterance] = []
    whose = True
    for each, is_mine in sorted(said):
        if run and is_mine is not whose:
            yield whose, run
            run = []
        whose = is_mine
        run.append(each)
    if run:
        yield whose, run


def _within(one: Utterance, others: Sequence[Utterance]) -> bool:
    return any(each.start <= one.start and one.end <= each.end and each != one for each in others)


def clip_bounds(run: Sequence[Utterance], length: int) -> list[tuple[int, int]]:
    """Put a turn's utterances into as few clips as the recogniser's window allows."""
    lead, tail = round(LEAD_IN_S * MODEL_RATE_HZ), round(TAIL_S * MODEL_RATE_HZ)
    most = round(LONGEST_S * MODEL_RATE_HZ)
    bounds: list[tuple[int, int]] = []
    for start, end in run:
        start, end = max(0, start - lead), min(length, end + tail)
        if bounds and end - bounds[-1][0] <= most:
            bounds[-1] = (bounds[-1][0], end)
        else:
            bounds.append((start, end))
    return bounds


def _seconds(spoken: Sequence[Utterance]) -> float:
    return round(sum(each.end - each.start for each in spoken) / MODEL_RATE_HZ, 2)
