"""Every command says what it is for, and is documented."""

from collections.abc import Iterator
from pathlib import Path

import click
from click.testing import CliRunner

from api.cli import main

DOCS = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text("utf-8")


def every() -> Iterator[tuple[str, click.Command]]:
    """Commands with their names, and those below a command."""
    for name, command in main.commands.items():
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {below}", inner) for below, inner in command.commands.items())


def test_every_command_and_option_has_its_words() -> None:
    for name, command in every():
        assert command.help
        assert f"`register {name}" in DOCS
        assert f"## `register {name.split()[0]}" in DOCS
        for option in command.params:
            if option.opts[0].startswith("--"):
                assert getattr(option, "help", None), (name, option.name)
                assert f"`{option.opts[0]}`" in DOCS, (name, option.opts[0])


def test_help_and_version_end_well() -> None:
    runner = CliRunner()
    for arguments in (["--help"], ["--version"], *([*name.split(), "--help"] for name, _ in every())):
        assert runner.invoke(main, arguments).exit_code == 0


def test_what_does_not_exist_is_a_mistake_of_the_caller() -> None:
    assert CliRunner().invoke(main, ["fly"]).exit_code == 2
    assert CliRunner().invoke(main, ["demo", "--port", "70000"]).exit_code == 2
