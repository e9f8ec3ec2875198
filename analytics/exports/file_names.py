"""Names of files to take away: what is shown, of when, of whom, and the data cut.

A folder of downloads must tell two selections of one figure apart. Codes stand in the names, not
words, so that they are the same in every language and safe on every disk.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from analytics.reports.exhibit import Exhibit

_LONGEST_SELECTION: Final = 60
_NAMED: Final[Mapping[str, str]] = {"providers": "provider", "legal_regimes": "regime"}
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9+-]+")


def file_stem(exhibit: Exhibit) -> str:
    """Return the name without its ending: figure, period, selection and data cut.

    Parts that do not apply are left out. Of a long selection its beginning is kept, with a short
    code that differs for each.
    """
    params = dict(exhibit.queries[0].params) if exhibit.queries else {}
    as_of = exhibit.source.as_of
    period = _period(params.pop("start", None), params.pop("end", None))
    said = f"_{exhibit.id}_{period}_"
    chosen = [value for _, value in exhibit.choice if f"_{value}_" not in said]
    parts = [
        exhibit.id,
        period,
        _codes(chosen) if exhibit.choice else _selection(params, as_of),
        as_of.isoformat() if as_of else "",
    ]
    return "_".join(part for part in parts if part)


def _period(start: Any, end: Any) -> str:
    """Return the first and the last month; ``end`` is the day after the period."""
    if not isinstance(start, dt.date) or not isinstance(end, dt.date):
        return ""
    first, last = start, end - dt.timedelta(days=1)
    return f"{first:%Y-%m}_{last:%Y-%m}"


def _selection(params: dict[str, Any], as_of: dt.date | None) -> str:
    """Return the codes that were chosen, and a day of the past if it is one."""
    texts = [str(params["district"])] if params.get("district") else []
    texts += [_list(name, v) for name, v in params.items() if isinstance(v, list | tuple)]
    texts += [v.isoformat() for v in params.values() if isinstance(v, dt.date) and v != as_of]
    return _codes(texts)


def _list(name: str, codes: Iterable[Any]) -> str:
    """Return codes as one text; offices and regimes share some with other lists and are named."""
    text = "+".join(map(str, codes))
    return f"{_NAMED[name]}-{text}" if name in _NAMED else text


def _codes(texts: list[str]) -> str:
    text = "_".join(_UNSAFE.sub("-", part) for part in texts)
    if len(text) <= _LONGEST_SELECTION:
        return text
    return f"{text[:_LONGEST_SELECTION]}-{hashlib.sha256(text.encode()).hexdigest()[:6]}"
