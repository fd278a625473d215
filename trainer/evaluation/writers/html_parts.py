"""Parts of the HTML report that are tables: agreement with people, and comparisons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from trainer.evaluation.agreement import Agreement, Measures
from trainer.evaluation.compare import Comparison, Flip
from trainer.evaluation.label_measures import LABELS
from trainer.evaluation.result import Interval
from trainer.types import Axis

FLIPS_SHOWN = 100
_HEADLINES = (
    ("accuracy", "same label"),
    ("macro_f1", "mean F1 of the labels"),
    ("cohen_kappa", "Cohen's kappa, 19 labels"),
    ("group_kappa", "Cohen's kappa, 7 groups"),
)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table; every cell is plain text."""
    top = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def figure(found: Interval | None, sign: str = "") -> str:
    """Return a figure with its interval."""
    if found is None:
        return "-"
    return f"{found.value:{sign}.2f} ({found.low:{sign}.2f} to {found.high:{sign}.2f})"


def gold_section(gold: Agreement) -> Iterator[str]:
    """Yield how the scorer agrees with people."""
    yield "<h2>Against people</h2>"
    raters = f"{gold.raters} people" if gold.raters > 1 else "one person"
    yield (
        f"<p>{gold.segments:,} segments of {gold.turns:,} turns, judged by {raters}. "
        "Figures have 95% bootstrap intervals over talks.</p>"
    )
    said = gold.from_reference
    rows = [
        _row(text, getattr(gold.measures, name), getattr(said, name) if said else None, gold, name)
        for name, text in _HEADLINES
    ]
    for axis in Axis:
        for name in ("pearson", "spearman"):
            rows.append(
                _row(
                    f"{name.capitalize()}, {axis.replace('_', ' ')}",
                    getattr(gold.measures.scores[axis], name),
                    getattr(said.scores[axis], name) if said else None,
                    gold,
                    f"{name}.{axis}",
                )
            )
    if gold.fleiss_kappa is not None:
        rows.append(("Fleiss' kappa, the raters", figure(gold.fleiss_kappa), "", ""))
        with_scorer = figure(gold.fleiss_kappa_with_scorer)
        rows.append(("Fleiss' kappa, raters and scorer", with_scorer, "", ""))
    if gold.word_error_rate is not None:
        rows.append(("word error rate", figure(gold.word_error_rate), "", ""))
    head = ("", "as heard", "from the words really said", "change by recognition")
    yield table(head if said else head[:2], rows if said else [row[:2] for row in rows])
    yield _label_table(gold.measures)
    yield _confusion(gold.measures)


def _row(
    text: str, found: Interval | None, other: Interval | None, gold: Agreement, name: str
) -> tuple[str, str, str, str]:
    return text, figure(found), figure(other), figure(gold.change.get(name), "+")


def _label_table(measures: Measures) -> str:
    rows = [
        (
            each.label.replace("_", " "),
            str(each.gold),
            str(each.scored),
            figure(each.precision),
            figure(each.recall),
            figure(each.f1),
        )
        for each in measures.labels
        if each.gold or each.scored
    ]
    return table(("label", "people", "scorer", "precision", "recall", "F1"), rows)


def _confusion(measures: Measures) -> str:
    used = [at for at, each in enumerate(measures.labels) if each.gold or each.scored]
    if not used:
        return ""
    head = "".join(
        f'<th class="up"><span>{LABELS[at].replace("_", " ")}</span></th>' for at in used
    )
    rows = []
    for at in used:
        cells = "".join(
            f'<td class="n{" same" if at == other else ""}">{measures.confusion[at][other] or ""}'
            "</td>"
            for other in used
        )
        rows.append(f"<tr><th>{LABELS[at].replace('_', ' ')}</th>{cells}</tr>")
    return (
        "<h3>What was taken for what</h3><p>A row for what people said, a column for what the "
        'scorer said; framed where they agree.</p><div class="wide"><table class="confusion">'
        f"<thead><tr><th></th>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def comparison_section(title: str, compared: Comparison) -> Iterator[str]:
    """Yield what moved and which turns flipped."""
    yield f"<h2>{escape(title)}</h2>"
    old, new = (", ".join(names) or "-" for names in (compared.old_scorers, compared.new_scorers))
    others = [
        f"{count:,} {text}"
        for count, text in (
            (compared.reworded, "have other words now"),
            (compared.only_old, "are only in the old one"),
            (compared.only_new, "are only in the new one"),
        )
        if count
    ]
    left = f" Not compared: {', '.join(others)}." if others else ""
    yield f"<p>{escape(old)} before, {escape(new)} now; {compared.turns:,} turns in both.{left}</p>"
    yield table(
        ("", "turns", "before", "now", "change", ""),
        [
            (
                axis.replace("_", " "),
                str(change.turns),
                "-" if change.old_mean is None else f"{change.old_mean:.1f}",
                "-" if change.new_mean is None else f"{change.new_mean:.1f}",
                figure(change.change, "+"),
                "more than chance" if change.beyond_chance else "may be chance",
            )
            for axis, change in compared.axes.items()
        ],
    )
    if compared.flips:
        yield f"<h3>{len(compared.flips):,} turns flipped</h3>"
        yield table(
            ("turn", "words", "before", "now"),
            [_flip(flip) for flip in compared.flips[:FLIPS_SHOWN]],
        )


def _flip(flip: Flip) -> tuple[str, str, str, str]:
    old, new = (
        f"{' '.join(labels).replace('_', ' ') or '-'}; "
        + ", ".join("-" if scores[a] is None else f"{scores[a]:.0f}" for a in Axis)
        for labels, scores in ((flip.old_labels, flip.old), (flip.new_labels, flip.new))
    )
    return flip.id, flip.text, old, new
