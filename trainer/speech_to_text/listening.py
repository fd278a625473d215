"""A Whisper model that asks itself whether anybody spoke before it writes anything down."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from trainer.speech_to_text.decoded import MOST_NO_SPEECH

_FLOOR = 2.0
"""Whisper's spectrogram ends 8 powers of ten below its loudest point and is divided by 4."""


class ListeningModel:
    """Stands in for a loaded model in ``whisper.transcribe``, one call after another.

    Where it differs from the model itself:

    - The rest of a 30 s window after a short clip is silence. ``whisper.transcribe`` fills it with
      zeros, which in a logarithmic spectrogram is a noise, louder than a quiet clip's speech.
    - Whether anybody spoke is asked without the prompt, whose names do not bear on it, and
      answered for good: a window without speech is not decoded, so it costs a tenth of a second
      and not the half minute in which Whisper tries to find words in it six times over.
    - A window is encoded once, not once for each try.
    """

    def __init__(self, model: Any) -> None:
        self._model = model
        self._window: Any = None
        self._features: Any = None
        self._no_speech_prob = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def decode(self, window: Any, options: Any) -> Any:
        """Decode one window of spectrogram, shape (n_mels, 3000), unless it has no speech."""
        import whisper

        if window is not self._window:
            self._listen(window, options)
        if self._no_speech_prob > MOST_NO_SPEECH:
            return whisper.DecodingResult(
                audio_features=self._features,
                language=options.language,
                no_speech_prob=self._no_speech_prob,
                avg_logprob=-math.inf,  # makes whisper.transcribe take it for silence at once
            )
        result = self._model.decode(self._features, options)
        return replace(result, no_speech_prob=self._no_speech_prob)

    def _listen(self, window: Any, options: Any) -> None:
        import torch
        from whisper.tokenizer import get_tokenizer

        tokenizer = get_tokenizer(
            self._model.is_multilingual,
            num_languages=self._model.num_languages,
            language=options.language,
            task=options.task,
        )
        with torch.no_grad():
            features = self._model.embed_audio(_silence_after(window)[None])
            start = torch.tensor([[tokenizer.sot]])
            # Whisper was trained to say it in place of the language, straight after the start.
            odds = self._model.logits(start, features)[0, 0].softmax(dim=-1)
        self._window, self._features = window, features[0]
        self._no_speech_prob = float(odds[tokenizer.no_speech])


def _silence_after(window: Any) -> Any:
    """Replace what follows the clip in a window by silence."""
    filled = window.abs().amax(dim=0).nonzero()
    end = int(filled[-1]) + 1 if len(filled) else 0
    if end in (0, window.shape[1]):
        return window
    window = window.clone()
    window[:, end:] = window[:, :end].max() - _FLOOR
    return window
