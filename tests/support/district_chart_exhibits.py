"""Exhibits of a district with what charts must tell apart: hidden rows, signals, two segments."""

from typing import Any

import pandas as pd
from chart_exhibits import NONE, exhibit

from analytics.disclosure import Column
from analytics.domain.areas import registry
from analytics.reports.basis.exhibit import Exhibit

DAYS = Column("value", "Median der Tage", "days", 1)


def funnel() -> Exhibit:
    """Four districts of which the own one is outside, and one that is not shown."""
    alike, above = ("gleich", "", "innen"), ("höher", "+25", "darüber")
    rows: list[tuple[Any, ...]] = [
        ("05111", "Düsseldorf", "others", 900.0, 0.5, 0.5, 0.45, 0.55, 0.42, 0.58, *alike, "shown"),
        ("05766", "Lippe", "own", 200.0, 0.75, 0.5, 0.4, 0.6, 0.35, 0.65, *above, "shown"),
        ("05774", "Pader<born", "peers", 100.0, 0.4, 0.5, 0.3, 0.7, 0.2, 0.8, *alike, "shown"),
        ("05770", "Minden", "peers", *(NONE,) * 7, "", "", "", "suppressed"),
        ("05974", "Soest", "others", 400.0, 0.52, 0.5, 0.42, 0.58, 0.4, 0.6, *alike, "shown"),
    ]
    names = (
        "key label role n value baseline chance_low chance_high usual_low usual_high"
        " comparison_text difference_text spread_text status"
    )
    columns = (
        Column("n", "Anzahl (n)", "number"),
        Column("value", "Anteil", "share", 1),
        Column("comparison_text", "Gegenüber dem übrigen Land"),
        Column("difference_text", "Unterschied"),
        Column("spread_text", "Streuung"),
    )
    return exhibit(names, rows, columns)


def control(*, watched: bool = True) -> Exhibit:
    """Nine quarters: two segments, a value outside, a run, a hidden and a provisional quarter."""
    values = [30.0, 32.0, 90.0, NONE, 20.0, 21.0, 19.0, 20.0, 25.0]
    signals = ["", "", "above", "", "", "run_below", "run_below", "", ""]
    words = {"above": "über dem üblichen Bereich", "run_below": "7 oder mehr in Folge", "": ""}
    rows = []
    for place, quarter in enumerate(pd.date_range("2020-01-01", periods=len(values), freq="QS")):
        segment = -1 if place in (3, 8) or not watched else int(place > 3)
        mean, lower, upper = ((30.0, 10.0, 50.0), (20.0, 15.0, 25.0), (NONE,) * 3)[segment]
        signal = signals[place] if watched else ""
        rows.append(
            (
                quarter, f"Q{place + 1}", values[place], NONE if place == 3 else 40.0,
                "suppressed" if place == 3 else "shown", place == 8, mean, lower, upper, segment,
                signal, words[signal], {4: "Start Modell", 6: "Start KIM"}.get(place, ""),
            )
        )  # fmt: skip
    names = (
        "period label value n status provisional mean lower upper segment signal signal_text"
        " milestone"
    )
    return exhibit(names, rows, (Column("period", "Quartal", "quarter"), DAYS))


def contributions(hidden: str = "") -> Exhibit:
    """A difference of -7 days, by stage and by offer area; the part ``hidden`` is not shown."""
    parts = [
        ("total", "Unterschied", "Insgesamt", -7.0),
        ("stage.until_referral", "Bis zur Vermittlung", "Nach Abschnitt", -9.0),
        ("stage.after_referral", "Nach der Vermittlung", "Nach Abschnitt", 2.0),
        ("offer_area.language", "Sprache", "Nach Angebotsbereich", -8.0),
        ("offer_area.rest", "Übrige", "Nach Angebotsbereich", 1.0),
    ]
    rows = [
        (key, label, section, NONE, NONE, NONE, NONE, NONE, "suppressed")
        if key == hidden
        else (key, label, section, value, value - 1, value + 1, 100.0, 900.0, "shown")
        for key, label, section, value in parts
    ]
    names = "key label section value low high n peers_n status"
    return exhibit(names, rows, (Column("value", "Tage", "days_change", 1),))


def ring_differences(peers: int = 2) -> Exhibit:
    """Peers of Lippe, each with two variables of which one is equal."""
    names = ("Minden", "Rheinisch-Bergischer Kreis", *(f"Kreis {i}" for i in range(peers)))
    rows = [
        (f"k{place}", name, 0.5 + place, variable, label, "347.514", "310.710", value, share)
        for place, name in enumerate(names[:peers])
        for variable, label, value, share in (
            ("log_population", "Einwohnerzahl", -0.5 - place, 1.0),
            ("independent_city", "Kreisfrei oder nicht", 0.0, 0.0),
        )
    ]
    columns = "key label distance variable variable_label own_text peer_text value share"
    return exhibit(columns, rows, (Column("own_text", "Kreis Lippe"),))


def ring_map(peers: tuple[str, ...] = ("05774", "05315")) -> Exhibit:
    """Lippe and its peers among all districts."""
    rows = [
        (
            area.ags, area.ags, area.name,
            "own" if area.ags == "05766" else "peers" if area.ags in peers else "others",
            "Rolle", NONE if area.ags == "05766" else 1.5,
        )
        for area in registry().districts
    ]  # fmt: skip
    return exhibit("key district label role role_text distance", rows, ())
