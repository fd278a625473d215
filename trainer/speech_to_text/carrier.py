"""Carries Whisper's weights from an installed CTranslate2 file to an openai-whisper checkpoint.

A CTranslate2 ``model.bin`` of binary version 6 is little-endian throughout::

    u32 version · string spec · u32 revision
    u32 count,  then for each tensor  string name · u8 rank · u32[rank] shape
                                      u8 type · u32 bytes · the values
    u32 count,  then for each alias   string alias · string name

A string is its length as u16, counting the NUL byte that ends it. The values are the same half
precision numbers as in OpenAI's own checkpoint; only names and the stacking of the attention
projections differ, so the rewrite loses nothing.
"""

from __future__ import annotations

import hashlib
import io
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trainer import paths, weights
from trainer.errors import ModelError

CARRIED = {"base": "whisper-base", "tiny.en": "whisper-tiny-en"}
"""openai-whisper's names of the models whose weights are installed, and their manifest names."""

Tensors = Mapping[str, NDArray[np.generic]]

_BINARY_VERSION = 6
_TYPES = {
    0: "<f4",
    1: "i1",
    2: "<i2",
    3: "<i4",
    4: "<f2",
}  # CTranslate2's numbers for element types
_REWRITE = 1  # raise it when the rewrite changes, so that older checkpoints are left behind

_TIED = {
    "decoder/projection/weight": "decoder/embeddings/weight"
}  # Whisper has one matrix for both

_SETTINGS = {  # scalars that openai-whisper fixes in its code
    "decoder/activation",
    "decoder/alibi",
    "decoder/alignment_heads",
    "decoder/alignment_layer",
    "decoder/num_heads",
    "decoder/pre_norm",
    "decoder/scale_embeddings",
    "decoder/start_from_zero_embedding",
    "encoder/num_heads",
}

_OUTSIDE_BLOCKS = {
    "encoder/conv1/weight": "encoder.conv1.weight",
    "encoder/conv1/bias": "encoder.conv1.bias",
    "encoder/conv2/weight": "encoder.conv2.weight",
    "encoder/conv2/bias": "encoder.conv2.bias",
    "encoder/position_encodings/encodings": "encoder.positional_embedding",
    "encoder/layer_norm/gamma": "encoder.ln_post.weight",
    "encoder/layer_norm/beta": "encoder.ln_post.bias",
    "decoder/embeddings/weight": "decoder.token_embedding.weight",
    "decoder/position_encodings/encodings": "decoder.positional_embedding",
    "decoder/layer_norm/gamma": "decoder.ln.weight",
    "decoder/layer_norm/beta": "decoder.ln.bias",
}

# The linear layers of one block: what each stacks, top to bottom. Keys have no bias in Whisper.
_SELF_ATTENTION = {
    "self_attention/linear_0": ("attn.query", "attn.key", "attn.value"),
    "self_attention/linear_1": ("attn.out",),
    "ffn/linear_0": ("mlp.0",),
    "ffn/linear_1": ("mlp.2",),
}
_CROSS_ATTENTION = {
    "attention/linear_0": ("cross_attn.query",),
    "attention/linear_1": ("cross_attn.key", "cross_attn.value"),
    "attention/linear_2": ("cross_attn.out",),
}
_NORMS = {"self_attention": "attn_ln", "ffn": "mlp_ln"}
_CROSS_NORMS = {"attention": "cross_attn_ln"}


@dataclass(frozen=True, slots=True)
class BinarySpec:
    """What a CTranslate2 file holds; the tensors are views of its bytes."""

    spec: str
    revision: int
    tensors: Tensors
    aliases: Mapping[str, str]


class _Reader:
    """Reads one field after another."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self, kind: str) -> int:
        (value,) = struct.unpack_from(f"<{kind}", self._data, self._at)
        self._at += struct.calcsize(kind)
        return int(value)

    def take(self, size: int) -> memoryview:
        if self._at + size > len(self._data):
            raise ValueError(f"{size} bytes were announced at {self._at}, past the end")
        taken = memoryview(self._data)[self._at : self._at + size]
        self._at += size
        return taken

    def string(self) -> str:
        return bytes(self.take(self.number("H"))).rstrip(b"\0").decode()

    def tensor(self) -> NDArray[np.generic]:
        shape = tuple(self.number("I") for _ in range(self.number("B")))
        kind = self.number("B")
        if kind not in _TYPES:
            raise ValueError(f"element type {kind} before {self._at}, expected one of {[*_TYPES]}")
        values = np.frombuffer(self.take(self.number("I")), dtype=_TYPES[kind])
        return values.reshape(shape)

    def end(self) -> None:
        if self._at != len(self._data):
            raise ValueError(f"{len(self._data) - self._at} bytes are left over at the end")


def read_spec(data: bytes) -> BinarySpec:
    """Read a CTranslate2 file.

    Raises:
        ModelError: It is cut short, or of another layout.
    """
    reader = _Reader(data)
    try:
        version = reader.number("I")
        if version != _BINARY_VERSION:
            raise ValueError(f"binary version {version}, expected {_BINARY_VERSION}")
        spec, revision = reader.string(), reader.number("I")
        tensors = {reader.string(): reader.tensor() for _ in range(reader.number("I"))}
        aliases = {reader.string(): reader.string() for _ in range(reader.number("I"))}
        reader.end()
    except (ValueError, struct.error) as error:
        raise ModelError(
            f"this CTranslate2 file cannot be read ({error}); run make setup to reinstall it"
        ) from error
    return BinarySpec(spec, revision, tensors, aliases)


def dimensions(tensors: Tensors) -> dict[str, int]:
    """Work out openai-whisper's ``dims`` from the tensors' shapes."""
    n_audio_ctx, n_audio_state = tensors["encoder/position_encodings/encodings"].shape
    n_text_ctx, n_text_state = tensors["decoder/position_encodings/encodings"].shape
    return {
        "n_mels": tensors["encoder/conv1/weight"].shape[1],
        "n_audio_ctx": n_audio_ctx,
        "n_audio_state": n_audio_state,
        "n_audio_head": int(tensors["encoder/num_heads"]),
        "n_audio_layer": _layers(tensors, "encoder"),
        "n_vocab": tensors["decoder/embeddings/weight"].shape[0],
        "n_text_ctx": n_text_ctx,
        "n_text_state": n_text_state,
        "n_text_head": int(tensors["decoder/num_heads"]),
        "n_text_layer": _layers(tensors, "decoder"),
    }


def _layers(tensors: Tensors, side: str) -> int:
    return len(
        {name.split("/")[1] for name in tensors if name.startswith(f"{side}/layer_")}
        - {"layer_norm"}
    )


def state_dict(spec: BinarySpec) -> dict[str, NDArray[np.generic]]:
    """Rename and unstack a Whisper's tensors to openai-whisper's names.

    Raises:
        ModelError: It is no Whisper, a tensor is missing or left over, or a value would be lost.
    """
    if spec.spec != "WhisperSpec" or dict(spec.aliases) != _TIED:
        raise ModelError(
            f"this CTranslate2 file holds a {spec.spec} with aliases {dict(spec.aliases)}, "
            f"expected a WhisperSpec with {_TIED}; run make setup to reinstall it"
        )
    left = dict(spec.tensors)
    try:
        renamed = {ours: left.pop(theirs) for theirs, ours in _OUTSIDE_BLOCKS.items()}
        for side, linears, norms in (
            ("encoder", _SELF_ATTENTION, _NORMS),
            ("decoder", _SELF_ATTENTION | _CROSS_ATTENTION, _NORMS | _CROSS_NORMS),
        ):
            for layer in range(_layers(spec.tensors, side)):
                theirs, ours = f"{side}/layer_{layer}", f"{side}.blocks.{layer}"
                for name, stacked in linears.items():
                    renamed |= _unstacked(
                        left, f"{theirs}/{name}", [f"{ours}.{n}" for n in stacked]
                    )
                for name, norm in norms.items():
                    renamed[f"{ours}.{norm}.weight"] = left.pop(f"{theirs}/{name}/layer_norm/gamma")
                    renamed[f"{ours}.{norm}.bias"] = left.pop(f"{theirs}/{name}/layer_norm/beta")
    except KeyError as error:
        raise ModelError(f"this CTranslate2 Whisper lacks the tensor {error}") from error
    if left.keys() != _SETTINGS:
        odd = ", ".join(sorted(left.keys() ^ _SETTINGS))
        raise ModelError(f"this CTranslate2 Whisper has tensors that fit nowhere, or lacks: {odd}")
    return renamed


def _unstacked(
    left: dict[str, NDArray[np.generic]], theirs: str, ours: list[str]
) -> dict[str, NDArray[np.generic]]:
    weight = np.split(left.pop(f"{theirs}/weight"), len(ours))
    bias = np.split(left.pop(f"{theirs}/bias"), len(ours))
    found: dict[str, NDArray[np.generic]] = {}
    for name, its_weight, its_bias in zip(ours, weight, bias, strict=True):
        found[f"{name}.weight"] = its_weight
        if not name.endswith(".key"):
            found[f"{name}.bias"] = its_bias
        elif its_bias.any():
            raise ModelError(f"{theirs}: keys have a bias here, which openai-whisper cannot hold")
    return found


def checkpoint(name: str) -> Path:
    """Return an openai-whisper checkpoint of a carried model, rewriting it on first use.

    A checkpoint whose bytes are not those that were written is rewritten.

    Args:
        name: ``base`` or ``tiny.en``.

    Raises:
        ModelError: The weights are missing or not the pinned ones, or the cache cannot be written.
    """
    carried = CARRIED[name]
    source = weights.model(carried).weights.sha256
    target = paths.cache_dir() / "models" / f"{carried}-{source[:16]}-{_REWRITE}.pt"
    return weights.made_once(
        target,
        lambda temporary: _write(carried, temporary, _digest_file(target)),
        is_good=_is_intact,
    )


def _digest_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _is_intact(path: Path) -> bool:
    try:
        written = _digest_file(path).read_bytes()
    except FileNotFoundError:
        return False
    return written == weights.sha256_of([path]).encode()


def _write(carried: str, target: Path, digest_file: Path) -> None:
    import torch

    spec = read_spec(weights.bytes_of(carried))
    # Copied: torch warns about memory it may not write to.
    tensors = {key: torch.from_numpy(value.copy()) for key, value in state_dict(spec).items()}
    # Into memory first: torch turns a full disk into an error without a reason.
    buffer = io.BytesIO()
    torch.save({"dims": dimensions(spec.tensors), "model_state_dict": tensors}, buffer)
    target.write_bytes(buffer.getbuffer())
    # The digest goes first: killed before the checkpoint is in place, the two differ.
    beside = digest_file.with_name(f".{digest_file.name}.making")
    beside.write_text(hashlib.sha256(buffer.getbuffer()).hexdigest())
    os.replace(beside, digest_file)
