"""Keep speech packages from logging: at debug level they write out the very words they speak."""

from __future__ import annotations

import logging

_NEVER = logging.CRITICAL + 1


def silence(*loggers: str) -> None:
    """Shut loggers, and those below them that exist, whatever level the program logs at."""
    for name in loggers:
        there = [each for each in logging.Logger.manager.loggerDict if each.startswith(f"{name}.")]
        for logger in map(logging.getLogger, [name, *there]):
            logger.setLevel(_NEVER)
            logger.propagate = False
