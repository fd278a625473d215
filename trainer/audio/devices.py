"""The machine's microphones and speakers, as PortAudio sees them."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from trainer.errors import DeviceError

Role = Literal["microphone", "speaker"]

STALL_S = 1.5  # callbacks come every 20 ms; PulseAudio drops an unplugged device without an error
OPENING_S = 6.0  # until the first one: Bluetooth and idle sound servers take some seconds to wake
CLOSING_S = 2.0  # a stream whose device has gone may never finish closing
BLOCK_S = 0.01  # sound handed over at a time: what waits for a block to fill up is late
LATENCY_S = 0.1  # asked of the device: above a busy machine's hiccups, below what an ear minds

_DOCTOR = "see what there is with: trainer doctor"


@dataclass(frozen=True, slots=True)
class Device:
    """One sound device."""

    index: int
    """What to give as device, besides any part of the name that is in no other."""
    name: str
    host: str
    """The system's sound interface, for example ALSA, Core Audio or Windows WASAPI."""
    input_channels: int
    output_channels: int
    rate_hz: int
    """The device's own sample rate."""
    is_default_microphone: bool
    is_default_speaker: bool


def sound_library() -> Any:
    """Import sounddevice.

    Raises:
        DeviceError: PortAudio, the system library under it, is missing.
    """
    try:
        import sounddevice
    except OSError as error:
        raise DeviceError(
            "the sound library PortAudio is missing; install it (Debian, Ubuntu: "
            "sudo apt install libportaudio2), or practise with --typed"
        ) from error
    _quiet_alsa()
    return sounddevice


_ALSA_HANDLER: list[Any] = []  # kept, or ALSA would call what has been collected


def _quiet_alsa() -> None:
    """Keep ALSA from writing "underrun occurred" into the middle of a talk."""
    if _ALSA_HANDLER or not sys.platform.startswith("linux"):
        return
    text = ctypes.c_char_p
    handler = ctypes.CFUNCTYPE(None, text, ctypes.c_int, text, ctypes.c_int, text)
    _ALSA_HANDLER.append(handler(lambda *told: None))
    try:
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_ALSA_HANDLER[0])
    except (OSError, AttributeError):
        pass  # PortAudio without ALSA


def refresh_devices() -> None:
    """Look for devices again: PortAudio only looks once, when it starts.

    No stream may be open.
    """
    sound = sound_library()
    sound._terminate()
    sound._initialize()


def list_devices() -> tuple[Device, ...]:
    """List the machine's sound devices; none is an empty tuple.

    Raises:
        DeviceError: PortAudio is missing or the system's sound cannot be asked.
    """
    sound = sound_library()
    try:
        hosts, found = sound.query_hostapis(), sound.query_devices()
        microphone, speaker = _default(sound, "microphone"), _default(sound, "speaker")
    except sound.PortAudioError as error:
        raise DeviceError(f"the system's sound does not answer ({_reason(error)})") from error
    return tuple(
        Device(
            index=index,
            name=each["name"],
            host=hosts[each["hostapi"]]["name"],
            input_channels=each["max_input_channels"],
            output_channels=each["max_output_channels"],
            rate_hz=round(each["default_samplerate"]),
            is_default_microphone=index == microphone,
            is_default_speaker=index == speaker,
        )
        for index, each in enumerate(found)
    )


def _default(sound: Any, role: Role) -> int | None:
    try:
        return int(sound.query_devices(kind=_kind(role))["index"])
    except (sound.PortAudioError, ValueError):
        return None


def _kind(role: Role) -> str:
    return "input" if role == "microphone" else "output"


def find_device(wanted: str | int | None, role: Role) -> Device:
    """Choose a device by index, by a part of its name, or the system's default.

    Raises:
        DeviceError: There is none, none of that name, or several.
    """
    able = [each for each in list_devices() if _channels(each, role)]
    if not able:
        raise none_there(role)
    if wanted is None:
        chosen = [each for each in able if _is_default(each, role)] or able[:1]
    elif isinstance(wanted, int):
        chosen = [each for each in able if each.index == wanted]
    else:
        chosen = [each for each in able if wanted.lower() in each.name.lower()]
        exact = [each for each in chosen if each.name.lower() == wanted.lower()]
        chosen = exact[:1] or chosen
    if len(chosen) == 1:
        return chosen[0]
    names = ", ".join(f"{each.index} '{each.name}'" for each in chosen or able)
    found = f"{len(chosen)} {role}s match" if chosen else f"no {role} is called"
    raise DeviceError(f"{found} '{wanted}'; there are {names}; choose one by its number")


def _channels(device: Device, role: Role) -> int:
    return device.input_channels if role == "microphone" else device.output_channels


def _is_default(device: Device, role: Role) -> bool:
    return device.is_default_microphone if role == "microphone" else device.is_default_speaker


def open_stream(
    role: Role, device: Device, *, latency_s: float = LATENCY_S, **settings: Any
) -> Any:
    """Open and start a PortAudio stream on a device, with one channel or as many as it insists on.

    Raises:
        DeviceError: The device is busy, has gone, or is forbidden.
    """
    sound = sound_library()
    kind = sound.InputStream if role == "microphone" else sound.OutputStream
    failure: Exception | None = None
    for channels in sorted({1, min(2, _channels(device, role)), _channels(device, role)}):
        stream = None
        try:
            with _quiet_stderr():
                stream = kind(
                    device=device.index,
                    channels=channels,
                    samplerate=device.rate_hz,
                    blocksize=round(BLOCK_S * device.rate_hz),
                    dtype="float32",
                    latency=latency_s,
                    **settings,
                )
                stream.start()
        except (sound.PortAudioError, ValueError) as error:
            if stream is not None:
                close_stream(stream)
            failure = error
            continue
        return stream
    raise DeviceError(
        f"the {role} '{device.name}' cannot be opened ({_reason(failure)}); "
        f"plug it in, close other programs that use it and allow this one to, or {_DOCTOR}"
    ) from failure


@contextmanager
def _quiet_stderr() -> Iterator[None]:
    """Keep ALSA and PortAudio from writing their C traces beside the one clear line."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def close_stream(stream: Any) -> None:
    """Close a stream, whatever state its device is in; return within CLOSING_S."""

    def close() -> None:
        try:
            stream.abort()
            stream.close()
        except Exception:  # PortAudio, of a device that has gone
            pass

    closer = threading.Thread(target=close, name="close-stream", daemon=True)
    closer.start()
    closer.join(CLOSING_S)


def gone(role: Role, device: Device) -> DeviceError:
    """Say that a device went away while it was in use."""
    return DeviceError(
        f"the {role} '{device.name}' has gone silent; plug it in again and resume, or {_DOCTOR}"
    )


def none_there(role: Role) -> DeviceError:
    """Say that there is no device to use."""
    return DeviceError(
        f"no {role} was found; plug one in and allow this program to use it, "
        "or practise with --typed"
    )


def _reason(error: Exception | None) -> str:
    text = str(error.args[0]) if error is not None and error.args else "unknown reason"
    return text.removeprefix("Error opening InputStream: ").removeprefix(
        "Error opening OutputStream: "
    )
