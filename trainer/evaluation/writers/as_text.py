"""A table for the terminal: talks, the costliest turns, the means, and what was compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trainer.evaluation.agreement import Agreement
from trainer.evaluation.compare import Comparison
from trainer.evaluation.result import EvaluatedTalk, EvaluatedTurn, Interval
from trainer.evaluation.run import Evaluation
from trainer.evaluation.summary import Summary
from trainer.evaluation.thresholds import Checked
from trainer.types import Axis

TURNS_SHOWN = 40  # of a small run every turn is shown, of a larger one the costliest
_QUOTED = 88


def text_lines(result: Evaluation, checked: Sequence[Checked]) -> Iterator[str]:
    """Yield the lines of the table."""
    summary = result.summary
    if summary.turns:
        if summary.turns <= TURNS_SHOWN:
            yield "  QQ   AN  turn"
            for turn in result.turns():
                yield _turn(turn)
            yield ""
        if summary.talks or len(result.talks) > 1:
            yield from _talks(result.talks)
        if summary.turns > TURNS_SHOWN:
            yield "  QQ   AN  the turns that cost most"
            yield from (_turn(turn) for turn in summary.costly)
            yield ""
        yield from _summary(summary)
    if result.scenarios:
        yield from _scenarios(result)
    if result.gold is not None:
        yield from _gold(result.gold)
    if result.recorded is not None:
        yield from _comparison("Beside the scoring kept in the sessions", result.recorded)
    if result.against is not None:
        yield from _comparison("Beside the earlier result", result.against)
    for each in checked:
        yield f"{'kept  ' if each.held else 'MISSED'}  {each.message}"


def _score(score: float | None) -> str:
    return "  -" if score is None else f"{score:3.0f}"


def _turn(turn: EvaluatedTurn) -> str:
    words = turn.text or "(no words)"
    short = words if len(words) <= _QUOTED else words[: _QUOTED - 1] + "…"
    scores = f" {_score(turn.question_quality)}  {_score(turn.agenda_neutrality)}"
    return f"{scores}  {turn.id}: {short}"


def _talks(talks: Sequence[EvaluatedTalk]) -> Iterator[str]:
    yield "question    agenda      manager's"
    yield "quality     neutrality  share      turns  talk"
    for talk in talks:
        quality = _talk_score(talk.question_quality, talk.mean_question_quality)
        neutrality = _talk_score(talk.agenda_neutrality, talk.mean_agenda_neutrality)
        share = "-" if talk.talk_share is None else f"{talk.talk_share:.0%}"
        name = talk.id if talk.whole else f"{talk.id} (unrelated turns: plain means)"
        yield f"{quality:<12}{neutrality:<12}{share:<11}{talk.turns:5}  {name}"
    yield ""


def _talk_score(whole: Interval | None, mean: float | None) -> str:
    if whole is not None:
        return f"{whole.value:.0f} ({whole.low:.0f}-{whole.high:.0f})"
    return "-" if mean is None else f"{mean:.0f}"


def _summary(summary: Summary) -> Iterator[str]:
    means = ", ".join(f"{axis.replace('_', ' ')} {_mean(summary.axes[axis].mean)}" for axis in Axis)
    talks = f" in {summary.talks} talk{'s' * (summary.talks > 1)}" if summary.talks else ""
    yield f"{summary.turns} turn{'s' * (summary.turns != 1)}{talks}, mean {means}."
    scorer = {turn.scorer for turn in summary.costly}
    wide = any(each.mean is not None and each.mean.is_wide for each in summary.axes.values())
    over = f" 95% intervals over {'talks' if summary.talks else 'turns'}." if wide else ""
    yield (
        f"{summary.not_scored} not scored.{over}"
        + (f" Scored by {', '.join(sorted(scorer))}." if scorer else "")
    )
    counts = [f"{count} {group}" for group, count in summary.groups.items() if count]
    yield f"What was done: {', '.join(counts) or 'nothing'}."


def _mean(mean: Interval | None) -> str:
    if mean is None:
        return "none"
    return f"{mean.value:.1f}" + (f" ({mean.low:.1f}-{mean.high:.1f})" if mean.is_wide else "")


def _scenarios(result: Evaluation) -> Iterator[str]:
    failed = [each for each in result.scenarios if each.failures]
    yield f"{len(result.scenarios)} scenario checks, {len(failed)} failed."
    for each in failed:
        yield f"FAIL  {each.scenario}: {each.name}"
        yield from (f"      {failure}" for failure in each.failures)


def _gold(gold: Agreement) -> Iterator[str]:
    yield ""
    yield f"Against people: {gold.segments} segments, {gold.turns} turns, {gold.raters} rater(s)."
    said = gold.from_reference
    if gold.word_error_rate is not None:
        yield f"  word error rate    {_figure(gold.word_error_rate)}"
    if said:
        yield f"  {'':<18} {'as heard':<22}{'as said':<22}change"
    for name in ("accuracy", "macro_f1", "cohen_kappa", "group_kappa"):
        found = getattr(gold.measures, name)
        if found is not None:
            other = getattr(said, name) if said else None
            yield _gold_row(name.replace("_", " "), found, other, gold.change.get(name))
    for axis, scores in gold.measures.scores.items():
        other_scores = said.scores[axis] if said else None
        if scores.pearson is not None:
            other = other_scores.pearson if other_scores else None
            change = gold.change.get(f"pearson.{axis}")
            yield _gold_row(f"r {axis.replace('_', ' ')}", scores.pearson, other, change)
    if gold.fleiss_kappa is not None:
        yield f"  {'Fleiss, raters':<18} {_figure(gold.fleiss_kappa)}"
        yield f"  {'  and the scorer':<18} {_figure(gold.fleiss_kappa_with_scorer)}"
    yield f"  {'label':<20}{'people':>7}{'scorer':>7}  precision  recall   F1"
    for each in gold.measures.labels:
        if each.gold or each.scored:
            figures = [
                "-" if found is None else f"{found.value:.2f}"
                for found in (each.precision, each.recall, each.f1)
            ]
            cells = f"{each.gold:7}{each.scored:7}  {figures[0]:<10} {figures[1]:<8} "
            f1 = "-" if each.f1 is None else _figure(each.f1)
            yield f"  {each.label:<20}{cells}{f1}"


def _gold_row(name: str, found: Interval, other: Interval | None, change: Interval | None) -> str:
    cells = f"  {name:<18} {_figure(found):<22}"
    if other is not None:
        cells += f"{_figure(other):<22}"
    return (cells + (_figure(change, sign="+") if change else "")).rstrip()


def _figure(found: Interval | None, sign: str = "") -> str:
    if found is None:
        return "-"
    return f"{found.value:{sign}.2f} ({found.low:{sign}.2f} to {found.high:{sign}.2f})"


def _comparison(title: str, compared: Comparison) -> Iterator[str]:
    yield ""
    old, new = (", ".join(names) or "-" for names in (compared.old_scorers, compared.new_scorers))
    yield f"{title}: {old} before, {new} now; {compared.turns} turns in both."
    for name, count in (
        ("have other words now and are not compared", compared.reworded),
        ("are only in the old one", compared.only_old),
        ("are only in the new one", compared.only_new),
    ):
        if count:
            yield f"  {count} turns {name}."
    for axis, change in compared.axes.items():
        if change.change is not None:
            sure = "more than chance" if change.beyond_chance else "may be chance"
            yield (
                f"  {axis.replace('_', ' '):<18} {change.old_mean:.1f} to {change.new_mean:.1f}, "
                f"{_figure(change.change, sign='+')}, {sure}"
            )
    yield f"  {len(compared.flips)} turns flipped (other labels, or another band)."
    for flip in compared.flips[:TURNS_SHOWN]:
        labels = f"{' '.join(flip.old_labels) or '-'} → {' '.join(flip.new_labels) or '-'}"
        scores = ", ".join(
            f"{'QQ' if axis is Axis.QUESTION_QUALITY else 'AN'} "
            f"{_score(flip.old[axis]).strip()} → {_score(flip.new[axis]).strip()}"
            for axis in Axis
        )
        yield f"    {flip.id}: {labels}; {scores}"
    if len(compared.flips) > TURNS_SHOWN:
        yield f"    … and {len(compared.flips) - TURNS_SHOWN} more; --format json has all"
