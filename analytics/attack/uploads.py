"""Two invented people, uploaded as a district's file, take the place of its own."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from analytics.attack.claims import Cell, Claims, Estimate
from analytics.attack.view import View, quarters, sampled
from analytics.attack.windows import remainder, windows
from analytics.domain.areas import registry
from analytics.domain.periods import Period
from analytics.extracts.contract import CASES, REFERRALS
from analytics.extracts.readers import Source
from analytics.reports.districts.upload import OwnFile, try_out

_PEOPLE: Final = 2
_DAY: Final = date(2019, 5, 6)
"""Of the invented people's needs, in the middle of a quarter that all stores have."""

_LATER: Final = date(2019, 5, 20)


def uploads(view: View, effort: int) -> Claims:
    """Upload two invented people as a district, and subtract the state's value from what it was.

    Whatever the uploaded store tells of other districts' windows is claimed as well.
    """
    aims: list[Cell] = []
    found: dict[Cell, Estimate] = {}
    districts = [area.ags for area in sampled(registry().districts, effort)]
    others: Claims | None = None
    for ags in districts:
        aims += [Cell("district", ags, period) for period in quarters(view.covered)]
        upload = try_out(view.store.folder, _files(ags), ags)
        if upload.store is None:
            continue
        with upload.store as store:
            tried = View(store)
            found |= {each.cell: each for each in _differences(view, tried, ags)}
            if others is None:
                others = windows(tried, 0)
        view.asked, view.refused = view.asked + tried.asked, view.refused + tried.refused
    if others is None:
        return Claims(tuple(aims), tuple(found.values()))
    return replace(
        others, aims=(*aims, *others.aims), estimates=(*found.values(), *others.estimates)
    )


def _differences(view: View, tried: View, ags: str) -> Iterator[Estimate]:
    for period in quarters(view.covered):
        before = view.table("state", period, assigned=False)
        after = tried.table("state", period, assigned=False)
        if before is None or after is None or before.empty or after.empty:
            continue
        invented = _PEOPLE if _is_in(_DAY, period) else 0
        figures = [float(before["n"].iloc[0]) + invented, float(after["n"].iloc[0])]
        estimate = remainder(view, Cell("district", ags, period), figures)
        if estimate is not None:
            yield estimate


def _is_in(day: date, period: Period) -> bool:
    return period.start <= day < period.end


def _files(ags: str) -> list[OwnFile]:
    cases = [_case(ags, number) for number in range(_PEOPLE)]
    needs = [_need(ags, number) for number in range(_PEOPLE)]
    return [
        OwnFile(Source("cases.csv", content=_csv(cases)), CASES),
        OwnFile(Source("referrals.csv", content=_csv(needs)), REFERRALS),
    ]


def _csv(rows: list[dict[str, str]]) -> bytes:
    lines = [";".join(rows[0]), *(";".join(row.values()) for row in rows)]
    return "\n".join(lines).encode()


def _case(ags: str, number: int) -> dict[str, str]:
    return {
        "case_id": f"invented-{number}",
        "district": ags,
        "opened_on": _DAY.isoformat(),
        "closed_on": "",
        "legal_regime": "sgb2",
        "residence_status": "protection",
        "age_group": "25_34",
        "sex": "female",
        "recorded_on": _DAY.isoformat(),
    }


def _need(ags: str, number: int) -> dict[str, str]:
    return {
        "referral_id": f"invented-{number}",
        "case_id": f"invented-{number}",
        "district": ags,
        "offer_area": "language",
        "need_recorded_on": _DAY.isoformat(),
        "referred_on": _LATER.isoformat(),
        "started_on": _LATER.isoformat(),
        "ended_on": "",
        "outcome": "started",
        "recorded_on": _LATER.isoformat(),
    }
