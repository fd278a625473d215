"""Kokoro: five neural voices that can be blended, near real time on two cores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer import weights
from trainer.errors import MissingExtraError, ModelError
from trainer.text_to_speech import voice_name
from trainer.text_to_speech.quiet import silence
from trainer.text_to_speech.shaping import SHAPING, shaped
from trainer.text_to_speech.speakable import speakable
from trainer.text_to_speech.voice_name import VoiceName
from trainer.types import AudioClip

PACKAGE = "kokoro-onnx"
VOICES = ("jf_alpha", "jf_gongitsune", "jf_nezumi", "jf_tebukuro", "jm_kumo")
_LANGUAGE = "en-us"
_THREADS = 2
_SPEEDS = (0.5, 2.0)  # what kokoro-onnx accepts

Style = NDArray[np.float32]
"""One row for each length of text in phonemes, shape (510, 1, 256)."""


class KokoroTextToSpeech:
    """Speaks with Kokoro; the same text and voice give the same audio."""

    name = "kokoro"

    def __init__(self, engine: Any, styles: Mapping[str, Style], version: str) -> None:
        self.version = version
        self._engine = engine
        self._styles = styles

    @classmethod
    def load(cls) -> KokoroTextToSpeech:
        """Load the carried model and voices.

        Raises:
            MissingExtraError: kokoro-onnx is not installed.
            ModelError: The weights are missing or not the pinned ones.
        """
        try:
            from kokoro_onnx import Kokoro
        except ImportError as error:
            raise MissingExtraError("the Kokoro voices", "kokoro") from error
        silence("kokoro_onnx", "phonemizer")
        model = weights.file_of("kokoro")
        voices = weights.file_of("kokoro", "voices")
        engine = Kokoro.from_session(_session(str(model)), str(voices))
        engine.voices.close()  # an open file otherwise; the styles are read below
        with np.load(voices) as read:
            styles = {name: np.asarray(read[name], dtype=np.float32) for name in VOICES}
        pinned = weights.model("kokoro")
        version = "+".join(
            (
                str(weights.carried_version(PACKAGE)),
                pinned.weights.sha256[:12],
                pinned.beside["voices"].sha256[:12],
                f"espeak{weights.carried_version('espeakng-loader')}",
                f"shaping{SHAPING}",
            )
        )
        return cls(engine, styles, version)

    def voices(self) -> tuple[str, ...]:
        """List the plain voices; see voice_name for blends and variations."""
        return VOICES

    def synthesise(self, text: str, voice: str) -> AudioClip:
        """Speak the text.

        Raises:
            UsageError: The voice is unknown or the text has no words.
            ModelError: Kokoro made no sound of it.
        """
        wanted = voice_name.parse(voice)
        for share in wanted.blend:
            voice_name.require(share.voice, VOICES, self.name)
        said = speakable(text, pauses="kept")
        speed = min(max(wanted.engine_speed, _SPEEDS[0]), _SPEEDS[1])
        try:
            samples, rate_hz = self._engine.create(
                said, self._style(wanted), speed=speed, lang=_LANGUAGE
            )
        except ValueError:
            # The package's own error quotes the line, which must not reach a log, hence no cause.
            raise ModelError("kokoro made no sound of a line; write it with other words") from None
        return shaped(samples, rate_hz, wanted.pitch_ratio)

    def _style(self, wanted: VoiceName) -> Style:
        mixed = sum(self._styles[share.voice] * np.float32(share.part) for share in wanted.blend)
        return np.asarray(mixed, dtype=np.float32)


def _session(model: str) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _THREADS
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors
    return onnxruntime.InferenceSession(
        model, sess_options=options, providers=["CPUExecutionProvider"]
    )
