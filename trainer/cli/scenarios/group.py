"""`trainer scenarios`: the group; each subcommand is a module beside this one."""

from __future__ import annotations

import click

from trainer.cli.scenarios.check import check
from trainer.cli.scenarios.listing import list_
from trainer.cli.scenarios.new import new
from trainer.cli.scenarios.preview import preview
from trainer.cli.scenarios.schema import schema
from trainer.cli.scenarios.show import show
from trainer.cli.scenarios.simulate import simulate
from trainer.cli.scenarios.test import test


@click.group("scenarios")
def command() -> None:
    """Write, check, try out and test scenarios."""


for _each in (list_, show, new, check, test, preview, simulate, schema):
    command.add_command(_each)
