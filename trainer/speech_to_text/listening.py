"""A Whisper model that listens to what was said, and asks itself first whether anybody spoke."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from trainer.speech_to_text.decoded import MOST_NO_SPEECH
from trainer.speech_to_text.greedy import Writer
from trainer.speech_to_text.guard import is_believable, is_doubtful
from trainer.speech_to_text.quick_decoder import QuickDecoder, QuickEncoder
from trainer.types import MODEL_RATE_HZ

PADDING_FRAMES = 200
"""Silence after the clip, 2 s: without any Whisper does not know that it has ended."""
LEAST_FRAMES = 1300
"""Of a window, 13 s. On 200 synthetic turns there were 11.5% of word errors without a least length,
11.2% with this one and 11.0% with the full 30 s, at 0.33, 0.42 and 0.84 s of CPU a turn."""
SAMPLES_PER_FRAME = 160  # of Whisper's spectrogram: 10 ms at MODEL_RATE_HZ
_FLOOR = 2.0
"""Whisper's spectrogram ends 8 powers of ten below its loudest point and is divided by 4."""


class ListeningModel:
    """Stands in for a loaded model in ``whisper.transcribe``, one call after another.

    Where it differs from the model itself:

    - A window is first encoded only as far as the clip goes and decoded by the quick network; the
      full 30 s are encoded when what comes of that is not to be believed, and for every further
      try, which is openai-whisper's own.
    - The rest of a window after a short clip is silence. ``whisper.transcribe`` fills it with
      zeros, which in a logarithmic spectrogram is a noise, louder than a quiet clip's speech.
    - Whether anybody spoke is asked without the prompt, whose names do not bear on it, and
      answered for good: a window without speech is not decoded, so it costs a tenth of a second
      and not the half minute in which Whisper tries to find words in it six times over.
    """

    def __init__(
        self,
        model: Any,
        encoder: QuickEncoder,
        decoder: QuickDecoder,
        draft: Sequence[int] = (),
    ) -> None:
        """Put the parts together.

        Args:
            model: A loaded openai-whisper model.
            encoder: Made of it.
            decoder: Made of it.
            draft: Tokens that the first window is likely to begin with.
        """
        self._model = model
        self._encoder = encoder
        self._decoder = decoder
        self._draft = draft
        self._window: Any = None
        self._full: Any = None
        self.fallbacks = 0
        """Windows for which the quick way was not believed."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def decode(self, window: Any, options: Any) -> Any:
        """Decode one window of spectrogram, shape (n_mels, 3000), unless it has no speech."""
        import torch

        with torch.inference_mode():
            if window is not self._window:
                self._window, self._full = window, None
                if self._quickly(options):
                    return self._quick
                self.fallbacks += 1
            return self._again(options)

    def _quickly(self, options: Any) -> bool:
        """Decode as much of the window as the clip fills; say whether it can be believed."""
        filled = _filled(self._window)
        frames = min(max(filled + PADDING_FRAMES, LEAST_FRAMES), self._window.shape[1])
        frames += frames % 2
        features = self._encoded(frames)
        with _one_thread():
            writer = Writer(self._model, self._decoder, options)
            decoding = self._decoder.begin(features)
            no_speech_prob = writer.no_speech_prob(decoding)
            if is_doubtful(no_speech_prob):
                return False
            draft, self._draft = self._draft, ()
            self._quick = self._written(writer, decoding, no_speech_prob, draft)
        return no_speech_prob > MOST_NO_SPEECH or is_believable(
            self._quick, _seconds(filled), writer.most_tokens
        )

    def _again(self, options: Any) -> Any:
        """Decode the full window: without a draft, and at whatever temperature is asked for."""
        if self._full is None:
            self._full = self._encoded(self._window.shape[1])
        with _one_thread():
            greedy = replace(options, temperature=0.0, best_of=None)
            writer = Writer(self._model, self._decoder, greedy)
            decoding = self._decoder.begin(self._full)
            no_speech_prob = writer.no_speech_prob(decoding)
            if not options.temperature or no_speech_prob > MOST_NO_SPEECH:
                return self._written(writer, decoding, no_speech_prob)
            result = self._model.decode(self._full[0], options)
        return replace(result, no_speech_prob=no_speech_prob)

    def _written(
        self, writer: Writer, decoding: Any, no_speech_prob: float, draft: Sequence[int] = ()
    ) -> Any:
        import whisper

        if no_speech_prob > MOST_NO_SPEECH:
            return whisper.DecodingResult(
                audio_features=None,
                language=writer.language,
                no_speech_prob=no_speech_prob,
                avg_logprob=-math.inf,  # makes whisper.transcribe take it for silence at once
            )
        result = writer.write(decoding, _seconds(_filled(self._window)), draft)
        return replace(result, no_speech_prob=no_speech_prob)

    def _encoded(self, frames: int) -> Any:
        return self._encoder(_silence_after(self._window)[None, :, :frames])


@contextmanager
def _one_thread() -> Iterator[None]:
    """Decode on one core.

    A token is hundreds of products of a few microseconds: several threads gain little on an idle
    machine, and on a busy one they wait for each other, a hundred times as long.
    """
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _filled(window: Any) -> int:
    """Return how many frames of a window come from the clip."""
    filled = window.abs().amax(dim=0).nonzero()
    return int(filled[-1]) + 1 if len(filled) else 0


def _seconds(frames: int) -> float:
    return frames * SAMPLES_PER_FRAME / MODEL_RATE_HZ


def _silence_after(window: Any) -> Any:
    """Replace what follows the clip in a window by silence."""
    end = _filled(window)
    if end in (0, window.shape[1]):
        return window
    window = window.clone()
    window[:, end:] = window[:, :end].max() - _FLOOR
    return window
