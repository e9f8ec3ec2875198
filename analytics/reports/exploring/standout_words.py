"""How what stands out is worded, and what was searched: association, never an effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analytics.domain.indicators import Indicator
from analytics.i18n import Words
from analytics.reports.basis import dimensions
from analytics.reports.basis.formatting import Format
from analytics.reports.basis.selection import period_text
from analytics.reports.exploring.promise import FAR_OUT, NULL, kept
from analytics.reports.exploring.searched import Searched
from analytics.reports.exploring.tables import FIELDS
from analytics.stats.cell_contrasts import LEAST_NEEDS, LEAST_OF_EACH
from analytics.stats.comparisons import Family, Part
from analytics.stats.search import CHANGES, LEVEL, Finding

_POINTS: Final = Format("points", 1)
_SHARE: Final = Format("share", 1)
_BETWEEN: Final = " · "


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a search.

    Attributes:
        found: The search.
        shown: The findings that the table has, in its order.
        words: Language.
    """

    found: Searched
    shown: tuple[Finding, ...]
    words: Words

    def title(self) -> str:
        """Name the clearest change, else the clearest difference, else say that there is none."""
        w = self.words
        if not self.shown:
            return w("standouts.title_none" if self._compared else "standouts.title_unsearched")
        first, *_ = self.shown
        what = label(first.part, self.found.scan.codes_of(first.part, first.cell), w)
        texts = {"what": what, "points": _POINTS.text(first.value, w)}
        if first.family in CHANGES:
            return w("standouts.title_change", **texts)
        return w("standouts.title_level", **texts)

    def sentence(self) -> str:
        """Return what was searched with which error rate, and how much was found."""
        w, search = self.words, self.found.search
        if not self._compared:
            return w("standouts.unsearched", least=w.number(LEAST_NEEDS))
        fields = {name for part in self.found.scan.tables for name in part if name in FIELDS}
        parts = [
            w(
                "standouts.searched",
                compared=w.number(self._compared),
                fields=w.number(len(fields)),
                level=Format("share").text(LEVEL, w),
            ),
            self._count(),
        ]
        if search.skipped:
            parts.append(w("standouts.skipped", skipped=w.number(search.skipped)))
        return " ".join(parts)

    def notes(self, wanted: Indicator) -> tuple[str, ...]:
        """Return what one must know, and which share was searched in place of what was asked."""
        w, chosen = self.words, self.found.indicator
        instead = () if wanted.id == chosen.id else (_instead(wanted, chosen, w),)
        followed = (
            (w("standouts.note_followed", days=w.number(chosen.day)),) if chosen.parameter else ()
        )
        return (
            *instead,
            w("standouts.note_rule"),
            w("standouts.note_pairs"),
            w("standouts.note_districts"),
            w(
                "standouts.note_least",
                least=w.number(LEAST_NEEDS),
                each=w.number(LEAST_OF_EACH),
            ),
            *followed,
            *self._simulated(),
            w("standouts.note_association"),
        )

    def _simulated(self) -> tuple[str, ...]:
        """Say how often the search named something where there was nothing, and what breaks it."""
        w = self.words

        def counted(world: str) -> dict[str, str]:
            runs = [each for (name, _), each in kept().items() if name == world]
            return {
                "worlds": w.number(sum(each.worlds for each in runs)),
                "named": w.number(sum(each.named for each in runs)),
            }

        null, far = counted(NULL), counted(FAR_OUT)
        return w("standouts.note_simulated", **null), w("standouts.note_far_out", **far)

    @property
    def _compared(self) -> int:
        return sum(self.found.search.compared.values())

    def _count(self) -> str:
        w, all_found = self.words, len(self.found.search.findings)
        if not all_found:
            return w("standouts.found_none")
        if all_found == 1:
            return w("standouts.found_one")
        if len(self.shown) == all_found:
            return w("standouts.found_all", count=w.number(all_found))
        texts = {"count": w.number(all_found), "shown": w.number(len(self.shown))}
        return w("standouts.found_some", **texts)


def label(part: Part, codes: Sequence[str], w: Words) -> str:
    """Return what people read for a cell."""
    if not part:
        return w("standouts.all")
    return _BETWEEN.join(_code(by, code, w) for by, code in zip(part, codes, strict=True))


def _code(by: str, code: str, w: Words) -> str:
    """Return a code with its field, as some are called alike: a job centre refers and receives."""
    name = dimensions.label(by, code, w)
    return w("standouts.of_field", code=name, field=w(f"dimension.{by}")) if by in FIELDS else name


def section(found: Searched, family: Family, w: Words) -> str:
    """Return the heading of changes, or of differences within the present period."""
    if family in CHANGES and found.span.before:
        return w("standouts.section_changes", before=period_text(found.span.before, w))
    return w("standouts.section_levels")


def finding(family: Family, now: float, usual: float, w: Words) -> str:
    """Return both values in words."""
    texts = {"now": _SHARE.text(now, w), "usual": _SHARE.text(usual, w)}
    return w(f"standouts.finding_{family}", **texts)


def _instead(wanted: Indicator, chosen: Indicator, w: Words) -> str:
    texts = {"name": wanted.name[w.language], "share": chosen.name[w.language]}
    return w("standouts.note_instead", **texts)
