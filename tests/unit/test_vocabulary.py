"""Code lists that are made of others, or that others are made of."""

from analytics.domain.vocabulary import Body, Provider, ReceivingBody


def test_a_body_is_whoever_keeps_a_case_or_receives_a_person() -> None:
    codes = [body.value for body in Body]
    assert set(codes) == {each.value for each in (*Provider, *ReceivingBody)}
    assert len(codes) == len(set(codes))
