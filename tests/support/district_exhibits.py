"""Exhibits of a district in the shapes that the page and the printed report read."""

from dataclasses import replace
from typing import Any

import pandas as pd
from chart_exhibits import NONE, exhibit

from analytics.disclosure import Column
from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.periods import Month, Period
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.districts.card import Card
from analytics.reports.districts.profile import DistrictProfile

LIPPE = "05766"
CHOICE = DistrictChoice(LIPPE, Period(Month(2021, 1), Month(2023, 12)))
VALUE = Column("value", "Anteil", "share", 1)
DAYS = Column("value", "Tage", "days")


def curve(status: str = "shown") -> Exhibit:
    shares = [(day, day / 200 if status == "shown" else NONE) for day in (0, 30, 90, 179, 300)]
    rows = [
        (series, label, day, share, share, share, 50, status)
        for series, label in (("own", "Lippe"), ("peers", "Vergleichsring zusammen"))
        for day, share in shares
    ]
    names = "series label days estimate low high at_risk status"
    return exhibit(names, rows, (Column("estimate", "Anteil", "share", 1),))


def funnel(own: float = 0.8) -> Exhibit:
    rows = []
    for place, area in enumerate(registry().districts):
        role = "own" if area.ags == LIPPE else "peers" if place % 9 == 0 else "others"
        n, value = 100.0 + 40 * place, own if role == "own" else 0.7 + place / 500
        limits = [0.75 + side * spread / n**0.5 for spread in (1, 2) for side in (-1, 1)]
        said = ("alike", "usual", "–", "", "–")
        status = "shown" if value == value else "suppressed"
        rows.append((area.ags, area.name, role, n, value, 0.75, *limits, *said, status))
    names = (
        "key label role n value baseline chance_low chance_high usual_low usual_high"
        " comparison spread comparison_text difference_text spread_text status"
    )
    return exhibit(names, rows, (Column("n", "Anzahl (n)", "number"), VALUE))


def control(shown: bool = True) -> Exhibit:
    rows = [
        (
            quarter, f"Q{place}", 20.0 + place % 3 if shown else NONE, 40,
            "shown" if shown else "suppressed", place == 11,
            21.0 if place < 11 else NONE, 15.0 if place < 11 else NONE,
            27.0 if place < 11 else NONE, 0 if place < 11 else -1,
            "above" if place == 5 else "", "", "Start KIM-Baustein 2" if place == 6 else "",
        )
        for place, quarter in enumerate(pd.date_range("2021-01-01", periods=12, freq="QS"))
    ]  # fmt: skip
    names = (
        "period label value n status provisional mean lower upper segment signal signal_text"
        " milestone"
    )
    return exhibit(names, rows, (Column("period", "Quartal", "quarter"), DAYS))


def contributions() -> Exhibit:
    """A difference of -7 days: two stages, and six offer areas of which the last is the rest."""
    areas = {"language": -3.0, "education": 1.0, "housing": -2.0, "health": -1.5, "family": -0.5}
    parts = [
        ("total", "Unterschied", "Insgesamt", -7.0),
        ("stage.until_referral", "Bis zur Vermittlung", "Nach Abschnitt", -9.0),
        ("stage.after_referral", "Nach der Vermittlung", "Nach Abschnitt", 2.0),
        *((f"offer_area.{key}", key, "Nach Angebotsbereich", days) for key, days in areas.items()),
        ("offer_area.rest", "Übrige", "Nach Angebotsbereich", -1.0),
    ]
    rows = [(*part, part[3] - 1, part[3] + 1, 100, 900, "shown") for part in parts]
    names = "key label section value low high n peers_n status"
    return exhibit(names, rows, (Column("value", "Tage", "days_change", 1),))


def row(name: str, **changes: Any) -> dict[str, Any]:
    """Return a row of the scorecard."""
    return {
        "key": name, "label": f"Indikator {name}", "section": "Tempo", "value": 0.839,
        "low": 0.811, "high": 0.863, "n": 778.0, "status": "shown", "unit": "share", "digits": 1,
        "value_text": "83,9\u00a0%", "interval_text": "95-%-Intervall 81,1 % bis 86,3 %; n = 778",
        "state": 0.789, "state_text": "78,9\u00a0%", "peers_low": 0.7, "peers_high": 0.8,
        "peers_text": "70,0\u00a0% bis 80,0\u00a0%", "comparison": "better",
        "comparison_text": "günstiger", "difference_text": "+5,1 (+2,0 bis +7,9 Prozentpunkte)",
        "difference_bare": "+5,1",
        "spread": "usual", "spread_text": "in der üblichen Streuung", "trend": "steady",
        "trend_text": "im üblichen Auf und Ab", "spark": (0.7, NONE, 0.75, 0.8),
        "comparability": "",
    } | changes  # fmt: skip


def hidden(name: str) -> dict[str, Any]:
    """Return a row of the scorecard whose value is protected."""
    missing = dict.fromkeys(("value", "low", "high", "n", "peers_low", "peers_high"), NONE)
    return row(
        name, **missing, status="suppressed", value_text="geschützt", interval_text="",
        peers_text="keine Daten", comparison="none",
        comparison_text="nicht bestimmbar", difference_text="", difference_bare="",
        spread="none", spread_text="",
        trend="none", trend_text="Verlauf nicht beurteilbar", spark=(NONE, NONE),
    )  # fmt: skip


def scorecard(*rows: dict[str, Any]) -> Exhibit:
    given = rows or (row("a"), row("b", section="Passung"))
    frame = pd.DataFrame(list(given))
    return exhibit(" ".join(frame.columns), frame.to_numpy().tolist(), (Column("label", "Name"),))


def locator() -> Exhibit:
    rows = [
        (area.ags, area.ags, area.name, "own" if area.ags == LIPPE else "others")
        for area in registry().districts
    ]
    return exhibit("key district label role", rows, (Column("label", "Kreis"),))


def profile(**changes: Any) -> DistrictProfile:
    """Return the profile of Lippe with parts changed."""
    card = Card(
        name="Kreis Lippe",
        place="Kreis im Regierungsbezirk Detmold",
        period_text="2021 bis 2023",
        ring_text="Vergleichsring: Viersen und Soest",
        facts=("Bevölkerung: 347.514.",),
    )
    whole = DistrictProfile(
        choice=CHOICE,
        card=card,
        summary=("Ein Satz.", "Noch ein Satz."),
        scorecard=scorecard(),
        curve=curve(),
        funnel=funnel(),
        control=control(),
        contributions=contributions(),
        rollout=locator(),
        locator=locator(),
    )
    return replace(whole, **changes)
