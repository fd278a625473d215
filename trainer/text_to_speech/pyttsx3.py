"""pyttsx3: espeak-ng on Linux, the system's own voices on macOS and Windows.

Each line is spoken in a process of its own (see pyttsx3_child), under a time limit.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainer import paths, weights
from trainer.errors import ModelError, UsageError
from trainer.text_to_speech import voice_name
from trainer.text_to_speech.shaping import SHAPING, shaped
from trainer.text_to_speech.speakable import speakable
from trainer.text_to_speech.voice_name import VoiceName
from trainer.types import AudioClip

PACKAGE = "pyttsx3"
ANYWHERE = ("male", "female")  # names that work on every system, whatever its voices are called
ESPEAK_VARIANTS = (*(f"m{n}" for n in range(1, 9)), *(f"f{n}" for n in range(1, 6)))
_ESPEAK = {"male": "gmw/en-us+m3", "female": "gmw/en-us+f2"}
_WORDS_PER_MINUTE = 165  # at speed 1
_LIMIT_S = 20.0  # for a short line
_LIMIT_S_PER_CHARACTER = 0.1  # macOS and Windows may write at the speed of speech
_START_S = 10.0  # for the process to start, on a busy machine
_CHILD = "trainer.text_to_speech.pyttsx3_child"


@dataclass(frozen=True, slots=True)
class SystemVoice:
    """A voice as the system knows it."""

    id: str
    """For example ``gmw/en-us``, or a registry path on Windows."""
    name: str
    gender: str
    language: str
    """For example ``en-gb``; on Linux that is another name for the voice ``gmw/en``."""

    @property
    def short(self) -> str:
        """The last part of the id, which is what people write."""
        return self.id.replace("\\", "/").rsplit("/", 1)[-1]


class Pyttsx3TextToSpeech:
    """Speaks with the system's voices; on Linux the same text and voice give the same audio."""

    name = "pyttsx3"

    def __init__(self, voices: Sequence[SystemVoice], driver: str, version: str) -> None:
        self.version = version
        self._system_voices = tuple(voices)
        self._driver = driver

    @classmethod
    def load(cls) -> Pyttsx3TextToSpeech:
        """Ask the system for its voices.

        Raises:
            ModelError: There is no speech system here; says what to install.
        """
        found = _asked({"op": "voices"}, _LIMIT_S + _START_S)
        voices = [SystemVoice(**each) for each in found["voices"]]
        package = weights.carried_version(PACKAGE)
        version = f"{package}+{found['driver']}{found['core']}+shaping{SHAPING}"
        return cls(voices, found["driver"], version)

    def voices(self) -> tuple[str, ...]:
        """List the plain voices: the two that work anywhere, then the system's, English first."""
        short = sorted({voice.short for voice in self._system_voices}, key=_english_first)
        return (*ANYWHERE, *short)

    def synthesise(self, text: str, voice: str) -> AudioClip:
        """Speak the text.

        Raises:
            UsageError: The voice is unknown or the text has no words.
            ModelError: The speech system made no sound, or not in time.
        """
        wanted = voice_name.parse(voice)
        system_id = self._system_id(wanted)
        said = speakable(text)
        limit_s = _LIMIT_S + _LIMIT_S_PER_CHARACTER * len(said)
        with tempfile.TemporaryDirectory(prefix="practice-trainer-") as folder:
            path = Path(folder) / "line.wav"
            request = {
                "op": "say",
                "text": said,
                "voice": system_id,
                "rate": round(_WORDS_PER_MINUTE * wanted.engine_speed),
                "path": str(path),
                "limit_s": limit_s,
            }
            _asked(request, limit_s + _START_S)
            return _read(path, wanted.pitch_ratio)

    def _system_id(self, wanted: VoiceName) -> str:
        base = wanted.blend[0].voice
        found = [v.id for v in self._system_voices if base in (v.id, v.short, v.name)]
        found += [v.id for v in self._system_voices if base.lower() == v.language.lower()]
        if not found:
            voice_name.require(base, self.voices(), self.name)
        system_id = found[0] if found else self._anywhere(base)
        if len(wanted.blend) == 1:
            return system_id
        variant, part = wanted.blend[1]
        if self._driver != "espeak" or "+" in system_id or len(wanted.blend) > 2 or part != 0.5:
            raise UsageError(
                "pyttsx3 cannot blend voices; espeak-ng's may have one variant, as in en-us+f3"
            )
        voice_name.require(variant, ESPEAK_VARIANTS, "espeak-ng, after a +,")
        return f"{system_id}+{variant}"

    def _anywhere(self, gender: str) -> str:
        if self._driver == "espeak":
            return _ESPEAK[gender]
        ranked = sorted(self._system_voices, key=lambda voice: _english_first(voice.short))
        for voice in ranked:
            # macOS says VoiceGenderFemale, Windows Female
            if voice.gender.lower().removeprefix("voicegender") == gender:
                return voice.id
        raise UsageError(
            f"this system has no {gender} voice; there are {', '.join(v.short for v in ranked)}"
        )


def _english_first(short: str) -> tuple[bool, str]:
    lower = short.lower()
    return (not (lower.startswith("en") or ".en-" in lower or "_en-" in lower), lower)


def _asked(request: Mapping[str, Any], limit_s: float) -> dict[str, Any]:
    """Run the child process on a request and return its answer.

    Raises:
        ModelError: It could not do it, or not in time.
    """
    search = os.pathsep.join(filter(None, (str(paths.PROJECT), os.environ.get("PYTHONPATH"))))
    try:
        # -P: a file called pyttsx3.py in the folder the trainer is started from must not be run.
        ended = subprocess.run(
            [sys.executable, "-P", "-m", _CHILD],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=limit_s,
            check=False,
            env={**os.environ, "PYTHONPATH": search},
        )
        found: dict[str, Any] = json.loads(ended.stdout)
    except (subprocess.TimeoutExpired, ValueError, OSError) as error:
        # The cause is left out: a TimeoutExpired carries the child's input and output along.
        raise ModelError(
            f"pyttsx3 gave no answer ({type(error).__name__}); try again, or use another engine"
        ) from None
    if found.get("error") == "no driver":
        raise ModelError(_how_to_install())
    if "error" in found:
        raise ModelError(f"pyttsx3 made no sound ({found['error']}); use another engine")
    return found


def _how_to_install() -> str:
    if sys.platform.startswith("linux"):
        return "pyttsx3 found no espeak-ng: run apt install libespeak-ng1, or use another engine"
    return "pyttsx3 found no voices on this system; use another engine"


def _read(path: Path, pitch_ratio: float) -> AudioClip:
    import soundfile

    try:
        # macOS writes AIFF whatever the file is called; soundfile looks at the content.
        samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise ModelError(
            "pyttsx3 wrote a file that is not audio; try again, or use another engine"
        ) from error
    if not len(samples):
        raise ModelError("pyttsx3 made no sound of a line; write it with other words")
    return shaped(samples[:, 0], int(rate_hz), pitch_ratio)
