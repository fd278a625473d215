"""What becomes of a reply that the manager spoke over: what was not said is unsaid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from trainer.types import Line, Mind, Reply

BROKEN_OFF = " —"


def cut_short(reply: Reply, said: Sequence[Line], before: Mind) -> Reply:
    """Return the reply as far as it was said.

    What the manager did to the salesperson stays (the gauges); what the unsaid line gave away,
    chose or promised is taken back, so that it can be said later. A talk whose closing line was
    not heard out goes on.

    Args:
        reply: As it was meant.
        said: Its lines as far as they were heard, in order.
        before: The mind before it.
    """
    if tuple(said) == reply.lines:
        return reply
    whole = [line for line, meant in zip(said, reply.lines, strict=False) if line == meant]
    unsaid = {line.id for line in reply.lines[len(whole) :]}
    mind = replace(reply.mind, said=tuple(id_ for id_ in reply.mind.said if id_ not in unsaid))
    if not whole:
        mind = replace(
            mind,
            said=before.said,
            revealed=before.revealed,
            ideas=before.ideas,
            chosen=before.chosen,
            committed=before.committed,
            licensed=before.licensed,
        )
    return Reply(tuple(said), mind, ended=None)


def as_far_as_said(line: Line, share: float) -> Line | None:
    """Return the beginning of a line, cut at a word; None where no word was said.

    Args:
        line: The whole line.
        share: How much of its sound was heard, 0 to 1.
    """
    words = line.text.split()
    reach = share * len(line.text)
    heard: list[str] = []
    for word in words:
        reach -= len(word) + 1
        if reach < -len(word) / 2:
            break
        heard.append(word)
    if len(heard) == len(words):
        return line
    return replace(line, text=" ".join(heard) + BROKEN_OFF) if heard else None
