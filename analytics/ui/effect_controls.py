"""The choices about an effect estimate, each explained, all of them in the URL."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from analytics.domain.evaluation import (
    FIRST_YEARS,
    LAST_MONTHS,
    ComparisonGroup,
    EffectOutcome,
    ModelChoice,
    Towns,
)
from analytics.domain.periods import Month
from analytics.i18n import Words
from analytics.reports.evaluation.scale import Scale
from analytics.ui import controls

OUTCOME: Final = "outcome"


def outcome(w: Words) -> EffectOutcome:
    """Draw the choice of what a programme may have changed."""
    options = {str(each): Scale(each).name(w) for each in EffectOutcome}
    text = w("effect.outcome_explained")
    return EffectOutcome(controls.one_of(OUTCOME, w("effect.outcome"), options, explained=text))


def comparison(w: Words) -> ComparisonGroup:
    """Draw the choice of the units that the model sites are compared with."""
    options = {str(group): w(f"effect.comparison_{group}") for group in ComparisonGroup}
    return ComparisonGroup(_one("comparison", options, w))


def model_choice(w: Words) -> ModelChoice:
    """Draw the choices about the estimate for the model programme and return them as one value."""
    columns = iter(st.columns([1.5, 1.1, 1, 0.9, 1.1]))
    with next(columns):
        chosen = outcome(w)
    with next(columns):
        towns = _one("towns", {towns: w(f"effect.towns_{towns}") for towns in Towns}, w)
    with next(columns):
        end = _one("end", {str(end): w.month(end.first_day) for end in LAST_MONTHS}, w)
    with next(columns):
        first = _one("first_year", {str(year): str(year) for year in FIRST_YEARS}, w)
    with next(columns):
        group = comparison(w)
    return ModelChoice(
        outcome=chosen,
        end=Month.parse(end),
        towns=Towns(towns),
        first_year=int(first),
        comparison=group,
    )


def _one(name: str, options: Mapping[str, str], w: Words) -> str:
    plain = {str(code): label for code, label in options.items()}
    text = w(f"effect.{name}_explained")
    return controls.one_of(name, w(f"effect.{name}"), plain, explained=text)
