"""Whether a salesperson takes a moment before a reply: when it costs them something."""

from __future__ import annotations

from trainer.types import Reply


def takes_time(reply: Reply) -> bool:
    """Say whether this is a reply that people think before: a deeper layer, an idea, a choice."""
    if not reply.lines:
        return False
    match reply.lines[0].id.split("."):
        case ["topics", _, depth, _]:
            return int(depth) > 1
        case ["ideas", _, "lines" | "choose", _]:
            return True
        case _:
            return False
