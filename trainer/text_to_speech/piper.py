"""Piper, the default engine: quick, one male American voice, varied in pitch and speed.

``piper-tts`` is GPL-3.0-or-later, so it is an optional extra and imported here only.
"""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import numpy as np

from trainer import weights
from trainer.errors import MissingExtraError, ModelError
from trainer.text_to_speech import voice_name
from trainer.text_to_speech.quiet import silence
from trainer.text_to_speech.shaping import SHAPING, shaped
from trainer.text_to_speech.speakable import speakable
from trainer.text_to_speech.voice_name import VoiceName
from trainer.types import AudioClip

PACKAGE = "piper-tts"
VOICES = ("joe",)
ALIASES = {"en_US-joe-medium": "joe"}  # the name the voice was published under
_SEED = 17
_SENTENCE_GAP_S = 0.2  # Piper speaks sentence by sentence and leaves no pause between them
_STRETCHES = 0.68  # the part of a line's length that length_scale stretches, measured
_THREADS = 2


class PiperTextToSpeech:
    """Speaks with Piper; the same text and voice give the same audio."""

    name = "piper"

    def __init__(self, engine: Any, model: Path, version: str) -> None:
        self.version = version
        self._engine = engine
        self._model = model
        self._one_at_a_time = threading.Lock()

    @classmethod
    def load(cls) -> PiperTextToSpeech:
        """Load the carried voice.

        Raises:
            MissingExtraError: piper-tts is not installed.
            ModelError: The voice is missing or not the pinned one.
        """
        try:
            from piper.config import PiperConfig
            from piper.voice import PiperVoice
        except ImportError as error:
            raise MissingExtraError("the Piper voice", "piper") from error
        silence("piper")
        model = weights.file_of("piper-joe")
        config = json.loads(weights.file_of("piper-joe", "config").read_text(encoding="utf-8"))
        pinned = weights.model("piper-joe").weights.sha256
        version = f"{weights.carried_version(PACKAGE)}+{pinned[:12]}+shaping{SHAPING}"
        engine = PiperVoice(session=_session(model), config=PiperConfig.from_dict(config))
        return cls(engine, model, version)

    def voices(self) -> tuple[str, ...]:
        """List the plain voices; see voice_name for the variations of each."""
        return VOICES

    def synthesise(self, text: str, voice: str) -> AudioClip:
        """Speak the text.

        Raises:
            UsageError: The voice is unknown or the text has no words.
            ModelError: Piper made no sound of it.
        """
        from piper.config import SynthesisConfig

        wanted = voice_name.parse(voice)
        for share in wanted.blend:
            voice_name.require(ALIASES.get(share.voice, share.voice), VOICES, self.name)
        said = speakable(text)
        how = SynthesisConfig(length_scale=_length_scale(wanted), normalize_audio=False)
        with self._one_at_a_time:
            # Piper draws noise from generators inside the session, seeded only when it is made.
            self._engine.session = _session(self._model)
            sentences = [chunk.audio_float_array for chunk in self._engine.synthesize(said, how)]
        rate_hz = int(self._engine.config.sample_rate)
        if not sentences:
            raise ModelError("piper made no sound of a line; write it with other words")
        gap = np.zeros(int(_SENTENCE_GAP_S * rate_hz), dtype=np.float32)
        joined = np.concatenate([part for each in sentences for part in (each, gap)])
        return shaped(joined, rate_hz, wanted.pitch_ratio)


def _length_scale(wanted: VoiceName) -> float:
    # Every sound lasts whole frames and at least one, so a line shrinks and grows by less than
    # the scale says.
    return (1.0 / wanted.engine_speed - (1.0 - _STRETCHES)) / _STRETCHES


_seeding = threading.Lock()


def _session(model: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _THREADS
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors
    # Rewriting the graph takes longer (0.4 s) than it saves on a line, and it is done per line.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    with _seeding:
        onnxruntime.set_seed(_SEED)
        return onnxruntime.InferenceSession(
            str(model), sess_options=options, providers=["CPUExecutionProvider"]
        )
