"""Begin a scenario: a few answers become a file that loads, is clean, and passes its own tests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from trainer.scenario.lint.names import names_in
from trainer.scenario.model import Difficulty
from trainer.types import Kind

_STARTER = Path(__file__).with_name("starter.txt")
_ONLY = re.compile(r"^(\w+)>")
_PLACE = re.compile(r"«([^»]+)»")
_BEFORE = re.compile(r"^(?:i (?:could|can|will|would)|i'd like you to|to)\s+", re.IGNORECASE)
_HOLE = re.compile(r"\{(\w+)\}")

VOICES: Mapping[str, Mapping[str, str]] = {
    "woman": {"kokoro": "jf_alpha", "pyttsx3": "female"},
    "man": {"piper": "en_US-joe-medium", "kokoro": "jm_kumo", "pyttsx3": "male"},
}
"""Voices to begin with; Piper has none that sounds like a woman."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a trainer says about the scenario they want."""

    title: str
    kind: Kind
    difficulty: Difficulty
    name: str
    role: str
    voice: str
    """``woman`` or ``man``."""
    situation: str
    opening: str
    matter: str
    """What the talk is about, in a few words; in enrollment what the manager asks for."""
    secret: str
    """What is behind it, in the salesperson's words."""
    step: str
    """What they may come to do, as it follows "I could"."""


def starter_text(answers: Answers) -> str:
    """Return a whole scenario file."""
    lines = []
    for line in _STARTER.read_text(encoding="utf-8").splitlines():
        only = _ONLY.match(line)
        if only and only[1] != answers.kind:
            continue
        lines.append(line[only.end() :] if only else line)
    values = _values(answers)
    text = "\n".join(lines) + "\n"
    return _PLACE.sub(lambda found: _filled(found[1], values), text)


def file_name(title: str) -> str:
    """Return a file's name, without its ending, that says what the title says."""
    words = re.findall(r"[a-z0-9]+", title.lower())
    return "_".join(words)[:40].strip("_") or "scenario"


def plain_phrase(text: str) -> str:
    """Return a phrase as it stands inside a sentence: no full stop, no "I could" before it."""
    bare = re.sub(
        r"^(?:i (?:could|can|will|would)|i'd like you to|to)\s+", "", text.strip(), flags=re.I
    )
    return bare.strip(" .?!")


def _values(answers: Answers) -> dict[str, str]:
    asks = {
        Kind.COACHING: ("What makes {} hard for you?", "How do you see {}?", "Tell me about {}."),
        Kind.ENROLLMENT: (
            "What makes you hesitate?",
            "What worries you about it?",
            "What's the hard part of saying yes?",
        ),
        Kind.MENTORING: (
            "What have you tried so far with {}?",
            "What do you know already about {}?",
            "Tell me about {}.",
        ),
    }[answers.kind]
    first, second, third = (ask.format(answers.matter) for ask in asks)
    said = (answers.situation, answers.opening, answers.secret, answers.matter, answers.step)
    terms = dict.fromkeys([answers.name, *(name for text in said for name in names_in(text))])
    return {
        **{name: str(getattr(answers, name)) for name in answers.__slots__},
        "first_ask": first,
        "second_ask": second,
        "third_ask": third,
        "voice": "\n".join(f"  {k}: {v}" for k, v in VOICES[answers.voice].items()),
        "terms": "\n".join(f"  - {quoted(term)}" for term in terms),
    }


def _filled(place: str, values: Mapping[str, str]) -> str:
    if place in {"voice", "terms"}:
        return values[place]
    if _HOLE.search(place):
        return quoted(_HOLE.sub(lambda hole: values[hole[1]], place))
    return quoted(values[place])


def quoted(text: str) -> str:
    """Return a text as YAML takes it whatever is in it."""
    plain = " ".join(text.split())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
