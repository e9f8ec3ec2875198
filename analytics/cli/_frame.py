"""What every command has in common: its language option and help in that language."""

import re
from collections.abc import Callable, Iterable
from typing import Final

import click

from analytics.cli._language import OPTION
from analytics.i18n import LANGUAGES, Words

_REQUIRED: Final = re.compile(r"\brequired(?=\]$)")
_DEFAULT: Final = re.compile(r"(?<=\[)default: (?=.*\]$)")
_METAVARS: Final = {
    "FILE": "cli.metavar_file",
    "DIR": "cli.metavar_dir",
    "DIRECTORY": "cli.metavar_dir",
    "DATE": "cli.metavar_date",
    "YYYY-MM": "cli.metavar_month",
    "N": "cli.metavar_number",
    "COLUMNS": "cli.metavar_columns",
}
"""What commands call their arguments in English, and the message that names it in any language."""


def prepare(command: click.Command, w: Words) -> click.Command:
    """Give a command and its subcommands ``--lang``, ``--help`` and headings in ``w``'s language.

    Click translates its own words only through the process's gettext domain, so they are replaced.
    """
    command.context_class = _context(w)
    command.add_help_option = False
    _own_metavars(command, w)
    command.params += [_language_option(w), _help_option(w)]
    command.options_metavar = f"[{w('cli.options_metavar')}]"
    if isinstance(command, click.Group):
        command.subcommand_metavar = w("cli.subcommand_metavar")
        for child in command.commands.values():
            prepare(child, w)
    return command


def _context(w: Words) -> type[click.Context]:
    headings = {
        "Options": w("cli.options"),
        "Commands": w("cli.commands"),
        "Positional arguments": w("cli.arguments"),
    }

    class Formatter(click.HelpFormatter):
        """Help text with headings of one language."""

        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, args, prefix or f"{w('cli.usage')} ")

        def write_heading(self, heading: str) -> None:
            super().write_heading(headings.get(heading, heading))

        def write_dl(
            self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
        ) -> None:
            own = [(term, _own_words(text, w)) for term, text in rows]
            super().write_dl(own, col_max, col_spacing)

    class Context(click.Context):
        """A context whose help is in one language."""

        formatter_class = Formatter

    return Context


def _own_words(text: str, w: Words) -> str:
    """Replace what click puts in brackets behind an option's help."""
    text = _REQUIRED.sub(w("cli.required"), text)
    return _DEFAULT.sub(f"{w('cli.default')} ", text)


def _own_metavars(command: click.Command, w: Words) -> None:
    for parameter in command.params:
        name = (parameter.metavar or "").removesuffix("...")
        if message := _METAVARS.get(name):
            parameter.metavar = f"{w(message)}{'...' if parameter.nargs == -1 else ''}"


def _language_option(w: Words) -> click.Option:
    return click.Option(
        [OPTION], type=click.Choice(LANGUAGES), expose_value=False, help=w("cli.lang_help")
    )


def _help_option(w: Words) -> click.Option:
    return click.Option(
        ["--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_help,
        help=w("cli.help_help"),
    )


def _show_help(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(context.get_help())
        context.exit()


class LazyGroup(click.Group):
    """A group that builds a command when it is asked for, so that each starts fast."""

    def __init__(
        self,
        name: str,
        *,
        names: tuple[str, ...],
        build: Callable[[str], click.Command],
        help_text: str,
    ) -> None:
        super().__init__(name, help=help_text, no_args_is_help=True)
        self._names = names
        self._build = build

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        return list(self._names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, or None."""
        return self._build(cmd_name) if cmd_name in self._names else None
