"""A Whisper small enough to write by hand, as the CTranslate2 file that carries it."""

from __future__ import annotations

import struct
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

TYPES = {"float32": 0, "int8": 1, "int16": 2, "int32": 3, "float16": 4}
ALIASES = {"decoder/projection/weight": "decoder/embeddings/weight"}

STATE, HEADS, LAYERS, MELS, VOCABULARY = 8, 2, 2, 80, 51864
AUDIO_CONTEXT, TEXT_CONTEXT = 1500, 448


def tiny_tensors() -> dict[str, NDArray[np.generic]]:
    """Return the tensors of a Whisper with random weights, by CTranslate2's names."""
    shapes: dict[str, tuple[int, ...]] = {
        "encoder/conv1/weight": (STATE, MELS, 3),
        "encoder/conv1/bias": (STATE,),
        "encoder/conv2/weight": (STATE, STATE, 3),
        "encoder/conv2/bias": (STATE,),
        "encoder/position_encodings/encodings": (AUDIO_CONTEXT, STATE),
        "decoder/embeddings/weight": (VOCABULARY, STATE),
        "decoder/position_encodings/encodings": (TEXT_CONTEXT, STATE),
    }
    for side in ("encoder", "decoder"):
        shapes |= norm(f"{side}/layer_norm")
        for layer in range(LAYERS):
            block = f"{side}/layer_{layer}"
            shapes |= attention(f"{block}/self_attention", 3, 1)
            shapes |= norm(f"{block}/ffn/layer_norm")
            shapes |= linear(f"{block}/ffn/linear_0", 4 * STATE, STATE)
            shapes |= linear(f"{block}/ffn/linear_1", STATE, 4 * STATE)
            if side == "decoder":
                shapes |= attention(f"{block}/attention", 1, 2, 1)
    rng = np.random.default_rng(1)
    tensors: dict[str, NDArray[np.generic]] = {
        name: rng.standard_normal(shape).astype(np.float16) for name, shape in shapes.items()
    }
    for name, biases in tensors.items():  # keys have none
        if name.endswith("self_attention/linear_0/bias"):
            biases[STATE : 2 * STATE] = 0
        elif name.endswith("/attention/linear_1/bias"):
            biases[:STATE] = 0
    return tensors | settings()


def settings() -> dict[str, NDArray[np.generic]]:
    flags = ("alibi", "pre_norm", "scale_embeddings", "start_from_zero_embedding", "activation")
    numbers = ("alignment_heads", "alignment_layer", "num_heads")
    return {
        "encoder/num_heads": np.array(HEADS, np.int16),
        **{f"decoder/{name}": np.array(1, np.int8) for name in flags},
        **{f"decoder/{name}": np.array(HEADS, np.int16) for name in numbers},
    }


def norm(name: str) -> dict[str, tuple[int, ...]]:
    return {f"{name}/gamma": (STATE,), f"{name}/beta": (STATE,)}


def linear(name: str, out: int, into: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}/weight": (out, into), f"{name}/bias": (out,)}


def attention(name: str, *stacked: int) -> dict[str, tuple[int, ...]]:
    shapes = norm(f"{name}/layer_norm")
    for number, count in enumerate(stacked):
        shapes |= linear(f"{name}/linear_{number}", count * STATE, STATE)
    return shapes


def string(text: str) -> bytes:
    return struct.pack("<H", len(text) + 1) + text.encode() + b"\0"


def written(
    tensors: Mapping[str, NDArray[np.generic]],
    *,
    version: int = 6,
    spec: str = "WhisperSpec",
    aliases: Mapping[str, str] = ALIASES,
) -> bytes:
    """Write a CTranslate2 file."""
    parts = [struct.pack("<I", version), string(spec), struct.pack("<II", 3, len(tensors))]
    for name, values in tensors.items():
        head = struct.pack(f"<B{values.ndim}I", values.ndim, *values.shape)
        parts += [string(name), head, struct.pack("<BI", TYPES[str(values.dtype)], values.nbytes)]
        parts.append(values.tobytes())
    parts.append(struct.pack("<I", len(aliases)))
    parts += [string(alias) + string(name) for alias, name in aliases.items()]
    return b"".join(parts)
