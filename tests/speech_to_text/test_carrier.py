"""The carried weights become openai-whisper's own, number for number, once."""

from __future__ import annotations

import hashlib
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.speech_to_text.tiny_spec import STATE, tiny_tensors, written
from trainer import paths, weights
from trainer.errors import ModelError
from trainer.speech_to_text import carrier

Tensors = dict[str, NDArray[np.generic]]


# Reading a CTranslate2 file.


def test_every_tensor_of_a_file_is_read_with_its_name_shape_and_values() -> None:
    tensors = tiny_tensors()
    spec = carrier.read_spec(written(tensors))
    assert spec.spec == "WhisperSpec"
    assert dict(spec.aliases) == {"decoder/projection/weight": "decoder/embeddings/weight"}
    assert list(spec.tensors) == list(tensors)
    for name, values in tensors.items():
        assert spec.tensors[name].dtype == values.dtype
        np.testing.assert_array_equal(spec.tensors[name], values)


def small() -> bytes:
    return written({"a": np.arange(6, dtype=np.float16).reshape(2, 3)})


@pytest.mark.parametrize("kept", range(len(small())))
def test_a_file_cut_anywhere_is_refused(kept: int) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        carrier.read_spec(small()[:kept])


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (written({}, version=5), "binary version 5, expected 6"),
        (small() + b"x", "1 bytes are left over"),
        (small().replace(struct.pack("<BI", 4, 12), struct.pack("<BI", 9, 12)), "element type 9"),
        (small().replace(struct.pack("<II", 2, 3), struct.pack("<II", 2, 4)), "reshape"),
        (small().replace(struct.pack("<BI", 4, 12), struct.pack("<BI", 4, 999)), "past the end"),
        (b"", "unpack"),
    ],
)
def test_a_file_of_another_layout_is_refused(data: bytes, found: str) -> None:
    with pytest.raises(ModelError, match=found) as error:
        carrier.read_spec(data)
    assert "\n" not in str(error.value)


# Renaming.


def renamed(tensors: Mapping[str, NDArray[np.generic]]) -> Tensors:
    return carrier.state_dict(carrier.read_spec(written(tensors)))


def test_stacked_projections_are_taken_apart() -> None:
    tensors = tiny_tensors()
    state = renamed(tensors)
    stacked = tensors["decoder/layer_1/self_attention/linear_0/weight"]
    for row, part in enumerate(("query", "key", "value")):
        np.testing.assert_array_equal(
            state[f"decoder.blocks.1.attn.{part}.weight"], stacked[row * STATE : (row + 1) * STATE]
        )
    stacked = tensors["decoder/layer_0/attention/linear_1/bias"]
    np.testing.assert_array_equal(state["decoder.blocks.0.cross_attn.value.bias"], stacked[STATE:])
    assert not [name for name in state if name.endswith("key.bias")]


def without(name: str) -> Callable[[Tensors], object]:
    return lambda tensors: tensors.pop(name)


def with_key_bias(name: str, row: int) -> Callable[[Tensors], object]:
    return lambda tensors: tensors[name].__setitem__(row, 0.5)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (without("encoder/conv1/weight"), "lacks the tensor 'encoder/conv1/weight'"),
        (without("decoder/layer_1/ffn/layer_norm/beta"), "lacks the tensor 'decoder/layer_1/ffn"),
        (without("decoder/alibi"), "or lacks: decoder/alibi"),
        (
            lambda tensors: tensors.update({"decoder/layer_0/gate": np.zeros(1, np.float16)}),
            "fit nowhere, or lacks: decoder/layer_0/gate",
        ),
        (with_key_bias("encoder/layer_0/self_attention/linear_0/bias", STATE), "have a bias here"),
        (with_key_bias("decoder/layer_0/attention/linear_1/bias", 0), "have a bias here"),
    ],
)
def test_a_whisper_that_does_not_fit_is_refused(
    change: Callable[[Tensors], object], found: str
) -> None:
    tensors = tiny_tensors()
    change(tensors)
    with pytest.raises(ModelError, match=found):
        renamed(tensors)


@pytest.mark.parametrize("file", [{"spec": "TransformerSpec"}, {"aliases": {}}])
def test_what_is_no_whisper_or_has_its_own_output_matrix_is_refused(file: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match="expected a WhisperSpec"):
        carrier.state_dict(carrier.read_spec(written(tiny_tensors(), **file)))


# The checkpoint, with torch.


@pytest.fixture
def carried_tiny(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Tensors]:
    """Let ``tiny.en`` be a Whisper with random weights, in a cache of its own."""
    tensors = tiny_tensors()
    data = written(tensors)
    site = tmp_path / "site"
    (site / "tiny").mkdir(parents=True)
    (site / "tiny/model.bin").write_bytes(data)
    (tmp_path / "manifest.toml").write_text(
        f'[whisper-tiny-en]\ntask = "speech to text"\npackage = "tiny"\nversion = "1"\n'
        f'parts = ["tiny/model.bin"]\nsha256 = "{hashlib.sha256(data).hexdigest()}"\n'
        f'source = "a test"\nlicence = "MIT"\nbytes = {len(data)}\n'
    )
    monkeypatch.setattr(paths, "manifest_path", lambda: tmp_path / "manifest.toml")
    monkeypatch.setattr(weights, "_site_packages", lambda: site)
    monkeypatch.setenv("TRAINER_CACHE", str(tmp_path / "cache"))
    weights.manifest.cache_clear()
    yield tensors
    weights.manifest.cache_clear()


def loaded(path: Path) -> Any:
    import whisper

    return whisper.load_model(str(path), device="cpu")


@pytest.mark.model
@pytest.mark.usefixtures("carried_tiny")
def test_a_checkpoint_loads_in_openai_whisper_and_decodes() -> None:
    model = loaded(carrier.checkpoint("tiny.en"))
    assert (model.dims.n_vocab, model.dims.n_audio_layer, model.dims.n_text_head) == (51864, 2, 2)
    assert not model.is_multilingual


@pytest.mark.model
@pytest.mark.usefixtures("carried_tiny")
@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-100]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes().replace(b"\0\0\0\0", b"\0\0\1\0", 1)),
        lambda path: path.with_name(f"{path.name}.sha256").unlink(),
        lambda path: path.with_name(f"{path.name}.sha256").write_bytes(b"\xff"),
        lambda path: path.unlink(),
    ],
    ids=["cut", "empty", "tampered", "no digest", "broken digest", "gone"],
)
def test_a_checkpoint_that_is_not_what_was_written_is_written_again(
    damage: Callable[[Path], object],
) -> None:
    path = carrier.checkpoint("tiny.en")
    before = path.read_bytes()
    damage(path)
    assert carrier.checkpoint("tiny.en").read_bytes() == before


@pytest.mark.model
@pytest.mark.usefixtures("carried_tiny")
def test_a_checkpoint_is_written_once() -> None:
    path = carrier.checkpoint("tiny.en")
    written_at = path.stat().st_mtime_ns
    assert carrier.checkpoint("tiny.en") == path
    assert path.stat().st_mtime_ns == written_at
    made = {each.name for each in path.parent.iterdir()}
    assert made == {path.name, f"{path.name}.sha256", f"{path.name}.lock"}


@pytest.mark.model
@pytest.mark.usefixtures("carried_tiny")
def test_a_good_checkpoint_needs_no_source_any_more(tmp_path: Path) -> None:
    path = carrier.checkpoint("tiny.en")
    (tmp_path / "site/tiny/model.bin").unlink()
    assert carrier.checkpoint("tiny.en") == path


@pytest.mark.model
@pytest.mark.usefixtures("carried_tiny")
def test_a_source_that_is_not_the_pinned_one_is_never_rewritten(tmp_path: Path) -> None:
    source = tmp_path / "site/tiny/model.bin"
    source.write_bytes(source.read_bytes()[:-1] + b"?")
    with pytest.raises(ModelError, match="SHA-256"):
        carrier.checkpoint("tiny.en")
    assert not [*(tmp_path / "cache").rglob("*.pt")]


@pytest.mark.model
@pytest.mark.slow
def test_two_processes_make_a_checkpoint_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAINER_CACHE", str(tmp_path / "cache"))
    code = "from trainer.speech_to_text import carrier; carrier.checkpoint('tiny.en')"
    running = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", code], cwd=paths.PROJECT)
        for _ in range(2)
    ]
    assert [each.wait(120) for each in running] == [0, 0]
    files = [each for each in (tmp_path / "cache/models").iterdir() if each.suffix != ".lock"]
    assert sorted(each.suffix for each in files) == [".pt", ".sha256"]
    loaded(carrier.checkpoint("tiny.en"))


# The two that are installed.


@cache
def whole(name: str) -> tuple[carrier.BinarySpec, Any, Any]:
    import torch

    spec = carrier.read_spec(weights.bytes_of(carrier.CARRIED[name]))
    kept = torch.load(carrier.checkpoint(name), weights_only=True)
    return spec, kept, loaded(carrier.checkpoint(name))


either_model = pytest.mark.parametrize("name", carrier.CARRIED)


@pytest.mark.model
@either_model
def test_every_tensor_of_whispers_own_is_filled_and_none_is_left_over(name: str) -> None:
    _, kept, model = whole(name)
    own = {key: tuple(values.shape) for key, values in model.state_dict().items()}
    carried = {key: tuple(values.shape) for key, values in kept["model_state_dict"].items()}
    assert carried == own
    assert kept["dims"] == vars(model.dims)


@pytest.mark.model
@either_model
def test_every_half_precision_number_comes_through_bit_for_bit(name: str) -> None:
    spec, kept, model = whole(name)
    expected = carrier.state_dict(spec)
    values = model.state_dict()
    assert {each.dtype for each in expected.values()} == {np.dtype(np.float16)}
    for key, half in expected.items():
        np.testing.assert_array_equal(bits(kept["model_state_dict"][key].numpy()), bits(half))
        loaded_half = values[key].numpy().astype(np.float16)  # exact: it was half before
        np.testing.assert_array_equal(bits(loaded_half), bits(half))


def bits(values: NDArray[np.generic]) -> NDArray[np.uint16]:
    return np.ascontiguousarray(values).view(np.uint16)


@pytest.mark.model
@either_model
def test_the_source_has_no_number_that_the_checkpoint_has_not(name: str) -> None:
    spec, kept, _ = whole(name)
    carried = sum(values.numel() for values in kept["model_state_dict"].values())
    key_biases = sum(  # all zero, as state_dict makes sure
        values.shape[0] // {"self_attention": 3, "attention": 2}[key.split("/")[2]]
        for key, values in spec.tensors.items()
        if key.endswith(("self_attention/linear_0/bias", "/attention/linear_1/bias"))
        and key.split("/")[2] in ("self_attention", "attention")
        and not key.endswith("self_attention/linear_1/bias")
    )
    halves = sum(values.size for values in spec.tensors.values() if values.dtype == np.float16)
    assert carried + key_biases == halves


@pytest.mark.model
@either_model
def test_the_encoders_positions_are_the_sinusoids_whisper_was_trained_with(name: str) -> None:
    from whisper.model import sinusoids

    _, _, model = whole(name)
    expected = sinusoids(model.dims.n_audio_ctx, model.dims.n_audio_state)
    found = model.encoder.positional_embedding
    assert float((found - expected).abs().max()) < 1e-3
