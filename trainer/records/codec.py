"""Turn records to JSON and back, the same bytes for the same record."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from trainer.types import TurnRecord

_ADAPTER: TypeAdapter[TurnRecord] = TypeAdapter(TurnRecord)
_SETS = frozenset({"flags", "revealed", "handed"})


def to_json(record: TurnRecord) -> str:
    """Write a record as one line of JSON."""
    # Probabilities may be any mapping, which pydantic would warn about; they become objects.
    plain = _ADAPTER.dump_python(record, mode="json", fallback=dict, warnings="none")
    return json.dumps(_with_sorted_sets(plain))


def from_json(line: str | bytes) -> TurnRecord:
    """Read a record.

    Raises:
        ValueError: The line is not a record.
    """
    return _ADAPTER.validate_json(line)


def _with_sorted_sets(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            key: sorted(value) if key in _SETS else _with_sorted_sets(value)
            for key, value in node.items()
        }
    if isinstance(node, list):
        return [_with_sorted_sets(value) for value in node]
    return node
