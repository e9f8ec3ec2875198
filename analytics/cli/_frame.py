"""What every command has in common: its language option and help in that language."""

from collections.abc import Callable, Iterable

import click

from analytics.cli._language import OPTION
from analytics.i18n import LANGUAGES, Words


def prepare(command: click.Command, w: Words) -> click.Command:
    """Give a command and its subcommands ``--lang``, ``--help`` and headings in ``w``'s language.

    Click translates its own words only through the process's gettext domain, so they are replaced.
    """
    command.context_class = _context(w)
    command.add_help_option = False
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
            required = f"[{w('cli.required')}]"
            own = [(term, text.replace("[required]", required)) for term, text in rows]
            super().write_dl(own, col_max, col_spacing)

    class Context(click.Context):
        """A context whose help is in one language."""

        formatter_class = Formatter

    return Context


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
