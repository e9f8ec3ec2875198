"""``python -m analytics snapshots``: list, verify, activate, rebuild and prune snapshots."""

import json
from pathlib import Path

import click

from analytics.cli._store import store_option
from analytics.extracts.contract import TABLES
from analytics.extracts.snapshots import Listed, SnapshotStore
from analytics.i18n import Words

_UNSOUND = 1


def command(w: Words) -> click.Command:
    """Return the group in the language of ``w``."""
    commands = [_list(w), _verify(w), _activate(w), _rebuild(w), _prune(w)]
    return click.Group(
        "snapshots", commands=commands, help=w("cli_snapshots.help"), no_args_is_help=True
    )


def _list(w: Words) -> click.Command:
    @click.command("list", help=w("cli_snapshots.list_help"))
    @store_option(w)
    @click.option("--json", "as_json", is_flag=True, help=w("cli_snapshots.json"))
    def run(store: Path, as_json: bool) -> None:
        found = SnapshotStore(store).list()
        if as_json:
            click.echo(json.dumps([_entry(listed) for listed in found], indent=2))
            return
        if not found:
            click.echo(w("cli_snapshots.none", store=store))
        for listed in found:
            click.echo(_line(listed, w))

    return run


def _verify(w: Words) -> click.Command:
    @click.command("verify", help=w("cli_snapshots.verify_help"))
    @click.argument("snapshot", required=False, metavar="[ID]")
    @store_option(w)
    @click.option("--json", "as_json", is_flag=True, help=w("cli_snapshots.json"))
    def run(snapshot: str | None, store: Path, as_json: bool) -> int:
        snapshots = SnapshotStore(store)
        snapshot_id = snapshot or _current_id(snapshots, w)
        problems = [problem.text(w) for problem in snapshots.verify(snapshot_id)]
        if as_json:
            content = {"snapshot": snapshot_id, "sound": not problems, "problems": problems}
            click.echo(json.dumps(content, ensure_ascii=False, indent=2))
        else:
            verdict = "unsound" if problems else "sound"
            click.echo(w(f"cli_snapshots.{verdict}", id=snapshot_id))
            for problem in problems:
                click.echo(f"- {problem}")
        return _UNSOUND if problems else 0

    return run


def _activate(w: Words) -> click.Command:
    @click.command("activate", help=w("cli_snapshots.activate_help"))
    @click.argument("snapshot", metavar="ID")
    @store_option(w)
    def run(snapshot: str, store: Path) -> None:
        manifest = SnapshotStore(store).activate(snapshot)
        as_of = w.date(manifest.as_of)
        click.echo(w("cli_snapshots.activated", id=manifest.snapshot_id, as_of=as_of))

    return run


def _rebuild(w: Words) -> click.Command:
    @click.command("rebuild", help=w("cli_snapshots.rebuild_help"))
    @click.argument("snapshot", required=False, metavar="[ID]")
    @click.option("--if-needed", is_flag=True, help=w("cli_snapshots.if_needed"))
    @store_option(w)
    def run(snapshot: str | None, if_needed: bool, store: Path) -> None:
        snapshots = SnapshotStore(store)
        snapshot_id = snapshot or _current_id(snapshots, w)
        if if_needed and not snapshots.verify(snapshot_id):
            return
        manifest = snapshots.rebuild(snapshot_id)
        click.echo(w("cli_snapshots.rebuilt", id=manifest.snapshot_id, before=snapshot_id))

    return run


def _prune(w: Words) -> click.Command:
    @click.command("prune", help=w("cli_snapshots.prune_help"))
    @click.option(
        "--keep",
        type=click.IntRange(min=1),
        required=True,
        metavar="N",
        help=w("cli_snapshots.keep"),
    )
    @store_option(w)
    def run(keep: int, store: Path) -> None:
        pruned = SnapshotStore(store).prune(keep)
        for snapshot_id in pruned.removed:
            click.echo(w("cli_snapshots.removed", id=snapshot_id))
        for snapshot_id in pruned.in_use:
            click.echo(w("cli_snapshots.in_use", id=snapshot_id))
        if not pruned.removed and not pruned.in_use:
            click.echo(w("cli_snapshots.nothing_to_prune"))

    return run


def _current_id(snapshots: SnapshotStore, w: Words) -> str:
    current = snapshots.current()
    if current is None:
        raise click.ClickException(w("cli_store.none", store=snapshots.root))
    return current.name


def _line(listed: Listed, w: Words) -> str:
    mark = "*" if listed.is_current else " "
    manifest = listed.manifest
    if manifest is None or listed.problems:
        said = " ".join(problem.text(w) for problem in listed.problems)
        return w("cli_snapshots.unusable", mark=mark, id=listed.snapshot_id, problem=said)
    rows = sum(manifest.tables[name].rows for name in TABLES if name in manifest.tables)
    kind = "synthetic" if manifest.is_synthetic else "without_synthetic"
    return w(
        "cli_snapshots.line",
        mark=mark,
        id=listed.snapshot_id,
        as_of=w.date(manifest.as_of),
        rows=w.number(rows),
        kind=w(f"cli_snapshots.{kind}"),
    )


def _entry(listed: Listed) -> dict[str, object]:
    manifest = listed.manifest
    known = json.loads(manifest.to_json()) if manifest else {"snapshot_id": listed.snapshot_id}
    return {**known, "current": listed.is_current, "readable": manifest is not None}
