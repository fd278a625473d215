"""One self-contained HTML file: no script, no outside resource, readable without colour.

The overview and every talk are pages of one file: a link to a talk shows that page alone. On paper
all pages follow one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib import resources
from typing import TextIO

from trainer.evaluation.result import (
    Cost,
    DoneTalk,
    EvaluatedTalk,
    EvaluatedTurn,
    Interval,
)
from trainer.evaluation.run import Evaluation
from trainer.evaluation.summary import AxisSummary, Summary
from trainer.evaluation.thresholds import Checked
from trainer.evaluation.writers.charts import bars, histogram, share_bar
from trainer.evaluation.writers.html_parts import comparison_section, gold_section, table
from trainer.labels import LABEL_GROUPS
from trainer.scoring.conversation import FEWEST_TURNS, band
from trainer.types import Axis, Kind

_NAMES = {Axis.QUESTION_QUALITY: "Question quality", Axis.AGENDA_NEUTRALITY: "Agenda neutrality"}
_SECOND = {
    Kind.COACHING: "agenda neutrality",
    Kind.ENROLLMENT: "agenda openness",
    Kind.MENTORING: "advice hygiene",
}


def write_html(result: Evaluation, checked: Sequence[Checked], out: TextIO) -> None:
    """Write the report, a talk at a time."""
    style = resources.files(__package__).joinpath("report.css").read_text(encoding="utf-8")
    out.write(
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Evaluation of talks</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
    )
    out.writelines(_talk_pages(result))
    # After the pages in the file: only then can the style of a page that is asked for hide it.
    out.write('<main id="overview">\n')
    out.writelines(f"{part}\n" for part in _overview(result, checked))
    out.write("</main>\n</body>\n</html>\n")


def _overview(result: Evaluation, checked: Sequence[Checked]) -> Iterator[str]:
    summary = result.summary
    yield "<h1>Evaluation of talks</h1>"
    yield f'<p class="lead">{escape(_in_a_sentence(summary))}</p>'
    yield from _alerts(result, checked)
    if summary.turns:
        yield '<section class="two">'
        for axis in Axis:
            yield _distribution(axis, summary.axes[axis])
        yield "</section>"
        yield from _what_was_done(summary)
        yield from _costly(result)
        yield "<h2>Talks</h2>"
        yield _talk_table(result.talks)
    if result.scenarios:
        yield "<h2>Scenarios</h2>"
        yield table(
            ("", "scenario", "check", "what came otherwise"),
            [
                ("FAILED" if s.failures else "passed", s.scenario, s.name, "; ".join(s.failures))
                for s in result.scenarios
            ],
        )
    if result.gold is not None:
        yield from gold_section(result.gold)
    for title, compared in (
        ("Beside the scoring kept in the sessions", result.recorded),
        ("Beside the earlier result", result.against),
    ):
        if compared is not None:
            yield from comparison_section(title, compared)
    yield from _reading_guide(summary)


def _in_a_sentence(summary: Summary) -> str:
    talks = f" in {_counted(summary.talks, 'talk')}" if summary.talks else ""
    scorers = sorted({turn.scorer for turn in summary.costly})
    by = f", scored by {', '.join(scorers)}" if scorers else ""
    share = ""
    if summary.talk_share is not None:
        share = f" On average the manager spoke {summary.talk_share:.0%} of a talk."
    not_scored = f" {summary.not_scored} could not be scored." if summary.not_scored else ""
    return f"{_counted(summary.turns, 'turn')} of the manager{talks}{by}.{not_scored}{share}"


def _counted(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def _alerts(result: Evaluation, checked: Sequence[Checked]) -> Iterator[str]:
    for each in checked:
        word, name = ("kept", "kept") if each.held else ("missed", "missed")
        yield f'<p class="alert {name}"><b>Threshold {word}.</b> {escape(each.message)}</p>'
    if result.problems:
        count = _counted(len(result.problems), "problem")
        yield '<details class="alert missed">'
        yield f"<summary><b>{count} with the inputs.</b></summary><ul>"
        yield from (
            f"<li><code>{escape(p.where)}</code>: {escape(p.message)}</li>" for p in result.problems
        )
        yield "</ul></details>"


def _distribution(axis: Axis, summary: AxisSummary) -> str:
    name = _NAMES[axis]
    mean = "no turn was scored on it"
    if summary.mean is not None:
        mean = f"mean {summary.mean.value:.1f}"
        if summary.mean.is_wide:
            mean += f", 95% interval {summary.mean.low:.1f} to {summary.mean.high:.1f}"
    drawn = histogram(summary.histogram, f"{name} of {summary.scored_turns} turns")
    counted = f"{_counted(summary.scored_turns, 'turn')} scored; {mean}"
    return f"<figure><figcaption><b>{name}</b><br>{counted}</figcaption>{drawn}</figure>"


def _what_was_done(summary: Summary) -> Iterator[str]:
    yield "<h2>What was done</h2>"
    counts = [
        (label.replace("_", " "), LABEL_GROUPS[label].value, count)
        for label, count in summary.labels.items()
        if count
    ]
    counts.sort(key=lambda each: (-each[2], each[0]))
    yield f"<figure>{bars(counts, 'Segments by label')}</figure>"


def _costly(result: Evaluation) -> Iterator[str]:
    shown = [turn for turn in result.summary.costly if turn.lowest is not None and turn.lowest < 60]
    if not shown:
        return
    links = {talk.id: _anchor(at) for at, talk in enumerate(result.talks)}
    yield "<h2>Turns that cost most</h2>"
    yield '<ol class="costly">'
    for turn in shown:
        yield (
            f"<li>{_scores(turn)}<blockquote>{_marked(turn)}</blockquote>"
            f'{_costs(turn.costs)}<p class="where"><a href="#{links.get(turn.talk, "overview")}">'
            f"{escape(turn.id)}</a></p></li>"
        )
    yield "</ol>"


def _talk_table(talks: Sequence[EvaluatedTalk]) -> str:
    rows = []
    for at, talk in enumerate(talks):
        rows.append(
            "<tr>"
            f'<td><a href="#{_anchor(at)}">{escape(talk.id)}</a></td>'
            f'<td class="n">{talk.turns}</td>'
            f"<td>{_of_talk(talk.question_quality, talk.mean_question_quality)}</td>"
            f"<td>{_of_talk(talk.agenda_neutrality, talk.mean_agenda_neutrality)}</td>"
            f"<td>{share_bar(talk.talk_share)}</td>"
            "</tr>"
        )
    head = "".join(
        f"<th>{name}</th>"
        for name in ("talk", "turns", "question quality", "agenda neutrality", "manager's share")
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _of_talk(whole: Interval | None, mean: float | None) -> str:
    if whole is not None:
        return (
            f"<b>{whole.value:.0f}</b> ({whole.low:.0f} to {whole.high:.0f}), {band(whole.value)}"
        )
    return "not scored" if mean is None else f"mean {mean:.0f}"


def _talk_pages(result: Evaluation) -> Iterator[str]:
    """Yield a page for each talk; the unrelated turns of one file share one."""
    at = -1
    for done in result.done_talks():
        first = at < 0 or done.talk.whole or result.talks[at].where != done.talk.where
        first = first or result.talks[at].whole
        if first:
            if at >= 0:
                yield "</ol></section>\n"
            at += 1
            yield _page_head(result.talks[at], at)
        yield from _page_turns(done)
    if at >= 0:
        yield "</ol></section>\n"


def _page_head(talk: EvaluatedTalk, at: int) -> str:
    whole = (
        f"Question quality {_of_talk(talk.question_quality, talk.mean_question_quality)}; "
        f"{_SECOND[talk.kind]} {_of_talk(talk.agenda_neutrality, talk.mean_agenda_neutrality)}."
    )
    if talk.whole and talk.scored_turns < FEWEST_TURNS:
        whole += f" A talk is scored as a whole from {FEWEST_TURNS} scored turns on."
    return (
        f'<section class="talk" id="{_anchor(at)}"><p><a href="#overview">All talks</a></p>'
        f"<h1>{escape(talk.id)}</h1><p>{whole}</p>"
        f"<p>{_counted(talk.turns, 'turn')}, {_counted(talk.manager_words, 'word')} of the "
        f"manager. Their share of the talk: {share_bar(talk.talk_share)}</p>"
        f'<p class="where">{escape(talk.where)}</p>'
        '<ol class="turns">\n'
    )


def _page_turns(done: DoneTalk) -> Iterator[str]:
    for turn in done.turns:
        before = f'<p class="before">{escape(turn.said_before)}</p>' if turn.said_before else ""
        yield (
            f"<li>{before}<blockquote>{_marked(turn)}</blockquote>{_scores(turn)}"
            f"{_labels(turn)}{_costs(turn.costs)}{_feedback(turn)}</li>\n"
        )


def _scores(turn: EvaluatedTurn) -> str:
    parts = []
    for name, score in (
        ("question quality", turn.question_quality),
        (_SECOND[turn.kind], turn.agenda_neutrality),
    ):
        parts.append(f"{name} <b>{'not scored' if score is None else f'{score:.0f}'}</b>")
    why = f" ({escape(turn.not_scored_because)})" if turn.not_scored_because else ""
    return f'<p class="scores">{" · ".join(parts)}{why}</p>'


def _marked(turn: EvaluatedTurn) -> str:
    """Return the words, with the ones that cost most underlined."""
    if not turn.text:
        return "<i>(no words)</i>"
    words = escape(turn.text)
    quote = escape(turn.costs[0].quote) if turn.costs else ""
    return words.replace(quote, f"<mark>{quote}</mark>", 1) if quote else words


def _labels(turn: EvaluatedTurn) -> str:
    tags = "".join(
        f'<li title="{escape(s.text)}">{" +".join([s.label, *s.flags]).replace("_", " ")}</li>'
        for s in turn.segments
    )
    return f'<ul class="labels">{tags}</ul>' if tags else ""


def _costs(costs: Sequence[Cost]) -> str:
    if not costs:
        return ""
    first = costs[0]
    return (
        f'<p class="cost">{first.points:+.0f} on {first.axis.replace("_", " ")}: '
        f"{escape(first.reason)}</p>"
    )


def _feedback(turn: EvaluatedTurn) -> str:
    if turn.feedback is None:
        return ""
    line = f" For example: “{escape(turn.feedback.rewrite)}”" if turn.feedback.rewrite else ""
    return f'<p class="feedback">{escape(turn.feedback.what)} {escape(turn.feedback.why)}{line}</p>'


def _reading_guide(summary: Summary) -> Iterator[str]:
    over = "talks" if summary.talks else "turns"
    yield "<h2>How to read this</h2>"
    yield (
        "<p>Question quality and agenda neutrality run from 0 to 100 and are never added up. "
        "Under 40 is telling, 40 to 59 mixed, 60 to 79 coaching, 80 and over strong coaching. "
        f"Intervals are 95% bootstrap intervals over {over}: another sample of the same size would "
        "often land within them. A score of one turn is a guide; a mean over many is a measure.</p>"
    )


def _anchor(at: int) -> str:
    return f"talk-{at + 1}"
