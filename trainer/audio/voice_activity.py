"""Voice activity: how likely a frame is to hold speech."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Any, Protocol

import numpy as np

from trainer import weights
from trainer.types import FRAME_SAMPLES, MODEL_RATE_HZ, Samples

SILERO = "silero-vad"  # its name in models/manifest.toml
CONTEXT_SAMPLES = 64  # Silero wants the last 4 ms of the frame before in front of each frame
_STATE_SHAPE = (2, 1, 128)  # its recurrent state for one stream


class VoiceActivity(Protocol):
    """Says of one frame after another how likely it is to hold speech."""

    def reset(self) -> None:
        """Forget the frames before; the next one begins a new stream."""

    def probability(self, frame: Samples) -> float:
        """Return the probability of speech in FRAME_SAMPLES samples at MODEL_RATE_HZ."""


class SileroVoiceActivity:
    """Silero VAD on onnxruntime: 0.1 ms of CPU a frame."""

    def __init__(self) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3  # errors only
        self._session = onnxruntime.InferenceSession(
            str(weights.file_of(SILERO)), options, providers=["CPUExecutionProvider"]
        )
        self._rate = np.array(MODEL_RATE_HZ, dtype=np.int64)
        self.reset()

    def reset(self) -> None:
        """Forget the frames before; the next one begins a new stream."""
        self._state = np.zeros(_STATE_SHAPE, dtype=np.float32)
        self._context = np.zeros(CONTEXT_SAMPLES, dtype=np.float32)

    def probability(self, frame: Samples) -> float:
        """Return the probability of speech in FRAME_SAMPLES samples at MODEL_RATE_HZ."""
        refuse_wrong_frame(frame)
        joined = np.concatenate((self._context, frame))[np.newaxis]
        feeds: dict[str, Any] = {"input": joined, "state": self._state, "sr": self._rate}
        output, self._state = self._session.run(None, feeds)
        self._context = frame[-CONTEXT_SAMPLES:].copy()
        return float(output[0, 0])


class LoudnessVoiceActivity:
    """Takes everything above a level for speech: a stand-in for tests and plain tones."""

    def __init__(self, threshold_dbfs: float = -45.0) -> None:
        self._threshold = 10.0 ** (threshold_dbfs / 20.0)

    def reset(self) -> None:
        """Do nothing: each frame is judged alone."""

    def probability(self, frame: Samples) -> float:
        """Return 1 for a frame above the level, else 0."""
        refuse_wrong_frame(frame)
        return float(np.sqrt(np.mean(np.square(frame))) >= self._threshold)


class ScriptedVoiceActivity:
    """Gives the probabilities of a script, one a frame; running out of it is an error."""

    def __init__(self, probabilities: Iterable[float]) -> None:
        self._script = deque(probabilities)
        self.frames: list[Samples] = []
        """The frames it was asked about."""
        self.resets = 0

    def reset(self) -> None:
        """Note it; the script goes on."""
        self.resets += 1

    def probability(self, frame: Samples) -> float:
        """Return the script's next probability."""
        refuse_wrong_frame(frame)
        if not self._script:
            raise RuntimeError(f"the voice activity script ended after {len(self.frames)} frames")
        self.frames.append(frame)
        return self._script.popleft()


def refuse_wrong_frame(frame: Samples) -> None:
    """Refuse anything but one frame: a wrong length would make the models see noise."""
    if frame.shape != (FRAME_SAMPLES,) or frame.dtype != np.float32:
        raise ValueError(
            f"a frame is float32 of shape ({FRAME_SAMPLES},), found {frame.dtype} {frame.shape}"
        )
