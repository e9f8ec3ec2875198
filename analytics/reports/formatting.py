"""Values, intervals and reasons as text: the same wording on page, slide, PDF and CSV."""

from analytics.domain.estimates import Estimate, Status
from analytics.domain.indicators import Indicator
from analytics.i18n import Words


def value_text(chosen: Indicator, value: float | None, w: Words) -> str:
    """Return a value in the indicator's unit."""
    match chosen.unit:
        case "days":
            return w.days(value, chosen.digits)
        case "share":
            return w.percent(value, chosen.digits)
        case "euros":
            return w.money(value)
        case "number":
            return w.number(value, chosen.digits)


def estimate_text(chosen: Indicator, estimate: Estimate, w: Words) -> str:
    """Return the value with its interval, or why there is none."""
    if estimate.status is not Status.SHOWN:
        return status_text(chosen, estimate, w)
    value = value_text(chosen, estimate.value, w)
    interval = interval_text(chosen, estimate, w)
    return f"{value} ({interval})" if interval else value


def interval_text(chosen: Indicator, estimate: Estimate, w: Words) -> str:
    """Return ``95 %-KI 10,2 bis 11,4; n = 1.234``, as much of it as there is."""
    parts = []
    if estimate.low is not None or estimate.high is not None:
        low = bare_text(chosen, estimate.low, w)
        high = bare_text(chosen, estimate.high, w)
        parts.append(w("estimate.interval", low=low, high=high))
    if estimate.n is not None:
        parts.append(w("estimate.n", n=w.number(estimate.n)))
    return "; ".join(parts)


def status_text(chosen: Indicator, estimate: Estimate, w: Words) -> str:
    """Return why there is no value."""
    if estimate.status is Status.NOT_REACHED and estimate.low is not None:
        return w("estimate.not_reached_after", value=value_text(chosen, estimate.low, w))
    return w(f"estimate.{estimate.status}")


def bare_text(chosen: Indicator, value: float | None, w: Words) -> str:
    """Return a bound without the word for its unit; open bounds become an en dash."""
    match chosen.unit:
        case "share":
            return w.percent(value, chosen.digits)
        case "euros":
            return w.money(value)
        case _:
            return w.number(value, chosen.digits)
