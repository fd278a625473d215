"""Embeddings that are computed once and kept on disk."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trainer import paths
from trainer.protocols import Encoder

Vectors = NDArray[np.float32]


def embedded(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """Embed texts, keeping the result on disk under a hash of texts and encoder."""
    key = hashlib.sha256("\0".join((encoder.name, *texts)).encode()).hexdigest()
    kept = paths.cache_dir() / "embeddings" / f"{key}.npy"
    try:
        return np.asarray(np.load(kept), np.float32)
    except (OSError, ValueError, EOFError):
        vectors = encoder.encode(texts)
    _keep(kept, vectors)
    return vectors


def _keep(path: Path, vectors: Vectors) -> None:
    # A cache that cannot be written costs a second next time, never the talk.
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".npy", delete=False) as stream:
            np.save(stream, vectors)
        Path(stream.name).replace(path)
    except OSError:
        return
