"""Every page in the released edition: it opens, says what it is, and offers what is released."""

import pytest
from streamlit.testing.v1 import AppTest

from analytics.i18n import words
from analytics.settings import settings

from .conftest import PLACES, OpenPage

W = words("de")
RELEASED, CONFIDENTIAL = (W(f"release.mark_{kind}") for kind in ("released", "confidential"))


@pytest.fixture
def released(open_page: OpenPage, use_store: pytest.MonkeyPatch) -> OpenPage:
    def open_it(place: str, **query: str) -> AppTest:
        use_store.setenv("EWG_RELEASE", "released")
        settings.cache_clear()
        return open_page(place, **query)

    return open_it


def said(app: AppTest) -> str:
    return "\n".join(str(each.value) for each in (*app.markdown, *app.info))


@pytest.mark.parametrize("address", PLACES)
def test_it_opens_and_says_that_it_may_be_passed_on(released: OpenPage, address: str) -> None:
    app = released(address, district="05766")
    assert not app.exception and not app.error
    assert RELEASED in said(app) and CONFIDENTIAL not in said(app)


def test_at_the_machine_pages_are_confidential(open_page: OpenPage) -> None:
    assert CONFIDENTIAL in said(open_page("overview"))


def test_only_periods_of_the_grid_and_single_codes_can_be_chosen(released: OpenPage) -> None:
    app = released("referral-times")
    boxes = {box.label: box for box in app.selectbox}
    first, last = boxes[W("ui.from")], boxes[W("ui.to")]
    assert "Febr. 2017" not in first.options and len(last.options) < 6
    assert all(field.proto.max_selections == 1 for field in app.multiselect)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"sex": "female", "legal_regime": "sgb2", "provider": "job_centre"}, "depth"),
        ({"sex": "female", "legal_regime": "sgb2", "within": "05315"}, "depth"),
    ],
)
def test_what_is_not_released_is_refused_with_the_reason(
    released: OpenPage, query: dict[str, str], reason: str
) -> None:
    app = released("referral-times", **query)
    assert W(f"release.unreleased_{reason}").partition(":")[0] in said(app)
    assert not app.exception


def test_months_off_the_grid_become_ones_that_are_released(released: OpenPage) -> None:
    app = released("referral-times", **{"from": "2017-02", "to": "2018-05"})
    assert not app.exception and not app.error
