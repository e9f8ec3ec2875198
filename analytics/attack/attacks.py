"""All attacks, and how much of each search is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from analytics.attack import (
    averaging,
    between,
    crossed,
    ended,
    handed,
    outcomes,
    package,
    pages,
    remainders,
    uploads,
    windows,
)
from analytics.attack.claims import Claims
from analytics.attack.judgement import Judged, judged
from analytics.attack.truth import Truth, true_counts
from analytics.attack.view import View
from analytics.domain.release import Release
from analytics.reports.basis.opening import open_snapshot

Attack = Callable[[View, Truth, "Effort"], Claims]
Tell = Callable[[str], None]
"""Told the name of each attack that is done."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much of a search is done where all of it is too dear; drawn at random with a fixed seed.

    Attributes:
        districts: Whose pages are looked through, and which upload.
        tables: That an insider looks at, or that are put beside their margins.
        questions: Pairs of fields and years about which all kinds of questions are asked, or years.
        cells: Whose extremes are looked for by integer programming.
        years: Whose quarters are averaged.
        areas: Offer areas whose needs are averaged besides all.
        choices: Choices of codes for which windows and equations are made besides all needs.
    """

    districts: int
    tables: int
    questions: int
    cells: int
    years: int
    areas: int
    choices: int


FULL: Final = Effort(districts=8, tables=60, questions=6, cells=150, years=1, areas=3, choices=2)
QUICK: Final = Effort(districts=2, tables=10, questions=1, cells=40, years=1, areas=0, choices=0)

ATTACKS: Final[Mapping[str, Attack]] = {
    "windows": lambda view, _, effort: windows.windows(view, effort.choices),
    "grid": lambda view, _, effort: windows.grid(view, effort.choices),
    "pages": lambda view, _, effort: pages.pages(view, effort.districts, effort.choices),
    "groups": lambda view, *_: remainders.groups(view),
    "insider": lambda view, truth, effort: remainders.insider(view, truth, effort.tables),
    "uploads": lambda view, _, effort: uploads.uploads(view, effort.districts),
    "pairs": lambda view, *_: outcomes.pairs(view),
    "steps": lambda view, _, effort: outcomes.steps(view, effort.districts),
    "fractions": lambda view, *_: outcomes.fractions(view),
    "package": lambda view, _, effort: package.package(view, effort.cells, effort.choices),
    "averaging": lambda view, _, effort: averaging.averaging(view, effort.years, effort.areas),
    "crossed": lambda view, _, effort: crossed.crossed(view, effort.tables, effort.cells),
    "answers": lambda view, _, effort: crossed.answers(view, effort.questions),
    "ends": lambda view, _, effort: ended.ends(view, effort.tables, effort.cells),
    "handovers": lambda view, _, effort: handed.handovers(view, effort.cells),
    "ways": lambda view, _, effort: handed.ways(view, effort.tables, effort.cells),
    "processes": lambda view, _, effort: between.processes(
        view, effort.questions, effort.cells, effort.districts
    ),
}
"""By name, in the order in which they are told."""


def attacked(
    folder: Path, releases: tuple[Release, ...], effort: Effort, tell: Tell, *names: str
) -> list[Judged]:
    """Return what attacks have told of the snapshot in a folder, by release.

    Args:
        folder: Of the snapshot.
        releases: Which are attacked.
        effort: How much is searched.
        tell: Told of progress.
        names: Which attacks; all if none is named.
    """
    truth = true_counts(folder)
    found = []
    for release in releases:
        with open_snapshot(folder, release) as store:
            for name in names or ATTACKS:
                view = View(store)
                claims = ATTACKS[name](view, truth, effort)
                asked = (view.asked, view.refused)
                found.append(judged(name, release.value, claims, truth, asked))
                tell(name)
    return found
