"""End of turn by ear: how likely what was said is complete, from melody and rhythm."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Protocol

import numpy as np

from trainer import weights
from trainer.audio.log_mel import log_mel
from trainer.types import MODEL_RATE_HZ, Samples

SMART_TURN = "smart-turn"  # its name in models/manifest.toml
HEARD_S = 8  # Smart Turn was trained on the last 8 s of a turn
HEARD_SAMPLES = HEARD_S * MODEL_RATE_HZ
_STEADY = 1e-7  # keeps the division finite where the stretch is silent


class EndOfTurn(Protocol):
    """Says how likely a turn is complete."""

    def probability(self, samples: Samples) -> float:
        """Return the probability that what was said so far is complete.

        Args:
            samples: The turn so far at MODEL_RATE_HZ with the silence after it, shape (n,); only
                the last HEARD_SAMPLES count.
        """


class SmartTurn:
    """Smart Turn v3.2 on onnxruntime."""

    def __init__(self) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3  # errors only
        self._session = onnxruntime.InferenceSession(
            str(weights.file_of(SMART_TURN)), options, providers=["CPUExecutionProvider"]
        )

    def probability(self, samples: Samples) -> float:
        """Return the probability that what was said so far is complete."""
        feeds = {"input_features": features(samples)[np.newaxis]}
        (output,) = self._session.run(None, feeds)
        return float(output[0, 0])  # named logits, yet the sigmoid is inside the graph


def features(samples: Samples) -> np.typing.NDArray[np.float32]:
    """Prepare the end of a turn for Smart Turn, shape (80, 800).

    The last 8 s, silence put in front where there is less; level and offset are taken out over
    the whole stretch, padding included, because the model was trained so.
    """
    heard = np.zeros(HEARD_SAMPLES, dtype=np.float32)
    last = samples[-HEARD_SAMPLES:]
    heard[HEARD_SAMPLES - len(last) :] = last
    levelled = (heard - heard.mean()) / np.sqrt(heard.var() + _STEADY)
    return log_mel(levelled.astype(np.float32, copy=False))


class ScriptedEndOfTurn:
    """Gives the probabilities of a script, one a question; running out of it is an error."""

    def __init__(self, probabilities: Iterable[float]) -> None:
        self._script = deque(probabilities)
        self.asked: list[Samples] = []
        """What it was asked about."""

    def probability(self, samples: Samples) -> float:
        """Return the script's next probability."""
        self.asked.append(samples.copy())
        if not self._script:
            raise RuntimeError(f"the end-of-turn script ended before question {len(self.asked)}")
        return self._script.popleft()
