"""The JSON that whisper and WhisperX write: one object with ``segments``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ValidationError

from trainer.evaluation.inputs.judgements import refusal
from trainer.evaluation.inputs.options import InputOptions
from trainer.evaluation.inputs.text import lines_of
from trainer.evaluation.inputs.transcript import Said, checked_times, talk_of
from trainer.evaluation.talks import Problem, Talk


class _Segment(BaseModel):
    """One segment; what else is in it is passed over."""

    start: float
    end: float
    text: str
    speaker: str | None = None


class _File(BaseModel):
    """What is read of the file."""

    segments: tuple[_Segment, ...]


def read_whisper_json(path: Path, options: InputOptions) -> Iterator[Talk | Problem]:
    """Read one talk; the speakers are WhisperX's, whisper itself names none."""
    texts: list[str] = []
    for line in lines_of(path, options.encoding):
        if isinstance(line, Problem):
            yield line
            return
        texts.append(line.text)
    try:
        file = _File.model_validate(json.loads("\n".join(texts)))
    except ValidationError as error:
        yield Problem(str(path), f"{refusal(error)}; expected whisper's JSON with 'segments'")
        return
    except ValueError as error:
        line_number = getattr(error, "lineno", 1)
        yield Problem(f"{path}:{line_number}", "not JSON; expected whisper's JSON with 'segments'")
        return
    said: list[Said] = []
    lines = (
        Said(f"{path}#{n}", each.speaker, " ".join(each.text.split()), each.start, each.end)
        for n, each in enumerate(file.segments, start=1)
        if each.text.strip()
    )
    for each in checked_times(lines):
        if isinstance(each, Problem):
            yield each
        else:
            said.append(each)
    yield talk_of(path.stem, str(path), said, options)
