"""`trainer report`: one session, turn by turn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np

from trainer.errors import UsageError
from trainer.records.report import report_lines
from trainer.records.store import SessionFolder, SessionInfo, Store, is_session_folder
from trainer.salesperson.ledger import owned_actions
from trainer.scenario.load import find
from trainer.scoring.conversation import score_conversation
from trainer.types import Kind, OwnedAction, TurnRecord


@click.command("report")
@click.argument("session", required=False)
def command(session: str | None) -> None:
    """Read a session turn by turn: the latest, or SESSION (an id or a folder)."""
    folder = _folder(session)
    info = folder.info
    kept = {record.number: record for record in folder.records()}
    records = [kept[number] for number in sorted(kept)]
    kind = Kind(info.kind)
    conversation = score_conversation(
        [record.score for record in records],
        kind=kind,
        rng=np.random.default_rng(0),
        actions=_actions(info, records),
    )
    for line in report_lines(
        records,
        conversation,
        title=info.title,
        started=info.started,
        kind=kind,
        name=_name(info.scenario),
    ):
        click.echo(line)


def _folder(session: str | None) -> SessionFolder:
    if session is None:
        return Store().latest()
    path = Path(session)
    return SessionFolder(path) if is_session_folder(path) else Store().folder(session)


def _actions(info: SessionInfo, records: Sequence[TurnRecord]) -> tuple[OwnedAction, ...]:
    """Read whose idea the next step was; not known where the scenario is gone or has changed."""
    try:
        scenario = find(info.scenario_path if Path(info.scenario_path).is_file() else info.scenario)
    except UsageError:
        return ()
    if not records or scenario.sha256 != info.scenario_sha256:
        return ()
    return owned_actions(scenario.file, records[-1].reply.mind)


def _name(scenario: str) -> str:
    """Return the salesperson's first name, or their role where the scenario is gone."""
    try:
        return find(scenario).file.person.name.split()[0]
    except UsageError:
        return "Salesperson"
