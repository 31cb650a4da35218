"""Every command says what it is for, and is documented."""

from pathlib import Path

from click.testing import CliRunner

from api.cli import main

DOCS = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text("utf-8")


def test_every_command_and_option_has_its_words() -> None:
    for name, command in main.commands.items():
        assert command.help
        assert f"## `register {name}" in DOCS
        for option in command.params:
            if option.opts[0].startswith("--"):
                assert getattr(option, "help", None), (name, option.name)
                assert f"`{option.opts[0]}`" in DOCS, (name, option.opts[0])


def test_help_and_version_end_well() -> None:
    runner = CliRunner()
    for arguments in (["--help"], ["--version"], *([name, "--help"] for name in main.commands)):
        assert runner.invoke(main, arguments).exit_code == 0


def test_what_does_not_exist_is_a_mistake_of_the_caller() -> None:
    assert CliRunner().invoke(main, ["fly"]).exit_code == 2
    assert CliRunner().invoke(main, ["demo", "--port", "70000"]).exit_code == 2
