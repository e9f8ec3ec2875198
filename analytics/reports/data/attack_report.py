"""What attackers who see only what the product answers could tell of few people."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from analytics.domain.areas import REFERENCE
from analytics.domain.release import Release
from analytics.domain.vocabulary import Provenance
from analytics.i18n import Words
from analytics.reports.basis import takes
from analytics.reports.basis.exhibit import SourceLine
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Basis, Column, Exhibit, internal, readable

STORED_ATTACKS: Final = REFERENCE / "attack.parquet"


@dataclass(frozen=True, slots=True, eq=False)
class Attacks:
    """What attacks have told of a store.

    Attributes:
        rows: One per attack and release, as ``analytics.attack.judgement.Judged``.
        cases: Of the store.
        day: When it was attacked.
        deviation: Largest change of a count.
        variance: Of the change.
    """

    rows: pd.DataFrame
    cases: int
    day: date
    deviation: int
    variance: float


@figure("attack", "data-methods/check", takes.PUBLISHED, name="attack.figure")
def attack(w: Words) -> Exhibit:
    """Return the stored attacks on both releases, as ``attack_table`` does."""
    return attack_table(stored(), w)


def attack_table(found: Attacks, w: Words) -> Exhibit:
    """Return one row per attack and release.

    Columns ``section`` (release), ``label, about, cells, right_text, guess_text, certain_text,
    persons_text, remaining, verdict`` and, for programs, ``key, release`` and ``told``.
    """
    frame = pd.DataFrame([_row(row, w) for row in found.rows.to_dict("records")])
    released = frame[frame["release"] == Release.RELEASED]
    confidential = frame[frame["release"] == Release.CONFIDENTIAL]
    texts = {
        "all": w.number(len(released)),
        "told": w.number(int(released["told"].sum())),
        "of": w.number(len(confidential)),
        "others": w.number(int(confidential["told"].sum())),
        "cases": w.number(found.cases),
    }
    return Basis(_source(found, w), w).exhibit(
        "attack",
        w(_title(released), **texts),
        w("attack.sentence_both" if len(confidential) else "attack.sentence", **texts),
        (
            *readable(w, section="attack.release", label="attack.name", about="attack.about"),
            Column("cells", w("attack.cells"), "number"),
            *readable(w, right_text="attack.right", guess_text="attack.guess"),
            *readable(w, certain_text="attack.certain", persons_text="attack.persons"),
            Column("remaining", w("attack.remaining"), "number", 2),
            *readable(w, verdict="attack.verdict"),
            *internal(w, key="indicator.key", release="attack.release", told="attack.verdict"),
        ),
        frame,
        notes=(
            w("attack.note_guess"),
            w("attack.note_favour"),
            w("attack.note_certain"),
            w("attack.note_remaining"),
        ),
        measure=w("attack.measure"),
    )


@cache
def stored(path: Path = STORED_ATTACKS) -> Attacks:
    """Return the stored attacks."""
    table = pq.read_table(path)
    facts = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    return attacks_of(table.to_pandas(), facts)


def attacks_of(rows: pd.DataFrame, facts: dict[str, str]) -> Attacks:
    """Return attacks with what is kept beside them."""
    return Attacks(
        rows=rows,
        cases=int(facts["cases"]),
        day=date.fromisoformat(facts["date"]),
        deviation=int(facts["deviation"]),
        variance=float(facts["variance"]),
    )


def _title(released: pd.DataFrame) -> str:
    if released.empty:
        return "attack.title_confidential"
    return "attack.title_told" if released["told"].any() else "attack.title"


def _row(row: Mapping[Hashable, object], w: Words) -> dict[str, object]:
    name, release, told = str(row["attack"]), str(row["release"]), bool(row["has_told"])
    number = {key: float(str(value)) for key, value in row.items() if key not in _TEXTS}
    spoken, certain = number["right"] + number["wrong"], number["certain_right"]
    all_certain = certain + number["certain_wrong"]
    return {
        "key": f"{release}/{name}",
        "release": release,
        "told": told,
        "section": w(f"attack.release_{release}"),
        "label": w(f"attack.name_{name}"),
        "about": w(f"attack.about_{name}"),
        "cells": number["cells"],
        "right_text": _of(number["right"], spoken, w),
        "guess_text": w(
            "attack.guess_text",
            number=w.number(number["guessed"]),
            error=w.number(number["error"], 1),
            bound=w.percent(number["bound"]),
            chance=w.percent(number["chance"]),
        ),
        "certain_text": _of(certain, all_certain, w),
        "persons_text": _of(number["persons_right"], number["persons"], w),
        "remaining": number["remaining"] if release == Release.RELEASED else np.nan,
        "verdict": w("attack.told" if told else "attack.not_told"),
    }


_TEXTS: Final = ("attack", "release", "has_told")


def _of(right: float, of: float, w: Words) -> str:
    return w("attack.of", right=w.number(right), all=w.number(of)) if of else w("attack.none")


def _source(found: Attacks, w: Words) -> SourceLine:
    text = w(
        "attack.source",
        cases=w.number(found.cases),
        day=w.date(found.day),
        deviation=w.number(found.deviation),
        variance=w.number(found.variance),
    )
    brief = w("attack.source_brief", day=w.date(found.day))
    return SourceLine(text, Provenance.SYNTHETIC, found.day, None, brief)
