"""Two indicators against each other, district by district: an association and no effect."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from analytics.domain.estimates import Estimate, Status
from analytics.domain.grid_choice import FIRST_PAIR, PairChoice
from analytics.domain.indicators import Indicator, indicator
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.dimensions import keys, label, section
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import format_of, interval_text, status_text, value_text
from analytics.reports.basis.making import Column, Exhibit, based_on, readable
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.basis.selection import period_text
from analytics.reports.basis.subtitles import with_unit
from analytics.reports.districts.position import Positions, positions
from analytics.reports.districts.values import DistrictValues, district_values
from analytics.reports.exploring.district_grid import OFFERED
from analytics.reports.exploring.grid_words import short_name
from analytics.stats.rank_correlation import LEAST_UNITS, RankCorrelation, rank_correlation

_AXES: Final = ("x", "y")
_DIGITS: Final = 2


@figure(
    "district_scatter",
    "explore/districts",
    takes.PAIR,
    "scatter",
    indicators=OFFERED,
    usual=FIRST_PAIR[0],
)
def district_scatter(store: ParquetStore, choice: PairChoice, w: Words) -> Exhibit:
    """Return two indicators of every district, and how far their orders go together.

    Rows ``key`` (AGS-5), ``label, section, x, x_low, x_high, x_n, y, y_low, y_high, y_n, x_text,
    x_interval, y_text, y_interval, named`` (whether either lies outside the usual spread between
    districts), ``status``, in the order of the official key. Where one of both is not shown, the
    row has no figures.

    Raises:
        RefusedError: If both indicators are the same.
        KeyError: If there is no such indicator.
    """
    if choice.first == choice.second:
        raise RefusedError(w("indicator_pair.same"))
    chosen = {axis: indicator(name) for axis, name in zip(_AXES, _names(choice), strict=True)}
    values = {axis: district_values(store, one.id, choice.period) for axis, one in chosen.items()}
    placed = {axis: positions(store, one.id, choice.period) for axis, one in chosen.items()}
    frame = pd.DataFrame(
        [_row(ags, chosen, values, placed, w) for ags in keys("district", choice.period)]
    ).astype(dict.fromkeys(("x", "y"), "float64"))
    shown = frame[frame["status"] == Status.SHOWN]
    found = rank_correlation(shown["x"], shown["y"])
    asked = [query for each in values.values() for query in each.queries]
    asked += [query for each in placed.values() for query in each.queries]
    queries = {query.text: query for query in asked}
    tables = dict.fromkeys(table for one in chosen.values() for table in one.tables)
    return based_on(store, tuple(tables), w).exhibit(
        "district_scatter",
        _title(choice, found, w),
        _sentence(choice, found, len(shown), w),
        _columns(chosen, w),
        frame,
        indicators=_names(choice),
        notes=_notes(found, w),
        queries=tuple(queries.values()),
        choice=(
            ("indicator", choice.first),
            ("second", choice.second),
            ("from", str(choice.period.first)),
            ("to", str(choice.period.last)),
        ),
        measure=w(
            "indicator_pair.measure", **{a: with_unit(one.id, w) for a, one in chosen.items()}
        ),
        alt=w("indicator_pair.alt", title=_title(choice, found, w)),
    )


def _names(choice: PairChoice) -> tuple[str, str]:
    return choice.first, choice.second


def _row(
    ags: str,
    chosen: Mapping[str, Indicator],
    values: Mapping[str, DistrictValues],
    placed: Mapping[str, Positions],
    w: Words,
) -> dict[str, object]:
    own = {axis: values[axis].of(ags) for axis in _AXES}
    reasons = [each.status for each in own.values() if each.status is not Status.SHOWN]
    figures = own if not reasons else dict.fromkeys(own, _UNTOLD)
    found: dict[str, object] = {
        "key": ags,
        "label": label("district", ags, w),
        "section": section("district", ags),
        "named": any(placed[axis].of(ags).spread.is_unusual for axis in _AXES),
        "status": (reasons[0] if reasons else Status.SHOWN).value,
    }
    for axis, told in figures.items():
        found |= {
            axis: told.value,
            f"{axis}_low": told.low,
            f"{axis}_high": told.high,
            f"{axis}_n": told.n,
            f"{axis}_text": _text(chosen[axis], own[axis], w, is_told=not reasons),
            f"{axis}_interval": "" if reasons else interval_text(chosen[axis], told, w),
        }
    return found


_UNTOLD: Final = Estimate(None, None, None, None, Status.SUPPRESSED)


def _text(chosen: Indicator, own: Estimate, w: Words, *, is_told: bool) -> str:
    """Return a value, why there is none, or a dash where the other one is the reason."""
    if own.status is not Status.SHOWN:
        return status_text(chosen, own, w)
    return value_text(chosen, own.value if is_told else None, w)


def _title(choice: PairChoice, found: RankCorrelation | None, w: Words) -> str:
    texts = {"x": short_name(choice.first, w), "y": short_name(choice.second, w)}
    if found is None:
        return w("indicator_pair.title_few", **texts)
    if not found.excludes_zero:
        return w("indicator_pair.title_none", **texts)
    return w(
        "indicator_pair.title_same" if found.estimate > 0 else "indicator_pair.title_opposite",
        **texts,
    )


def _sentence(choice: PairChoice, found: RankCorrelation | None, n: int, w: Words) -> str:
    texts = {"period": period_text(choice.period, w), "n": w.number(n)}
    if found is None:
        return w("indicator_pair.sentence_few", **texts, least=w.number(LEAST_UNITS))
    ends = [w.signed(each, _DIGITS) for each in (found.low, found.high)]
    return w(
        "indicator_pair.sentence",
        **texts,
        r=w.signed(found.estimate, _DIGITS),
        range=w("estimate.from_to", low=ends[0], high=ends[1]),
    )


def _notes(found: RankCorrelation | None, w: Words) -> tuple[str, ...]:
    return (
        *([w("indicator_pair.note_method")] if found is not None else []),
        w("indicator_pair.note_association"),
        w("indicator_pair.note_noise"),
        w("indicator_pair.note_named"),
    )


def _columns(chosen: Mapping[str, Indicator], w: Words) -> tuple[Column, ...]:
    """Return the columns: values with their intervals to read, and as numbers to travel."""
    names = {axis: one.name[w.language] for axis, one in chosen.items()}
    read = [
        column
        for axis, name in names.items()
        for column in (
            Column(f"{axis}_text", name),
            Column(
                f"{axis}_interval",
                w("indicator_pair.interval_of", name=short_name(chosen[axis].id, w)),
            ),
        )
    ]
    figures = [
        Column(
            f"{axis}{end and '_'}{end}",
            w(f"indicator_pair.figure_{end or 'value'}", name=name),
            form.kind,
            form.digits,
            True,
        )
        for axis, name in names.items()
        for form in [format_of(chosen[axis])]
        for end in ("", "low", "high")
    ]
    counts = [
        Column(f"{axis}_n", w("indicator_pair.figure_n", name=name), "number", internal=True)
        for axis, name in names.items()
    ]
    return (
        *readable(w, label="dimension.district"),
        *read,
        Column("key", w("indicator.key"), internal=True),
        Column("section", w("finding_grid.column_section"), internal=True),
        *figures,
        *counts,
        Column("named", w("indicator_pair.named"), internal=True),
        Column("status", w("indicator.status"), internal=True),
    )
