"""A finished talk as text: the summary at the end, and the report of a kept session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from trainer.feedback.render import SECOND_AXIS, feedback_lines, score_line
from trainer.labels import group_of
from trainer.scoring.conversation import (
    FEWEST_TURNS,
    MANAGERS_IDEA_CAP,
    AxisScore,
    ConversationScore,
)
from trainer.scoring.delivery import delivery_lines, talk_delivery
from trainer.types import Feedback, Group, Kind, Outcome, OwnedAction, TurnRecord

_OUTCOMES = {
    Outcome.GOOD: "left with a step of their own",
    Outcome.POOR: "left without one",
    Outcome.UNFINISHED: "ran out of time",
}


def summary_lines(
    records: Sequence[TurnRecord], conversation: ConversationScore, *, kind: Kind, name: str
) -> list[str]:
    """Render the closing summary of a talk.

    Args:
        records: The kept attempt at each turn.
        conversation: The whole talk's score.
        kind: Names the second axis.
        name: Who was talked to.
    """
    if not records:
        return ["No turn was taken, so there is nothing to sum up."]
    lines = [_outcome_line(records[-1].reply.ended, name)]
    if conversation.scored_turns < FEWEST_TURNS:
        lines.append(
            f"{conversation.scored_turns} scored turns: too few for a score of the whole talk "
            f"(it takes {FEWEST_TURNS})."
        )
    else:
        lines.append(_axis_line("question quality", conversation.question_quality))
        lines.append(_axis_line(SECOND_AXIS[kind], conversation.agenda_neutrality))
    lines += [_action_line(action, kind, name) for action in conversation.actions]
    lines.append(_groups_line(records))
    lines += _extremes(records, kind)
    measured = talk_delivery([(r.text, r.delivery) for r in records if r.delivery is not None])
    if measured is not None:
        lines += delivery_lines(measured, name=name)
    scorer = records[-1].score.scorer
    made = "hand-written rules" if scorer.startswith("rules") else "a trained model"
    lines.append(f"Scored by {scorer} ({made}: a guide, not a verdict).")
    return lines


def point_lines(records: Sequence[TurnRecord], kind: Kind) -> list[str]:
    """Render the points that were kept back during a talk, turn by turn."""
    lines = []
    for record in records:
        if record.feedback is not None and record.feedback.kept_back:
            lines.append(f"Turn {record.number} ({score_line(record.score, kind)}):")
            lines += [f"    {line}" for line in _without_invitation(record.feedback)]
    return [*lines, ""] if lines else []


def _without_invitation(feedback: Feedback) -> list[str]:
    return feedback_lines(replace(feedback, invite_retry=False))


def _outcome_line(ended: Outcome | None, name: str) -> str:
    if ended is None:
        return f"The talk with {name} is not finished; go on with trainer practise --resume."
    return f"{name} {_OUTCOMES[ended]}."


def _axis_line(name: str, score: AxisScore | None) -> str:
    if score is None:
        return f"{name}: none"
    return (
        f"{name}: {score.value:.0f} of 100, {score.band} "
        f"(between {score.low:.0f} and {score.high:.0f} with 95% confidence)"
    )


def _action_line(action: OwnedAction, kind: Kind, name: str) -> str:
    if action.owned:
        whose = f"{name}'s own, with a commitment"
    elif action.named_by_manager:
        whose = "you named it first"
        if kind is Kind.COACHING:
            whose += f", so agenda neutrality of the talk is at most {MANAGERS_IDEA_CAP:.0f}"
    else:
        whose = f"{name}'s own, without a commitment yet"
    return f"Next step: {action.action} ({whose})."


def _groups_line(records: Sequence[TurnRecord]) -> str:
    counts = Counter(group_of(segment) for record in records for segment in record.score.segments)
    parts = [f"{counts[group]} {group}" for group in Group if counts[group]]
    return "What you did: " + ", ".join(parts) + "."


def _extremes(records: Sequence[TurnRecord], kind: Kind) -> list[str]:
    rated = [(record.score.lowest, record) for record in records]
    known = [(low, record) for low, record in rated if low is not None]
    if len(known) < 2:
        return []
    # Ties go to the later turn for the best and the earlier for the worst.
    best = max(known, key=lambda each: (_sum(each[1]), each[1].number))[1]
    worst = min(known, key=lambda each: (each[0], each[1].number))[1]
    lines = [f"Strongest turn: {best.number} ({score_line(best.score, kind)})."]
    if worst is not best and worst.score.lowest is not None and worst.score.lowest < 60:
        lines.append(f"Most worth another go: {worst.number} ({score_line(worst.score, kind)}).")
    return lines


def _sum(record: TurnRecord) -> float:
    return (record.score.question_quality or 0) + (record.score.agenda_neutrality or 0)


def report_lines(
    records: Sequence[TurnRecord],
    conversation: ConversationScore,
    *,
    title: str,
    started: str,
    kind: Kind,
    name: str,
) -> list[str]:
    """Render a whole session, turn by turn, then its summary."""
    lines = [f"{title}, {started}", ""]
    for record in records:
        lines.append(f"{name}: {record.said_before}")
        lines.append(f"You ({record.number}): {record.text}")
        lines.append(f"    {score_line(record.score, kind)}")
        if record.feedback is not None:
            lines += [f"    {line}" for line in _without_invitation(record.feedback)]
        lines.append("")
    if records:
        lines += [f"{name}: {records[-1].reply.text}", ""]
    return lines + summary_lines(records, conversation, kind=kind, name=name)
