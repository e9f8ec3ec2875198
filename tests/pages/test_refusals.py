"""What cannot be answered is said on the page, in place of the picture."""

import pytest

from analytics.domain.indicators import indicator
from analytics.i18n import words

from .conftest import ON_A_MAP


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_refusal_is_shown_with_its_reason(open_page, language):
    app = open_page(
        "explore",
        **ON_A_MAP,
        lang=language,
        indicator="foreign_share",
        offer_area="housing",
    )
    name = indicator("foreign_share").name[language]
    assert not app.exception
    assert words(language)("indicator.no_filter", name=name) in [info.value for info in app.info]
