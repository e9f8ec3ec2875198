"""A wide sheet made of needs gives back exactly those needs, whatever they are."""

from datetime import date

from blocks import block_of, rows_of
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.extracts.contract import CASES, REFERRALS
from analytics.extracts.instructions import NOTHING_TOLD
from analytics.extracts.readers.block import Block
from analytics.extracts.readers.reshaping import completed, reshaped

_COLUMNS = ("Angebotsbereich", "Bedarf festgestellt am", "Vermittelt am", "Ergebnis")
_CASE = ("Fall-ID", "Kreis", "Fall eröffnet am")

_DAY = st.dates(date(2015, 1, 1), date(2023, 12, 31)).map(lambda day: f"{day:%d.%m.%Y}")
_NEED = st.tuples(
    st.sampled_from(["Sprache", "Bildung", "Arbeitsmarkt", "Wohnen"]),
    _DAY,
    st.one_of(st.just(""), _DAY),
    st.sampled_from(["", "offen", "begonnen"]),
)
_GROUPS = st.integers(1, 12)
_WAYS = st.sampled_from(["{c} {n}", "{n}. {c}", "{c}_{n}", "{c} ({n})", "{c}.{n}", "{c} Nr. {n}"])

Need = tuple[str, str, str, str]
Row = list[Need | None]


@st.composite
def _sheets(draw: st.DrawFn) -> tuple[list[str], list[Row]]:
    """Draw the headers of a wide sheet and, for each case, its needs; None is an empty group."""
    way, count = draw(_WAYS), draw(_GROUPS)
    headers = [way.format(c=c, n=n) for n in range(1, count + 1) for c in _COLUMNS]
    row = st.lists(st.one_of(st.none(), _NEED), min_size=count, max_size=count)
    return headers, draw(st.lists(row, min_size=1, max_size=15))


def _secret() -> bytes:
    raise AssertionError("no file reference, no secret")


def _needs(grid: Block) -> Block:
    shaped = reshaped(grid, REFERRALS, NOTHING_TOLD, _secret).block
    (found,), _ = completed([shaped], REFERRALS, NOTHING_TOLD)
    return found


@settings(deadline=None, max_examples=100)
@given(sheet=_sheets(), shuffled=st.randoms(use_true_random=False))
def test_wide_sheets_give_back_the_needs(sheet, shuffled) -> None:
    headers, cases = sheet
    rows = [
        [f"K-{number}", "05766", "01.01.2015", *(c for need in row for c in need or [""] * 4)]
        for number, row in enumerate(cases, start=1)
    ]
    order = list(range(len(headers) + 3))
    shuffled.shuffle(order)
    grid = [[row[place] for place in order] for row in [[*_CASE, *headers], *rows]]

    found = _needs(block_of(grid))
    as_cases = reshaped(block_of(grid), CASES, NOTHING_TOLD, _secret)

    needs = [
        (f"K-{number}-{n}", f"K-{number}", *need)
        for number, row in enumerate(cases, start=1)
        for n, need in enumerate(row, start=1)
        if need is not None
    ]
    read = [
        tuple(row[name] or "" for name in ("referral_id", "Fall-ID", *_COLUMNS))
        for row in rows_of(found)
    ]
    assert read == needs
    assert len(set(found.cells.column("line").to_pylist())) == len(needs)
    assert set(as_cases.block.headers) == set(_CASE)
    assert [row["Fall-ID"] for row in rows_of(as_cases.block)] == [row[0] for row in rows]
    counts = {note.rule: note.count for note in as_cases.notes}
    assert counts["needs_beside_cases"] == len(needs)


@settings(deadline=None, max_examples=60)
@given(needs=st.lists(st.tuples(st.integers(1, 6), _NEED), min_size=1, max_size=30))
def test_a_full_export_gives_back_cases_and_needs(needs: list[tuple[int, Need]]) -> None:
    grid = [[*_CASE, *_COLUMNS]]
    grid += [[f"K-{case}", "05766", f"0{case}.01.2015", *need] for case, need in needs]

    as_needs = _needs(block_of(grid))
    as_cases = reshaped(block_of(grid), CASES, NOTHING_TOLD, _secret).block

    read = [(row["Fall-ID"], *(row[name] or "" for name in _COLUMNS)) for row in rows_of(as_needs)]
    assert read == [(f"K-{case}", *need) for case, need in needs]
    ids = [row["referral_id"] for row in rows_of(as_needs)]
    assert len(set(ids)) == len(ids)
    keys = [row["Fall-ID"] for row in rows_of(as_cases)]
    assert keys == list(dict.fromkeys(f"K-{case}" for case, _ in needs))
