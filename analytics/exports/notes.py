"""What a file says about its table besides the rows: finding, definitions, selection, licence."""

from analytics.domain.indicators import indicator
from analytics.exports.selection import selection_lines
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit


def notes(exhibit: Exhibit, w: Words) -> list[tuple[str, str]]:
    """Return label and text of each line of the notes."""
    source = exhibit.source
    defined = [indicator(name) for name in exhibit.indicators]
    definitions = [f"{i.name[w.language]}: {i.definition[w.language]}" for i in defined]
    entries: list[tuple[str, str]] = [
        ("title", exhibit.title),
        ("sentence", exhibit.sentence),
        *(("definition", text) for text in definitions),
        *(("filters", text) for text in selection_lines(exhibit, w)),
        *(("note", text) for text in dict.fromkeys(exhibit.notes)),
        ("protection", w("export.suppression")),
        ("provenance", w.label("provenance", source.provenance)),
        ("source", source.text),
        ("as_of", w.date(source.as_of)),
        ("snapshot", source.snapshot_id or "–"),
        ("licence", w(f"export.licence_{source.provenance}")),
    ]
    return [(w(f"export.{name}"), text) for name, text in entries]
