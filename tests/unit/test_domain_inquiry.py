"""A question as one value: what has a meaning, what an address tells of it, what a cell asks on."""

import pytest

from analytics.domain.filters import NeedFilter, fields, only
from analytics.domain.inquiry import Groups, ImpossibleInquiryError, Inquiry, Measure
from analytics.domain.periods import Period

NOW, BEFORE = Period.parse("2017-01", "2019-12"), Period.parse("2015-01", "2016-12")
SHARE = "share_referred_90d"


def inquiry(
    rows="offer_area", columns="state", against=None, compared=None, alike=False, **codes
) -> Inquiry:
    groups = Groups.parse(compared) if compared else None
    return Inquiry(SHARE, NeedFilter(NOW, only(**codes)), rows, columns, against, groups, alike)


QUESTIONS = (
    inquiry("state"),
    inquiry(columns="sex", district=["05315", "05314"]),
    inquiry("district", against=BEFORE, legal_regime=["sgb2"]),
    inquiry("quarter", "offer_area", sex=["female"]),
    inquiry(compared="sex:female:male", group=["model"]),
    inquiry("age_group", alike=True, sex=["female"]),
)


def parsed(told: dict[str, str | list[str]]) -> Inquiry:
    """Read an address as the page does: text by text."""

    def text(name: str, missing: str = "") -> str:
        value = told.get(name, missing)
        assert isinstance(value, str)
        return value

    codes = {name: told[field.option] for name, field in fields().items() if field.option in told}
    compare = text("compare")
    is_of_groups = compare not in ("", "period", "alike")
    groups = Groups(compare, text("first"), text("second")) if is_of_groups else None
    against = Period.parse(*text("against").split(":")) if compare == "period" else None
    needs = NeedFilter(Period.parse(text("from"), text("to")), only(**codes))
    by = text("rows"), text("columns", "state")
    return Inquiry(text("indicator"), needs, *by, against, groups, compare == "alike")


@pytest.mark.parametrize("asked", QUESTIONS, ids=str)
def test_an_address_tells_all_of_a_question(asked: Inquiry):
    assert parsed(asked.parameters()) == asked
    assert hash(parsed(asked.parameters())) == hash(asked)


def test_groups_are_read_as_they_are_written():
    groups = Groups.parse("sex:female:male")
    assert groups == Groups("sex", "female", "male")
    assert str(groups) == "sex:female:male"


@pytest.mark.parametrize(
    "text", ["", "sex", "sex:female", "sex:female:male:diverse", "sex:female:x", "colour:red:blue"]
)
def test_what_is_no_pair_of_groups_is_refused(text: str):
    with pytest.raises(ImpossibleInquiryError) as refused:
        Groups.parse(text)
    assert refused.value.reason == "groups"


@pytest.mark.parametrize(
    ("reason", "asked"),
    [
        ("twice", {"rows": "sex", "columns": "sex"}),
        ("areas", {"columns": "district"}),
        ("grouped", {"rows": "sex", "compared": "sex:female:male"}),
        ("same", {"compared": "sex:female:female"}),
        ("same", {"against": NOW}),
        ("quarters", {"rows": "quarter", "against": BEFORE}),
        ("both", {"against": BEFORE, "compared": "sex:female:male"}),
        ("both", {"against": BEFORE, "alike": True}),
        ("alike_rows", {"rows": "district", "alike": True}),
        ("alike_rows", {"rows": "sex", "columns": "age_group", "alike": True}),
        ("alike_one", {"rows": "sex", "sex": ["female"], "alike": True}),
    ],
)
def test_a_question_without_a_meaning_is_refused(reason: str, asked: dict[str, object]):
    with pytest.raises(ImpossibleInquiryError) as refused:
        inquiry(**asked)
    assert refused.value.reason == reason


def test_a_cell_is_asked_on_by_quarter_over_the_same_months():
    narrower = inquiry(columns="sex", legal_regime=["sgb2"]).narrowed("housing", "female")
    assert narrower == inquiry(
        "quarter", offer_area=["housing"], sex=["female"], legal_regime=["sgb2"]
    )


def test_a_compared_cell_stays_compared():
    narrower = inquiry(against=BEFORE).narrowed("housing")
    assert narrower == inquiry("state", against=BEFORE, offer_area=["housing"])
    assert narrower.measure is Measure.CHANGE


def test_what_is_expected_is_asked_of_means_and_shares():
    with pytest.raises(ImpossibleInquiryError) as refused:
        Inquiry("median_days_to_referral", NeedFilter(NOW), "sex", is_beside_alike=True)
    assert refused.value.reason == "alike_indicator"


def test_a_group_beside_its_like_is_asked_on_by_quarter():
    narrower = inquiry("sex", alike=True).narrowed("female")
    assert narrower == inquiry("quarter", sex=["female"])


def test_both_sides_of_a_comparison_differ_in_it_alone():
    first, second = inquiry(compared="sex:female:male", group=["model"]).sides()
    assert first == NeedFilter(NOW, only(sex=["female"], group=["model"]))
    assert second == NeedFilter(NOW, only(sex=["male"], group=["model"]))
    now, before = inquiry(against=BEFORE).sides()
    assert (now.period, before.period) == (NOW, BEFORE)
    with pytest.raises(ValueError):
        inquiry().sides()
