"""What an exhibit says of itself."""

from dataclasses import replace

from chart_exhibits import curve

from analytics.queries.store import ExecutedQuery


def test_the_selection_names_what_was_asked_and_leaves_out_what_was_not() -> None:
    params = (("by", "group"), ("districts", None), ("offer_areas", ["housing", "language"]))
    asked = replace(curve(), queries=(ExecutedQuery("clock_counts", "SELECT 1", params),))
    assert asked.selection == "by=group · offer_areas=housing+language"


def test_published_facts_have_no_selection() -> None:
    assert replace(curve(), queries=()).selection == ""


def test_an_explicit_choice_stands_before_the_parameters() -> None:
    asked = (ExecutedQuery("effect_counts", "SELECT 1", (("limit", 180),)),)
    chosen = replace(
        curve(), queries=asked, choice=(("outcome", "hazard_ratio"), ("end", "2019-12"))
    )
    assert chosen.selection == "outcome=hazard_ratio · end=2019-12"
