"""``attack``: play attackers who see only what the product answers; say what they could tell."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click
import pandas as pd

from analytics.cli._store import open_store, store_option
from analytics.domain.release import Release
from analytics.exports.tables import readable
from analytics.i18n import Words
from analytics.reports.data.attack_report import STORED_ATTACKS, attack_table, attacks_of


def command(w: Words) -> click.Command:
    """Return the command in the language of ``w``."""

    @click.command("attack", help=w("cli_attack.help"))
    @click.option(
        "--release",
        type=click.Choice([each.value for each in Release]),
        help=w("cli_attack.release"),
    )
    @click.option("--quick", is_flag=True, help=w("cli_attack.quick"))
    @click.option("--keep", is_flag=True, help=w("cli_attack.keep"))
    @click.option("--json", "as_json", is_flag=True, help=w("cli_attack.json"))
    @store_option(w)
    def run(release: str | None, quick: bool, keep: bool, as_json: bool, store: Path) -> None:
        from analytics.attack.attacks import ATTACKS, FULL, QUICK, attacked
        from analytics.attack.results import about, rows_of, store_results

        with open_store(store, w) as opened:
            folder, cases = opened.folder, opened.manifest.tables["cases"].rows
        releases = (Release(release),) if release else tuple(Release)
        length = len(ATTACKS) * len(releases)
        with click.progressbar(length=length, label=w("cli_attack.label"), file=sys.stderr) as bar:
            found = attacked(folder, releases, QUICK if quick else FULL, lambda _: bar.update(1))
        rows, facts = rows_of(found), about(cases, date.today())  # noqa: DTZ011
        if keep:
            store_results(rows, facts, STORED_ATTACKS)
            click.echo(w("cli_attack.kept", file=STORED_ATTACKS), err=True)
        if as_json:
            click.echo(json.dumps(_document(rows, facts), ensure_ascii=False, indent=2))
            return
        exhibit = attack_table(attacks_of(rows, facts), w)
        table = readable(exhibit.table, w).drop(columns=w("attack.about")).to_string(index=False)
        told = [exhibit.title, exhibit.sentence, "", table, "", *exhibit.notes]
        click.echo("\n".join([*told, exhibit.source.text]))

    return run


def _document(rows: pd.DataFrame, facts: dict[str, str]) -> dict[str, Any]:
    values = json.loads(rows.to_json(orient="records"))
    return {**facts, "attacks": values}
