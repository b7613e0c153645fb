"""The commands, and the exit code of each way that they end."""

import sys
from collections.abc import Sequence
from io import StringIO

import click

from pricing_rules.cli.audit import audit_command
from pricing_rules.cli.catalog import catalog_command
from pricing_rules.cli.command import UNREADABLE, unwritten
from pricing_rules.cli.diff import diff_command
from pricing_rules.cli.explain import explain_command
from pricing_rules.cli.export import export_command
from pricing_rules.cli.fit import fit_command
from pricing_rules.cli.margins import margins_command
from pricing_rules.cli.models import models_command
from pricing_rules.cli.offers import offers_command
from pricing_rules.cli.page import page_command
from pricing_rules.cli.prices import prices_command
from pricing_rules.cli.quote import quote_command
from pricing_rules.cli.rate import rate_command
from pricing_rules.cli.sample_log import sample_log_command
from pricing_rules.cli.schema import schema_command
from pricing_rules.cli.sources import sources_command
from pricing_rules.cli.terminal import encode_anything, safe_lines, show_json
from pricing_rules.cli.validate import validate_command
from pricing_rules.spelling import hint, printable, shown

INTERRUPTED = 130
LINE = "\n"


class Program(click.Group):
    """The group of commands; a misspelt one is told the nearest."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the arguments name."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            ctx.fail(f"No such command {shown(name)}.{hint(name, self.commands)}")
        return super().resolve_command(ctx, args)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pricing-rules", prog_name="pricing-rules")
def program() -> None:
    """Tell what AI image and video models may be asked for and what each request costs, exactly.

    Exit codes: 0 fine, 1 invalid or not priced, 2 wrong usage, 3 unreadable input, 130 interrupted.
    """


for command in (
    quote_command,
    validate_command,
    models_command,
    catalog_command,
    prices_command,
    schema_command,
    export_command,
    page_command,
    diff_command,
    offers_command,
    margins_command,
    fit_command,
    sources_command,
    audit_command,
    explain_command,
    rate_command,
    sample_log_command,
):
    program.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code.

    Args:
        arguments: those after the program's name; without, those that the process was started with.
    """
    encode_anything(sys.stdout)
    try:
        code: int | None = program.main(arguments, "pricing-rules", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as error:
        if "--json" in (sys.argv[1:] if arguments is None else arguments):
            show_json({"error": type(error).__name__, "message": error.format_message()})
            return error.exit_code
        said = StringIO()
        error.show(said)
        click.echo(safe_lines(said.getvalue()), nl=False, err=True)
        return error.exit_code
    except OSError as error:
        click.echo(f"Error: {safe_lines(unwritten(error))}", err=True)
        return UNREADABLE
    except _engine_errors() as error:
        interrupted = type(error).__name__ == "InterruptException"
        if not interrupted:
            click.echo(f"Error: DuckDB could not go on: {printable(str(error).strip().partition(LINE)[0])}", err=True)
        return INTERRUPTED if interrupted else UNREADABLE
    return code or 0


def _engine_errors() -> tuple[type[Exception], ...]:
    """Return what DuckDB raises, if it was imported: the last of it that no command tells."""
    engine = sys.modules.get("duckdb")
    return (engine.Error,) if engine else ()
