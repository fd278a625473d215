"""An encoder that remembers: texts met before, or learnt in a batch, cost nothing again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from trainer.protocols import Encoder

Vectors = NDArray[np.float32]


class Remembering:
    """Wraps an encoder; grows by one vector a text, so it is for runs, not for servers."""

    def __init__(self, encoder: Encoder) -> None:
        """Start with nothing remembered."""
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}

    @property
    def name(self) -> str:
        """The wrapped encoder's name: the vectors are the same."""
        return self._encoder.name

    def learn(self, texts: Sequence[str]) -> None:
        """Embed what is not known yet, all in one go."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (len(texts), dimension)."""
        if not texts:
            return self._encoder.encode(texts)
        self.learn(texts)
        return np.stack([self._known[text] for text in texts])
