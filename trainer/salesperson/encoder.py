"""Sentence encoders: MiniLM from its carried weights, and a fake that counts words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from trainer import weights
from trainer.errors import ModelError
from trainer.types import Samples

Vectors = NDArray[np.float32]

MOST_TOKENS = 64  # spoken turns are short; the tail of a long one adds little meaning
BATCH = 32


class MiniLmEncoder:
    """all-MiniLM-L6-v2: mean of the token vectors, scaled to length 1; 384 dimensions."""

    name = "all-MiniLM-L6-v2"

    def __init__(self) -> None:
        """Load the model from its checked weights.

        Raises:
            ModelError: The weights are missing, corrupt, or cannot be read.
        """
        import torch
        from transformers import AutoModel, AutoTokenizer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # would draw over the talk

        folder = weights.file_of("minilm").parent
        for beside in weights.model("minilm").beside:
            weights.file_of("minilm", beside)
        self._torch = torch
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            self._model = AutoModel.from_pretrained(folder, local_files_only=True).eval()
        except (OSError, ValueError) as error:
            raise ModelError(
                f"model 'minilm' in {folder} cannot be loaded ({type(error).__name__}); "
                "run trainer models verify"
            ) from error

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (len(texts), 384)."""
        rows = [self._encode_batch(texts[i : i + BATCH]) for i in range(0, len(texts), BATCH)]
        return np.concatenate(rows) if rows else np.zeros((0, 384), np.float32)

    def _encode_batch(self, texts: Sequence[str]) -> Vectors:
        tokens = self._tokenizer(
            list(texts), padding=True, truncation=True, max_length=MOST_TOKENS, return_tensors="pt"
        )
        with self._torch.inference_mode():
            hidden = self._model(**tokens).last_hidden_state
        mask = tokens["attention_mask"].unsqueeze(-1)
        mean = (hidden * mask).sum(1) / mask.sum(1)
        unit: Vectors = self._torch.nn.functional.normalize(mean, dim=1).numpy()
        return unit


class WordEncoder:
    """A fake encoder: alike means sharing words. Deterministic, no weights; records its texts."""

    name = "words"
    dimensions = 512

    def __init__(self) -> None:
        """Start with nothing recorded."""
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (len(texts), 512)."""
        self.encoded.extend(texts)
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"[a-z']+", text.lower()):
                row[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.dimensions] += 1
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: Samples = (rows / np.where(norms == 0, 1, norms)).astype(np.float32)
        return unit
