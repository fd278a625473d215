"""Scores and feedback as lines of plain text."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.labels import STEERING
from trainer.scoring.neutrality import CLEAR_NEUTRAL, CLEAR_STEERING, is_clear, steering_mass
from trainer.types import Feedback, Kind, TurnScore

SECOND_AXIS = {
    Kind.COACHING: "agenda neutrality",
    Kind.ENROLLMENT: "agenda openness",
    Kind.MENTORING: "advice hygiene",
}
"""What the second score is called for each kind of conversation."""

BAND_WIDTH = 20  # an unclear score is shown as the twenty points around it


def score_line(score: TurnScore, kind: Kind) -> str:
    """Render both scores of a turn on one line."""
    if score.not_scored_because is not None:
        return f"not scored: {score.not_scored_because}"
    quality = score.question_quality
    asked = "no question in this turn" if quality is None else f"question quality {quality:.0f}"
    return f"{asked} · {SECOND_AXIS[kind]} {_neutrality(score)}"


def _neutrality(score: TurnScore) -> str:
    value = score.agenda_neutrality
    if value is None:
        return "not scored"
    if is_clear(score.segments):
        return f"{value:.0f}"
    low = max(0, min(100 - BAND_WIDTH, round(value / 10) * 10 - BAND_WIDTH // 2))
    return f"{low}-{low + BAND_WIDTH} (may sound like {_sounds_like(score)})"


def _sounds_like(score: TurnScore) -> str:
    torn = next(s for s in score.segments if CLEAR_NEUTRAL < steering_mass(s) < CLEAR_STEERING)
    likeliest = max(STEERING, key=lambda label: (torn.probs[label], label))
    name = likeliest.value.replace("_", " ")
    return name if name in {"advice", "pressure"} else f"{'an' if name[0] in 'aeo' else 'a'} {name}"


def feedback_lines(feedback: Feedback) -> list[str]:
    """Render feedback as the lines a manager reads: the words, what they did, a better line."""
    lines = [f'"{shortened(feedback.quote)}" {feedback.what} {feedback.why}']
    if feedback.rewrite is not None:
        lines.append(f'For example: "{feedback.rewrite}"')
    if feedback.invite_retry:
        lines.append("Say it again now, your way: type retry.")
    return lines


def change_line(before: TurnScore, after: TurnScore, kind: Kind) -> str:
    """Render what another attempt at a turn changed."""
    parts = [
        _change("question quality", before.question_quality, after.question_quality),
        _change(SECOND_AXIS[kind], before.agenda_neutrality, after.agenda_neutrality),
    ]
    return "Against your last attempt: " + ", ".join(parts) + "."


def _change(name: str, before: float | None, after: float | None) -> str:
    if before is None or after is None:
        was, now = (_or_none(value) for value in (before, after))
        return f"{name} {was} to {now}"
    return f"{name} {before:.0f} to {after:.0f} ({after - before:+.0f})"


def _or_none(value: float | None) -> str:
    return "none" if value is None else f"{value:.0f}"


def shortened(text: str, most_words: int = 24) -> str:
    """Shorten a quote to its first words."""
    words: Sequence[str] = text.split()
    return text if len(words) <= most_words else " ".join(words[:most_words]) + " …"
