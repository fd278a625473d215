"""What is remembered about the sound here: the devices chosen, and what doctor found for each pair.

It lies in one small file of the user's folder and holds names of devices and three numbers.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from trainer import paths
from trainer.audio import pulse
from trainer.audio.devices import find_device
from trainer.errors import DeviceError
from trainer.types import DuplexMode

_FILE = "sound.json"
_GENERAL = frozenset({"default", "pulse", "pipewire", "sysdefault"})  # whatever is plugged in


@dataclass(frozen=True, slots=True)
class Finding:
    """What trainer doctor found for one pair of devices."""

    mode: DuplexMode
    delay_s: float = 0.0
    returned_db: float | None = None
    """None where nothing of what is played comes back."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Devices by name; None is the system's default."""

    microphone: str | None = None
    speaker: str | None = None


def remember_choice(chosen: Chosen) -> None:
    """Keep which devices are used from now on."""
    _write({**_read(), "chosen": asdict(chosen)})


def choice(microphone: str | None, speaker: str | None) -> Chosen:
    """Return the devices to use: those asked for, or else those remembered that are still there."""
    kept = _read().get("chosen")
    kept = kept if isinstance(kept, dict) else {}
    return Chosen(
        microphone or _still_there(kept.get("microphone"), "microphone"),
        speaker or _still_there(kept.get("speaker"), "speaker"),
    )


def _still_there(name: Any, role: Any) -> str | None:
    if not isinstance(name, str):
        return None
    try:
        find_device(name, role)
    except DeviceError:
        return None
    return name


def remember_finding(chosen: Chosen, finding: Finding) -> None:
    """Keep what was found for a pair of devices."""
    kept = _read()
    found = kept.get("found")
    before = found if isinstance(found, dict) else {}
    _write({**kept, "found": {**before, _pair(chosen): asdict(finding)}})


def finding(chosen: Chosen) -> Finding | None:
    """Return what was found for a pair of devices; None where doctor has not listened to it."""
    try:
        found = _read()["found"][_pair(chosen)]
        return Finding(DuplexMode(found["mode"]), float(found["delay_s"]), found["returned_db"])
    except (KeyError, TypeError, ValueError):
        return None


def _pair(chosen: Chosen) -> str:
    """Name a pair of devices, behind a general name the one that is plugged in."""
    microphone = find_device(chosen.microphone, "microphone").name
    speaker = find_device(chosen.speaker, "speaker").name
    if microphone in _GENERAL:
        microphone = pulse.default_name("source") or microphone
    if speaker in _GENERAL:
        speaker = pulse.default_name("sink") or speaker
    return f"{microphone} | {speaker}"


def _path() -> Path:
    return paths.data_dir() / _FILE


def _read() -> dict[str, Any]:
    try:
        kept = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # none yet, or spoilt: it is found anew by the next doctor
    return kept if isinstance(kept, dict) else {}


def _write(kept: dict[str, Any]) -> None:
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".new")
    unfinished.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    os.replace(unfinished, path)
