"""M4A goes in like any recording, where the extra that decodes it is installed."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trainer.audio.wav import read_clip
from trainer.errors import AudioInputError, MissingExtraError

RATE = 44_100


@pytest.fixture
def m4a(tmp_path: Path) -> Iterator[Path]:
    import av

    path = tmp_path / "phone.m4a"
    times = np.arange(RATE) / RATE
    samples = (0.3 * np.sin(2 * np.pi * 440 * times)).astype(np.float32)
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("aac", rate=RATE)
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="flt", layout="mono")
        frame.rate = RATE
        fifo = av.AudioFifo()
        fifo.write(frame)
        for piece in [*fifo.read_many(1024, partial=True), None]:
            for packet in stream.encode(piece):
                container.mux(packet)
    yield path


def test_m4a_is_read_as_sound(m4a: Path) -> None:
    clip = read_clip(m4a)
    assert clip.sample_rate_hz == RATE and clip.duration_s == pytest.approx(1, abs=0.1)
    spectrum = np.abs(np.fft.rfft(clip.samples[: RATE // 2]))
    assert np.argmax(spectrum) * 2 == pytest.approx(440, abs=4)


@pytest.mark.parametrize("kept", [0, 100, 3000])
def test_what_is_no_m4a_or_is_torn_is_refused(kept: int, m4a: Path) -> None:
    m4a.write_bytes(m4a.read_bytes()[:kept])
    with pytest.raises(AudioInputError, match=r"phone\.m4a: "):
        read_clip(m4a)


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(AudioInputError, match="there is no such file"):
        read_clip(tmp_path / "gone.m4a")


def test_without_the_extra_its_pip_line_is_named(
    m4a: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without_av(name: str, *rest: Any) -> Any:
        if name == "av":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_av)
    with pytest.raises(MissingExtraError, match=r"practice-trainer\[m4a\]"):
        read_clip(m4a)
