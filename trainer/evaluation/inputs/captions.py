"""SRT and WebVTT, as whisper, Zoom and Teams write them.

The speaker is a WebVTT voice tag (Teams: ``<v Anna Weber>Hello</v>``), a name in brackets
(WhisperX: ``[SPEAKER_00]: Hello``), or a name with a colon (Zoom: ``Anna Weber: Hello``). A colon
names a speaker only where the words before it look like a name, so that "One thing: call them"
keeps its words; a cue without a name goes on with the speaker of the one above.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from trainer.evaluation.inputs.options import InputOptions
from trainer.evaluation.inputs.text import Line, lines_of
from trainer.evaluation.inputs.times import seconds_in
from trainer.evaluation.inputs.transcript import Said, checked_times, talk_of
from trainer.evaluation.talks import Problem, Talk

_TIMES = re.compile(r"\s*([\d:.,]+)\s*-->\s*([\d:.,]+)")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_BRACKETS = re.compile(r"\[([^\]]{1,60})\]:?\s+(?=\S)")
_COLON = re.compile(r"([^\W\d_][^:<>?!]{0,59}):\s+(?=\S)")
_TAG = re.compile(r"</?[a-z][^>]*>|<[\d:.]+>", re.IGNORECASE)
_NOT_CUES = ("NOTE", "STYLE", "REGION", "WEBVTT")
_WORDS_IN_A_NAME = 4


class _Cue(NamedTuple):
    line: int
    start_s: float
    end_s: float
    text: str


def read_captions(path: Path, options: InputOptions) -> Iterator[Talk | Problem]:
    """Read one talk from an SRT or WebVTT file, with a problem for each cue that is not one."""
    cues: list[_Cue] = []
    for block in _blocks(lines_of(path, options.encoding)):
        if isinstance(block, Problem):
            yield block
            continue
        cue = _cue(path, block)
        if isinstance(cue, Problem):
            yield cue
        elif cue is not None:
            cues.append(cue)
    said: list[Said] = []
    for line in checked_times(_said(path, cues)):
        if isinstance(line, Problem):
            yield line
        else:
            said.append(line)
    yield talk_of(path.stem, str(path), said, options)


def _blocks(lines: Iterable[Line | Problem]) -> Iterator[list[Line] | Problem]:
    """Group lines between empty ones."""
    block: list[Line] = []
    for line in lines:
        if isinstance(line, Problem):
            yield line
        elif line.text.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _cue(path: Path, block: list[Line]) -> _Cue | Problem | None:
    at = next((n for n, line in enumerate(block) if "-->" in line.text), None)
    first = block[0]
    if at is None:
        if first.text.startswith(_NOT_CUES):
            return None
        return Problem(
            f"{path}:{first.number}",
            "not a cue: expected a line like 00:00:01.000 --> 00:00:04.000 and words under it",
        )
    match = _TIMES.match(block[at].text)
    times = [seconds_in(each) for each in match.groups()] if match else [None, None]
    start_s, end_s = times
    if start_s is None or end_s is None:
        return Problem(
            f"{path}:{block[at].number}", "times cannot be read, expected 00:00:01.000 --> …"
        )
    words = " ".join(line.text.strip() for line in block[at + 1 :])
    return _Cue(block[at].number, start_s, end_s, words)


def _said(path: Path, cues: Iterable[_Cue]) -> Iterator[Said]:
    found = [(cue, *_speaker(cue.text)) for cue in cues]
    named = {name for _, name, _ in found if name}
    speaker: str | None = None
    for cue, name, text in found:
        speaker = name or speaker
        # A single "name" in a file of nameless cues is a sentence with a colon in it.
        if name and len(named) == 1 and sum(1 for _, each, _ in found if each) == 1 < len(found):
            speaker, text = None, _plain(cue.text)
        if text:
            yield Said(f"{path}:{cue.line}", speaker, text, cue.start_s, cue.end_s)


def _speaker(text: str) -> tuple[str | None, str]:
    if voice := _VOICE.search(text):
        return html.unescape(voice[1]).strip(), _plain(text)
    for shape in (_BRACKETS, _COLON):
        named = shape.match(text)
        if named and _is_name(named[1]):
            return named[1].strip(), _plain(text[named.end() :])
    return None, _plain(text)


def _is_name(words: str) -> bool:
    """Say whether words before a colon look like a name: short, and not a lower-case phrase."""
    parts = words.split()
    return len(parts) <= _WORDS_IN_A_NAME and not any(
        part[0].islower() and part not in _PARTICLES for part in parts[1:]
    )


_PARTICLES = frozenset("al bin da de del della den der di dos du el la le ten ter van von".split())


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())
