"""Saying things on an open device: one clip after another, held at once, gone on with, or dropped.

Nothing here waits: ``poll`` is called with every frame and begins the next clip when its turn has
come and it has been synthesised.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from trainer.protocols import DuplexDevice, TextToSpeech
from trainer.salesperson.unsaid import as_far_as_said
from trainer.types import MODEL_RATE_HZ, AudioClip, Line, Samples

LEAD_S = 0.01  # of silence kept in front of a clip; more would only be waiting
BACK_S = 0.4  # a line that is gone on with starts again at a quiet place within so much
_SOUNDING = 0.01  # full scale is 1
_QUIET_S = 0.02  # the stretch whose loudness is compared when looking for a quiet place
_KEPT_CLIPS = 24
SAID_SHARE = 0.9  # a line heard so far counts as said

SILENCE = AudioClip(np.zeros(0, np.float32), MODEL_RATE_HZ)


class Clips:
    """Lines as sound, synthesised in the background and kept in memory for a while."""

    def __init__(self, speech: TextToSpeech, executor: Executor) -> None:
        self._speech = speech
        self._executor = executor
        self._lock = threading.Lock()  # the answer is worked out in another thread
        self._clips: OrderedDict[tuple[str, ...], Future[AudioClip]] = OrderedDict()

    def fetch(self, text: str, voice: str) -> Future[AudioClip]:
        """Return the spoken text, or where it will be; asked again, the same one."""
        return self._kept((text, voice), lambda: self._spoken(text, voice))

    def _kept(self, key: tuple[str, ...], make: Callable[[], AudioClip]) -> Future[AudioClip]:
        with self._lock:
            clip = self._clips.get(key)
            if clip is None or (clip.done() and clip.exception() is not None):
                clip = self._clips[key] = self._executor.submit(make)
            self._clips.move_to_end(key)
            while len(self._clips) > _KEPT_CLIPS:
                self._clips.popitem(last=False)
            return clip

    def fetch_lasting(self, text: str | None, voice: str, seconds: float) -> Future[AudioClip]:
        """Return the text, or nothing, filled up with silence to a length."""

        def made() -> AudioClip:
            return _filled(self._spoken(text, voice) if text else SILENCE, seconds)

        return self._kept((str(text), voice, str(seconds)), made)

    def fetch_within(self, texts: Sequence[str], voice: str, longest_s: float) -> Future[AudioClip]:
        """Return the first of these that is no longer than that when spoken; silence if none is."""

        def made() -> AudioClip:
            clips = (self._spoken(text, voice) for text in texts)
            return next((clip for clip in clips if clip.duration_s <= longest_s), SILENCE)

        return self._kept((*texts, voice), made)

    def _spoken(self, text: str, voice: str) -> AudioClip:
        return without_lead(self._speech.synthesise(text, voice))


class Item(NamedTuple):
    """Something to say."""

    clip: Future[AudioClip]
    line: Line | None = None
    """The line it is; None for a breath or a coach's words."""


@dataclass(slots=True)
class _Playing:
    item: Item
    clip: AudioClip
    offset: int = 0
    """Samples of the clip said before it was held."""


class Voice:
    """What is being said, and how far it has got."""

    def __init__(self, device: DuplexDevice) -> None:
        self._device = device
        self._left: deque[Item] = deque()
        self._playing: _Playing | None = None
        self._said: list[Line] = []
        self._held = False

    def begin(self, items: Iterable[Item]) -> None:
        """Say these; whatever was being said is dropped."""
        self.drop()
        self._left = deque(items)
        self.poll()

    def poll(self) -> None:
        """Begin the next clip if it is time.

        Raises:
            Exception: Whatever the voice raised instead of a clip.
        """
        if self._held or self._device.is_playing:
            return
        if self._playing is not None:
            if self._playing.item.line is not None:
                self._said.append(self._playing.item.line)
            self._playing = None
        if self._left and self._left[0].clip.done():
            item = self._left.popleft()
            self._play(_Playing(item, item.clip.result()))

    def _play(self, playing: _Playing) -> None:
        self._playing = playing
        clip = playing.clip
        self._device.play(AudioClip(clip.samples[playing.offset :], clip.sample_rate_hz))

    @property
    def is_speaking(self) -> bool:
        """Whether there is more to say, held or not."""
        return self._playing is not None or bool(self._left)

    @property
    def is_on_a_line(self) -> bool:
        """Whether it is the salesperson's own words, not a breath or the coach's."""
        return self._playing is not None and self._playing.item.line is not None

    @property
    def is_held(self) -> bool:
        """Whether it was told to hold."""
        return self._held

    def hold(self) -> None:
        """Fall silent at once, and remember where."""
        if self._held:
            return
        heard = self._device.stop()
        self._held = True
        if self._playing is not None:
            self._playing.offset += heard

    def go_on(self) -> None:
        """Go on where it was held, from the last quiet place before."""
        self._held = False
        if self._playing is not None:
            clip, at = self._playing.clip, self._playing.offset
            if at >= len(clip.samples):
                self.poll()
            else:
                self._play(
                    _Playing(self._playing.item, clip, quiet_place(clip, at, round_s=BACK_S))
                )

    def drop(self) -> tuple[Line, ...]:
        """Say no more; return the lines as far as they were heard."""
        if not self._held and self._playing is not None:
            self.hold()
        said = [*self._said]
        if self._playing is not None and self._playing.item.line is not None:
            clip = self._playing.clip
            share = _share(clip, self._playing.offset)
            line = self._playing.item.line
            part = line if share >= SAID_SHARE else as_far_as_said(line, share)
            said += [part] if part is not None else []
        self._left.clear()
        self._playing = None
        self._said = []
        self._held = False
        return tuple(said)


def _share(clip: AudioClip, heard: int) -> float:
    """Return how much of a clip's speech lies before a sample."""
    sounding = np.flatnonzero(np.abs(clip.samples) > _SOUNDING)
    if len(sounding) == 0:
        return 1.0
    first, last = int(sounding[0]), int(sounding[-1]) + 1
    return min(1.0, max(0.0, (heard - first) / (last - first)))


def _filled(clip: AudioClip, seconds: float) -> AudioClip:
    missing = max(0, round(seconds * clip.sample_rate_hz) - len(clip.samples))
    return AudioClip(np.pad(clip.samples, (0, missing)), clip.sample_rate_hz)


def without_lead(clip: AudioClip) -> AudioClip:
    """Return a clip without the silence in front: it would only be waited through."""
    sounding = np.flatnonzero(np.abs(clip.samples) > _SOUNDING)
    first = int(sounding[0]) if len(sounding) else 0
    start = max(0, first - round(LEAD_S * clip.sample_rate_hz))
    return AudioClip(np.ascontiguousarray(clip.samples[start:]), clip.sample_rate_hz)


def quiet_place(clip: AudioClip, at: int, *, round_s: float) -> int:
    """Return the quietest place in the stretch before a sample."""
    width = round(_QUIET_S * clip.sample_rate_hz)
    start = max(0, at - round(round_s * clip.sample_rate_hz))
    stretch: Samples = clip.samples[start:at]
    count = len(stretch) // width
    if count < 2:
        return start
    loudness = np.square(stretch[: count * width].reshape(count, width)).mean(axis=1)
    return start + int(np.argmin(loudness)) * width
