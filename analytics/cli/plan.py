"""``plan``: the analysis plan in force, in words and as PDF."""

from itertools import groupby
from pathlib import Path

import click

from analytics.domain.analysis_plan import ChangedPlanError, PlanError
from analytics.i18n import Words
from analytics.reports.evaluation.plan_report import PlanDocument, plan_document


def command(w: Words) -> click.Command:
    """Return the command in the language of ``w``."""

    @click.command("plan", help=w("cli_plan.help"))
    @click.option(
        "--pdf", "target", metavar="FILE", type=click.Path(path_type=Path), help=w("cli_plan.pdf")
    )
    def run(target: Path | None) -> None:
        document = _document(w)
        click.echo(_text(document, w))
        if target is not None:
            click.echo(w("cli_plan.written", file=_write(document, target, w)), err=True)

    return run


def _document(w: Words) -> PlanDocument:
    """Return the plan; raises ClickException with what to mend where the file cannot be taken."""
    try:
        return plan_document(w)
    except ChangedPlanError as error:
        reason = w("cli_plan.changed", number=error.number, checksum=error.computed)
    except PlanError as error:
        reason = w("cli_plan.unreadable", reason=error)
    raise click.ClickException(reason)


def _text(document: PlanDocument, w: Words) -> str:
    exhibit = document.exhibit
    told = [w("cli_plan.words", programme=each.topic, text=each.text) for each in document.words]
    return "\n".join(
        [exhibit.title, exhibit.sentence, "", *told, *_lines(document), "", *exhibit.notes]
    )


def _lines(document: PlanDocument) -> list[str]:
    """Return the lines of the version in force under the names of their sections."""
    rows = document.exhibit.table.frame.to_dict("records")
    width = max(len(row["line"]) for row in rows)
    found = []
    for section, lines in groupby(rows, lambda row: row["section"]):
        found += ["", section]
        for row in lines:
            found.append(f"  {row['line']:<{width}}  {row[f'version_{document.plan.number}']}")
    return found


def _write(document: PlanDocument, target: Path, w: Words) -> Path:
    """Write the PDF to ``target`` or, if that is a folder, under its own name; return its path.

    Raises:
        OSError: If it cannot be written; what was there before is then still there.
    """
    from analytics.exports.pdf_name import plan_pdf_name
    from analytics.exports.plan_pdf import plan_pdf
    from analytics.extracts import durable

    name = plan_pdf_name(document.plan, w.language)
    path = target / name if target.is_dir() else target
    durable.replace_bytes(path, plan_pdf(document, w))
    return path
