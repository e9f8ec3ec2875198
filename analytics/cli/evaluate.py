"""``evaluate``: the effect of the model programme or of KIM, and what may be said of it."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from analytics.cli._needs import chosen_of, needs_options
from analytics.cli._store import open_store, release_option, store_option
from analytics.domain.analysis_plan import Role
from analytics.domain.evaluation import (
    LAST_MONTHS,
    MOST_DRAWS,
    USUAL_DRAWS,
    USUAL_SEED,
    Design,
    EffectOutcome,
    KimChoice,
    ModelChoice,
    Towns,
)
from analytics.domain.filters import BREAKDOWNS, Chosen
from analytics.domain.periods import Month
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.provenance import source_line
from analytics.reports.basis.refusal import RefusedError, refusals
from analytics.reports.basis.selection import chosen_texts
from analytics.reports.evaluation.effect_halves import SIDES, change_text
from analytics.reports.evaluation.kim_starts import why_no_comparison
from analytics.reports.evaluation.panel import NoPanelError
from analytics.reports.evaluation.results import Choice, Summary, evaluation_summary
from analytics.reports.evaluation.sayings import statement
from analytics.reports.evaluation.scale import Scale
from analytics.stats.did import NoComparisonError, NoSpreadError
from analytics.stats.hazard import NotConvergedError


def command(w: Words) -> click.Command:
    """Return the command in the language of ``w``."""

    @click.command("evaluate", help=w("cli_evaluate.help"))
    @click.argument("design", metavar="DESIGN", type=_choice(Design))
    @click.option(
        "--outcome", type=_choice(EffectOutcome), default=EffectOutcome.SHARE.value,
        show_default=True, help=w("cli_evaluate.outcome"),
    )  # fmt: skip
    @click.option("--end", type=_choice(LAST_MONTHS), help=w("cli_evaluate.end"))
    @click.option("--towns", type=_choice(Towns), help=w("cli_evaluate.towns"))
    @needs_options(w, BREAKDOWNS)
    @click.option(
        "--draws", type=click.IntRange(1, MOST_DRAWS), default=USUAL_DRAWS, show_default=True,
        metavar="N", help=w("cli_evaluate.draws"),
    )  # fmt: skip
    @click.option(
        "--seed", type=click.IntRange(0), default=USUAL_SEED, show_default=True, metavar="N",
        help=w("cli_evaluate.seed"),
    )  # fmt: skip
    @click.option("--json", "as_json", is_flag=True, help=w("cli_evaluate.json"))
    @store_option(w)
    @release_option(w)
    def run(
        design: str,
        outcome: str,
        end: str | None,
        towns: str | None,
        draws: int,
        seed: int,
        as_json: bool,
        store: Path,
        **only: Any,
    ) -> None:
        choice: Choice
        chosen = chosen_of(only)
        if Design(design) is Design.KIM_ROLLOUT:
            _refuse_other_design(w, {"--end": end, "--towns": towns})
            choice = KimChoice(EffectOutcome(outcome), draws, seed, chosen)
        else:
            choice = ModelChoice(
                EffectOutcome(outcome),
                end=Month.parse(end) if end else LAST_MONTHS[0],
                towns=Towns(towns) if towns else Towns.UNIT,
                draws=draws,
                seed=seed,
                chosen=chosen,
            )
        with open_store(store, w) as data:
            summary = _summary(data, choice, w)
            text = _json(summary, chosen) if as_json else _text(data, summary, choice, w)
        click.echo(text)

    return run


def _choice(values: Any) -> click.Choice[str]:
    return click.Choice([str(value) for value in values])


def _refuse_other_design(w: Words, options: dict[str, str | None]) -> None:
    """Refuse options of the model programme rather than ignore them."""
    given = [name for name, value in options.items() if value is not None]
    if given:
        raise click.ClickException(w("cli_evaluate.other_design", options=w.join(given)))


def _summary(store: ParquetStore, choice: Choice, w: Words) -> Summary:
    """Return the summary; raises ClickException in words where there is none."""
    try:
        with refusals(w):
            return evaluation_summary(store, choice)
    except RefusedError as error:
        raise click.ClickException(error.reason) from error
    except NoPanelError:
        reason = w("evaluation.no_panel", as_of=w.date(store.manifest.as_of))
    except NoSpreadError:
        reason = w("evaluation.no_spread")
    except NoComparisonError:
        is_kim = isinstance(choice, KimChoice)
        reason = why_no_comparison(store, w) if is_kim else w("verdict.no_comparison")
    except NotConvergedError:
        reason = w("evaluation.not_converged")
    raise click.ClickException(w("cli_evaluate.refused", reason=reason))


def _json(summary: Summary, chosen: Chosen) -> str:
    document = asdict(summary) | {"only": dict(chosen)}
    del document["details"]
    for cell in document["refused"]:
        cell |= {"start": cell["start"].isoformat(), "quarter": cell["quarter"].isoformat()}
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


def _text(store: ParquetStore, summary: Summary, choice: Choice, w: Words) -> str:
    source = source_line(store, ("cases", "referrals"), w)
    scale = Scale(summary.outcome)
    rows = _rows(summary, choice, scale, w)
    width = max(len(label) for label, _ in rows)
    return "\n".join(
        [
            f"{w(f'verdict.design_{_NAMES[summary.design]}')}: {scale.name(w)}",
            *(f"{field}: {codes}" for field, codes in chosen_texts(choice.chosen, w)),
            "",
            f"{_heading(summary, w)}:",
            statement(summary.details, w, synthetic=source.provenance == "synthetic"),
            "",
            *(f"{label:<{width}}  {value}" for label, value in rows),
            "",
            source.text,
        ]
    )


def _heading(summary: Summary, w: Words) -> str:
    role = w(f"verdict.role_{summary.role}")
    if summary.role is Role.EXPLORATORY:
        return role
    return w("cli_evaluate.heading", level=w(f"verdict.level_{summary.verdict}"), role=role)


_NAMES = {Design.MODEL_PROJECT: "model", Design.KIM_ROLLOUT: "kim"}


def _rows(summary: Summary, choice: Choice, scale: Scale, w: Words) -> list[tuple[str, str]]:
    found = summary.details.estimated

    def say(key: str, **values: object) -> str:
        return w(f"cli_evaluate.{key}", **values)

    return [
        (
            scale.estimate_label(w),
            say(
                "estimate",
                size=scale.difference_text(found.estimate, w),
                interval=scale.interval_text((found.low, found.high), w),
            ),
        ),
        *_halves(summary, scale, w),
        (
            say("permutation"),
            say("draws_used", p=w.number(summary.permutation_p, 3), draws=w.number(choice.draws)),
        ),
        (say("pretrend"), w.number(summary.pretrend_p, 3)),
        (say("breakdown"), w.number(summary.breakdown, 2)),
        (say("mde"), scale.size_text(found.detectable, w)),
        (say("units"), _units(summary, w)),
        (say("refused_cells"), _refused(summary, w)),
    ]


def _halves(summary: Summary, scale: Scale, w: Words) -> list[tuple[str, str]]:
    """Return the two changes behind the estimate, where it has them."""
    if summary.halves is None:
        return []
    return [
        (w(f"cli_evaluate.change_{side}"), change_text(getattr(summary.halves, side), scale, w))
        for side in SIDES
    ]


def _units(summary: Summary, w: Words) -> str:
    texts = {"treated": w.number(summary.units_treated), "needs": w.number(summary.cases)}
    if summary.design is Design.KIM_ROLLOUT:
        return w("cli_evaluate.units_staggered", **texts)
    return w("cli_evaluate.units_of", controls=w.number(summary.units_control), **texts)


def _refused(summary: Summary, w: Words) -> str:
    reasons = Counter(cell.reason for cell in summary.refused)
    parts = [
        w(f"cli_evaluate.reason_{reason}", count=w.number(count))
        for reason, count in reasons.items()
    ]
    return w.join(parts) if parts else w("cli_evaluate.none_refused")
