"""A command that is imported when it is called: until then its name and its line in the help are enough."""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from typing import Any

import click


class Later(click.Command):
    """Stands for the command of the same name in a module; `line` is the first paragraph of its help."""

    def __init__(self, module: str, line: str) -> None:
        super().__init__(module.rpartition(".")[2], help=line)
        self.module = module

    @cached_property
    def command(self) -> click.Command:
        """The command itself."""
        command = getattr(import_module(self.module), str(self.name))
        assert isinstance(command, click.Command)  # noqa: S101 (a module that holds none is ours to mend)
        return command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of the command itself, so that all that follows is its own."""
        return self.command.make_context(info_name, args, parent, **extra)
