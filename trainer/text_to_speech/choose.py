"""Which engine speaks: by name, or the best one installed, with the reason to show."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from trainer import weights
from trainer.errors import UsageError
from trainer.protocols import TextToSpeech
from trainer.text_to_speech import kokoro, piper, pyttsx3

Engine = Literal["piper", "kokoro", "pyttsx3"]

ENGINES: tuple[Engine, ...] = ("piper", "kokoro", "pyttsx3")
"""Best first: Piper is quick and natural, Kokoro natural, pyttsx3 needs no neural network."""

_LOADERS: Mapping[Engine, Callable[[], TextToSpeech]] = {
    "piper": piper.PiperTextToSpeech.load,
    "kokoro": kokoro.KokoroTextToSpeech.load,
    "pyttsx3": pyttsx3.Pyttsx3TextToSpeech.load,
}


_PACKAGES: Mapping[str, str] = {
    "piper": piper.PACKAGE,
    "kokoro": kokoro.PACKAGE,
    "pyttsx3": pyttsx3.PACKAGE,
}


class Choice(NamedTuple):
    """An engine and why it was chosen, as words for the person at the desk."""

    engine: Engine
    reason: str


def load(name: str) -> TextToSpeech:
    """Load an engine by name; another one never takes its place.

    Raises:
        UsageError: There is no such engine.
        MissingExtraError: Its package is not installed.
        ModelError: Its weights, or the system's speech, are missing.
    """
    if name not in ENGINES:
        near = difflib.get_close_matches(name, ENGINES, n=1)
        hint = f", did you mean {near[0]}?" if near else ";"
        raise UsageError(
            f"no speech engine is called '{name}'{hint} there are {', '.join(ENGINES)}"
        )
    return _LOADERS[name]()


def is_installed(name: str) -> bool:
    """Tell whether an engine's package is here; its weights are looked at when it is loaded."""
    return name in _PACKAGES and weights.carried_version(_PACKAGES[name]) is not None


def default_engine() -> Choice:
    """Choose the best engine whose package is installed here."""
    if is_installed("piper"):
        return Choice("piper", "Piper speaks: it is the default where it is installed")
    if is_installed("kokoro"):
        return Choice("kokoro", "Kokoro speaks: the extra 'piper' is not installed")
    return Choice("pyttsx3", "pyttsx3 speaks: neither extra 'piper' nor 'kokoro' is installed")
