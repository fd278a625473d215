"""How far an evaluation is, on a terminal: done, rate, time left."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from trainer.evaluation.run import Progress
from trainer.evaluation.talks import Problem, Work
from trainer.evaluation.units import Unit, units_of


@contextmanager
def progress_bar(
    count: Callable[[], Iterable[Work | Problem] | None],
) -> Iterator[Callable[[Progress], None] | None]:
    """Show a bar on stderr when it is a terminal.

    Args:
        count: Reads the inputs once more, to know how much there is; None when that cannot be.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    found = count()
    total = None if found is None else sum(u.size for u in units_of(found) if isinstance(u, Unit))
    columns = (
        TextColumn("evaluating"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, rate="")

        def show(progress: Progress) -> None:
            elapsed_s = bar.tasks[0].elapsed or 0.0
            rate = progress.new / elapsed_s if elapsed_s > 0 else 0.0
            bar.update(task, completed=progress.done, rate=f"{rate:.1f} turns/s")

        yield show
