"""Answering what the check asks about own files, and telling what they do not say themselves."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeVar

import streamlit as st

from analytics.extracts.check import CheckResult
from analytics.extracts.contract import Table
from analytics.extracts.findings import Finding
from analytics.extracts.instructions import DateOrder, Instructions
from analytics.extracts.proposals import HeaderProposal, WordProposal, word_proposals
from analytics.extracts.questions import BLANK_IS_NO, NOT_RECORDED, RECORDED
from analytics.i18n import Words
from analytics.reports.districts.upload import OwnFile, Upload
from analytics.ui import show

Each = TypeVar("Each")

_CONFIRM: Final = "confirm"
_UNRECORDED: Final = "not_recorded"
_BLANK_IS_NO: Final = "blank_is_no"
_COLUMN: Final = "column:"
"""Begins an answer that names the unread column which is meant."""

_MOST_WORDS: Final = 20
"""Words of one file whose code is asked for; a file with more needs another table of codes."""


def ask(upload: Upload, w: Words) -> tuple[OwnFile, ...] | None:
    """Draw open questions and what else can be told; return the files with the answers.

    None until the sender wants them checked again.
    """
    pairs = list(zip(upload.files, upload.checks, strict=True))
    is_asked = any(result.open_questions for result in upload.checks)
    if is_asked:
        st.warning(w("page_own_data.asked"), icon=":material/help:")
    told = [
        _of_file(place, file, result, _read_elsewhere(file, pairs), w)
        for place, (file, result) in enumerate(pairs)
    ]
    is_new = any(answer != file.told for answer, file in zip(told, upload.files, strict=True))
    if not is_asked and not is_new:
        return None
    if not st.button(w("page_own_data.again"), type="primary", disabled=not is_new):
        return None
    return tuple(
        replace(file, told=answer) for answer, file in zip(told, upload.files, strict=True)
    )


def _read_elsewhere(file: OwnFile, pairs: Sequence[tuple[OwnFile, CheckResult]]) -> set[str]:
    """Return the headers of a file that it is read with as another table."""
    others = (result for each, result in pairs if each is not file and each.source is file.source)
    return {header for result in others for header in result.headers.values()}


def _of_file(
    place: int, file: OwnFile, result: CheckResult, elsewhere: set[str], w: Words
) -> Instructions:
    key = f"own_{place}_{file.source.name}"
    headers = [each for each in result.assignable if each.header not in elsewhere]
    answers = {
        finding: _answer(f"{key}_{finding.question}", finding, headers, w)
        for finding in result.open_questions
    }
    told = _with_answers(file.told, answers)
    words = word_proposals(result.table, result.findings)[:_MOST_WORDS]
    if not headers and not words and not result.open_questions:
        return told
    label = w("page_own_data.tell", file=file.source.name, table=w(file.table.label))
    with st.expander(show.plain(label), expanded=bool(words) or not result.is_usable):
        told = _with_columns(key, headers, file.table, result, told, w)
        told = _with_codes(key, words, file.table, told, w)
        return replace(told, date_order=_date_order(key, told, w))


def _answer(key: str, finding: Finding, headers: Sequence[HeaderProposal], w: Words) -> str | None:
    st.markdown(show.plain(f"{finding.file}: {finding.text(w)}"))
    show.small(finding.mend(w))
    named = {f"{_COLUMN}{header}": header for header in _columns_of(finding, headers)}
    given: str | None = st.radio(
        finding.text(w),
        [*_possible(finding), *named],
        index=None,
        format_func=lambda each: (
            w("page_own_data.answer_column", header=show.plain(named[each]))
            if each in named
            else w(_answer_named(each, finding))
        ),
        key=key,
        label_visibility="collapsed",
    )
    return given


def _answer_named(answer: str, finding: Finding) -> str:
    if answer == _CONFIRM and finding.rule in BLANK_IS_NO:
        return "page_own_data.answer_blank_is_unknown"
    return f"page_own_data.answer_{answer}"


def _possible(finding: Finding) -> Iterable[str]:
    is_date = finding.field in RECORDED
    if finding.rule in NOT_RECORDED and is_date:
        yield _UNRECORDED
    if finding.rule in BLANK_IS_NO:
        yield _BLANK_IS_NO
    if finding.rule != "column_absent" or not is_date:
        yield _CONFIRM


def _columns_of(finding: Finding, headers: Sequence[HeaderProposal]) -> tuple[str, ...]:
    """Return the unread columns that may be meant, the likeliest first: those found, else all."""
    if finding.rule not in NOT_RECORDED:
        return ()
    likeliest_first = sorted(headers, key=lambda each: finding.field not in each.columns)
    in_order = [each.header for each in likeliest_first]
    found = [header for header in in_order if header in (finding.other or "")]
    return tuple(found or in_order)


def _with_answers(told: Instructions, answers: Mapping[Finding, str | None]) -> Instructions:
    for finding, answer in answers.items():
        column, question = finding.field or "", finding.question or ""
        if answer == _CONFIRM:
            told = replace(told, confirmed=_and(told.confirmed, question))
        elif answer == _UNRECORDED:
            told = replace(told, not_recorded=_and(told.not_recorded, column))
        elif answer == _BLANK_IS_NO:
            told = replace(told, blank_is_no=_and(told.blank_is_no, column))
        elif answer:
            told = replace(told, columns=_and(told.columns, (answer[len(_COLUMN) :], column)))
    return told


def _and(given: tuple[Each, ...], another: Each) -> tuple[Each, ...]:
    return given if another in given else (*given, another)


def _with_columns(
    key: str,
    headers: Sequence[HeaderProposal],
    table: Table,
    result: CheckResult,
    told: Instructions,
    w: Words,
) -> Instructions:
    """Draw what each unread column may mean, the likeliest first."""
    free = [name for name in table.column_names if name not in result.headers]
    for each in headers:
        column = st.selectbox(
            w("page_own_data.tell_column", header=show.plain(each.header)),
            _first(each.columns, free),
            index=None,
            format_func=lambda name: w(table.column(name).label),
            placeholder=w("page_own_data.tell_nothing"),
            key=f"{key}_column_{each.header}",
        )
        if column:
            told = replace(told, columns=_and(told.columns, (each.header, column)))
    return told


def _with_codes(
    key: str, words: Sequence[WordProposal], table: Table, told: Instructions, w: Words
) -> Instructions:
    """Draw what each unknown word may mean, the likeliest first."""
    for each in words:
        label = w(table.column(each.column).label)
        code = st.selectbox(
            w("page_own_data.tell_code", word=show.plain(each.word), column=label),
            _first(each.codes, [code.value for code in table.column(each.column).codes or ()]),
            index=None,
            format_func=_code_label(table, each.column, w),
            placeholder=w("page_own_data.tell_nothing"),
            key=f"{key}_code_{each.column}_{each.word}",
        )
        if code:
            told = replace(told, codes=_and(told.codes, (each.column, each.word, code)))
    return told


def _first(likely: Sequence[str], choices: Sequence[str]) -> list[str]:
    return list(dict.fromkeys((*likely, *choices)))


def _date_order(key: str, told: Instructions, w: Words) -> DateOrder | None:
    orders = list(DateOrder)
    given: DateOrder | None = st.selectbox(
        w("page_own_data.tell_date_order"),
        orders,
        index=orders.index(told.date_order) if told.date_order else None,
        format_func=lambda each: w(f"page_own_data.date_order_{each}"),
        placeholder=w("page_own_data.tell_nothing"),
        key=f"{key}_date_order",
    )
    return given


def _code_label(table: Table, column: str, w: Words) -> Callable[[str], str]:
    code_list = table.column(column).code_list
    return lambda code: w.messages.get(f"code.{code_list}.{code}", code)
