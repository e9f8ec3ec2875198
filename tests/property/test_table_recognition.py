"""Whatever the columns are called and in which order: the table is the one that was meant."""

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.extracts.aliases import aliases, normal
from analytics.extracts.contract import TABLES, Table
from analytics.extracts.readers import Source, tables_in
from analytics.extracts.readers.headers import match_headers

_OPTIONAL = [each for each in TABLES.values() if each.is_optional]


def sure(table: Table, column: str) -> list[str]:
    """Return the spellings of a column that mean nothing else."""
    known, doubtful = aliases().columns[table.name], aliases().doubtful[table.name]
    return sorted(s for s, name in known.items() if name == column and s not in doubtful)


@st.composite
def headers(draw: st.DrawFn) -> tuple[Table, dict[str, str]]:
    """Return an optional table and spellings of all it needs and of some of the rest."""
    table = draw(st.sampled_from(_OPTIONAL))
    rest = [name for name in table.column_names if name not in table.required]
    names = [*table.required, *draw(st.lists(st.sampled_from(rest), unique=True))]
    in_order = draw(st.permutations(names))
    return table, {name: draw(st.sampled_from(sure(table, name))) for name in in_order}


@settings(deadline=None, max_examples=120)
@given(headers(), st.sampled_from(["{}", " {}: ", "{}*"]))
def test_a_table_is_known_by_any_spelling_in_any_order(
    found: tuple[Table, dict[str, str]], written: str
) -> None:
    table, spelt = found
    texts = [written.format(text.upper()) for text in spelt.values()]
    assert [normal(text) for text in texts] == list(spelt.values())
    lines = (";".join(texts), ";".join("x" for _ in texts), "")

    matched = match_headers(texts, table)

    assert {name: texts[place] for place, name in matched.positions.items()} == dict(
        zip(spelt, texts, strict=True)
    )
    sent = Source("liste.csv", content="\n".join(lines).encode())
    assert list(tables_in(sent)) == [table.name]
