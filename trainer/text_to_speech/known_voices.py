"""Which voices an engine has, told without loading it."""

from __future__ import annotations

import re

from trainer.errors import UsageError
from trainer.text_to_speech import kokoro, piper, pyttsx3
from trainer.text_to_speech.voice_name import parse, require

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]+)*")


def require_known(engine: str, voice: str) -> None:
    """Check a voice as a scenario names it, for an engine that need not be installed.

    What a system's own voices are called differs; of pyttsx3's names only the form is checked.

    Raises:
        UsageError: The engine has no such voice; the message lists what there is.
    """
    wanted = parse(voice)
    if engine == "pyttsx3":
        _require_system_voice([share.voice for share in wanted.blend], voice)
        return
    known = {"piper": (*piper.VOICES, *piper.ALIASES), "kokoro": kokoro.VOICES}[engine]
    for share in wanted.blend:
        require(share.voice, known, engine)


def _require_system_voice(names: list[str], voice: str) -> None:
    base, *variants = names
    if base not in pyttsx3.ANYWHERE and not _LANGUAGE.fullmatch(base):
        raise UsageError(
            f"pyttsx3 has no voice '{voice}'; write male, female, or a language such as en-gb"
        )
    for variant in variants:
        require(variant, pyttsx3.ESPEAK_VARIANTS, "espeak-ng, after a +,")
