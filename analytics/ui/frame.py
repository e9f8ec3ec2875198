"""What surrounds every page: header, language, demonstration-data banner, footer."""

from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from tomllib import loads
from typing import Final

import streamlit as st

from analytics.charts import theme
from analytics.domain.vocabulary import Provenance
from analytics.extracts.manifest import Manifest
from analytics.extracts.snapshot_errors import SnapshotError
from analytics.i18n import Words
from analytics.logs import configure_logging
from analytics.reports.basis.opening import DamagedSnapshotError
from analytics.settings import PROJECT
from analytics.ui import data, errors, language, moved_on, server, url
from analytics.ui.audience import release_of_view
from analytics.ui.places import PageFile
from analytics.ui.show import plain, small

DEMO_COMMAND: Final = "python -m analytics demo"
DOCTOR_COMMAND: Final = "python -m analytics doctor"
_NOT_DAMAGED: Final = {
    "older",
    "contract_version",
    "contract_older",
    "current_missing",
    "not_readable",
}
_MENU: Final = ":material/menu:"
_LONGEST_QUOTE: Final = 40
_MOST_QUOTES: Final = 3
"""Of an address' own texts; it may hold anything."""

_ICON: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    f'<rect width="32" height="32" rx="5" fill="{theme.MODEL}"/>'
    f'<path d="M5 26V16h5v10zm8 0V10h5v16zm8 0V5h5v21z" fill="{theme.PAPER}"/></svg>'
)

# A band of its own make: it must be seen on every page and read as information, not as an error.
_BANNER: Final = """
<aside aria-label="{label}" style="display:flex;background:{background};color:{ink};
border:1px solid {line};border-radius:4px;overflow:hidden">
<div aria-hidden="true" style="flex:0 0 16px;background:
repeating-linear-gradient(135deg,{line} 0 6px,{background} 6px 12px)"></div>
<p style="margin:0;padding:4px 14px;line-height:1.45"><strong>{title}</strong>
{text} <span class="banner-more">{more}</span></p>
</aside>
"""


# ``static/frame.js`` fills the list when it is opened.
_CONTENTS: Final = (
    '<details class="contents"><summary>{label}</summary><nav aria-label="{label}"><ul></ul></nav>'
    "</details>"
)

# ``static/frame.js`` names the menu and the way past it.
_WORDS: Final = (
    '<div class="frame-words" hidden data-menu="{menu}" data-pages="{pages}" data-page="{page}" '
    'data-skip="{skip}"></div>'
)


def run(tasks: Mapping[str, Sequence[PageFile]]) -> None:
    """Draw the frame with the chosen page in it.

    Args:
        tasks: Pages by what people come for (``ui.task_<key>``); the first page is the start.
    """
    configure_logging()
    errors.keep_values_out_of_logs()
    w = language.prepare()
    pages = _pages(tasks, w)
    # Streamlit's own menus break axe's rule "list" on a phone; links of our own do not.
    page = st.navigation(pages, position="hidden")
    st.set_page_config(
        page_title=w("ui.browser_title", page=page.title),
        page_icon=_ICON,
        layout="wide",
    )
    url.enter(page.url_path, w.language)
    is_bare = page.visibility == "hidden" and bool(page.url_path)
    if not is_bare:
        _header(pages, page, w)
    try:
        manifest = data.refresh()
    except data.NoSnapshotError:
        _no_snapshot(w)
        return
    except DamagedSnapshotError as error:
        _damaged(error, w)
        return
    if not data.is_checked():
        _checking(w)
    if is_bare:
        _run(page)
        for sentence in _left_out(w):
            st.toast(plain(sentence), icon=":material/link_off:")
        return
    _banner(manifest, w)
    moved_on.notice(manifest, w)
    notice = st.empty()
    _run(page)
    if sentences := _left_out(w):
        notice.info(" ".join(map(plain, sentences)), icon=":material/link_off:")
    _footer(manifest, w)


def _left_out(w: Words) -> list[str]:
    """Say what of the address does not exist here; the rest of it is shown as asked."""
    sentences = []
    if path := st.query_params.get(server.UNKNOWN):
        sentences.append(w("ui.unknown_page", path=path[:_LONGEST_QUOTE]))
        del st.query_params[server.UNKNOWN]
    parts = [
        w("ui.ignored_part", label=label, value=text[:_LONGEST_QUOTE])
        for label, texts in sorted(url.take_ignored().items())
        for text in texts[:_MOST_QUOTES]
    ]
    return [*sentences, *([w("ui.ignored", parts=w.join(parts))] if parts else [])]


def _pages(tasks: Mapping[str, Sequence[PageFile]], w: Words) -> dict[str, list["st.Page"]]:
    start = next(iter(tasks.values()))[0]
    pages = {
        w(f"ui.task_{task}"): [
            st.Page(
                page.path,
                title=w(f"ui.page_{page.name}"),
                url_path=page.address,
                visibility="hidden" if page.is_bare else "visible",
            )
            for page in files
        ]
        for task, files in tasks.items()
    }
    # Streamlit gives its default page no address of its own, so the first page is there twice.
    root = st.Page(
        start.path, title=w(f"ui.page_{start.name}"), url_path="", default=True, visibility="hidden"
    )
    next(iter(pages.values())).insert(0, root)
    return pages


def _header(pages: Mapping[str, Sequence[st.Page]], page: st.Page, w: Words) -> None:
    """Draw the name, the menu and the language; the open task's pages stand in a second line."""
    state = language.state(w)
    shown = {
        task: [each for each in files if each.visibility == "visible"]
        for task, files in pages.items()
    }
    open_task = next(
        task for task, files in pages.items() if page.url_path in {each.url_path for each in files}
    )
    with st.container(horizontal=True, vertical_alignment="center", key="frame_header"):
        st.markdown(f"**{w('ui.app')}**", width="content")
        with st.container(horizontal=True, vertical_alignment="center", key="navigation"):
            for task, (first, *_) in shown.items():
                label = f"**{task}**" if task == open_task else task
                st.page_link(first, label=label, query_params=state)
        with st.container(key="menu", width="content"), st.popover(w("ui.menu"), icon=_MENU):
            for task, files in shown.items():
                for each in files:
                    label = task if len(files) == 1 else f"{task} · {each.title}"
                    st.page_link(each, label=label, query_params=state)
        st.html(_CONTENTS.format(label=escape(w("ui.contents"))), width="content")
        language.switch()
        words = {
            "menu": w("ui.menu_label"),
            "pages": w("ui.menu_pages"),
            "skip": w("ui.skip"),
            "page": page.url_path or shown[open_task][0].url_path,
        }
        st.html(_WORDS.format(**{name: escape(text) for name, text in words.items()}))
    if len(shown[open_task]) > 1:
        with st.container(horizontal=True, key="task_pages"):
            for each in shown[open_task]:
                st.page_link(each, query_params=state)


def _banner(manifest: Manifest, w: Words) -> None:
    """Say on every page that figures are made up, as long as any of them is."""
    if not manifest.is_synthetic:
        return
    kind = "partly" if _is_partly_delivered(manifest) else "all"
    st.html(
        _BANNER.format(
            label=escape(w("ui.banner_label")),
            title=escape(w(f"ui.banner_title_{kind}")),
            text=escape(w(f"ui.banner_text_{kind}")),
            more=escape(w("ui.banner_edge")),
            background=theme.SHADE,
            line=theme.MADE_UP,
            ink=theme.INK,
        )
    )


def _is_partly_delivered(manifest: Manifest) -> bool:
    entries = manifest.tables.values()
    origins = {delivery.provenance for e in entries for delivery in e.deliveries.values()}
    return Provenance.DELIVERED in origins


def _footer(manifest: Manifest, w: Words) -> None:
    st.divider()
    cut = w.date(manifest.as_of)
    told = w("ui.footer", as_of=cut, snapshot=manifest.snapshot_id, version=_version())
    with st.container(key="frame_footer"):
        small(f"{w(f'release.footer_{release_of_view()}')} {told}")


@cache
def _version() -> str:
    return str(loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def _no_snapshot(w: Words) -> None:
    st.title(w("ui.no_snapshot_title"), anchor=False)
    st.markdown(w("ui.no_snapshot_text"))
    st.code(DEMO_COMMAND, language=None)
    st.markdown(w("ui.reload"))


def _damaged(error: DamagedSnapshotError, w: Words) -> None:
    """Say what is wrong; what only needs another command is not called damaged."""
    problems = {problem.kind for problem in error.problems}
    kind = "unusable" if problems and problems <= _NOT_DAMAGED else "damaged"
    st.title(w(f"ui.{kind}_title"), anchor=False)
    for text in error.texts(w):
        st.markdown(plain(text))
    st.markdown(w(f"ui.{kind}_text"))
    st.code(DOCTOR_COMMAND, language=None)
    st.markdown(w("ui.reload"))


def _run(page: st.Page) -> None:
    """Draw the page; should the snapshot be damaged meanwhile, the next run says so instead."""
    try:
        page.run()
    except SnapshotError:
        if not data.is_damaged():
            raise
        st.rerun()


@st.fragment(run_every="2s")
def _checking(w: Words) -> None:
    """Say that the snapshot is being checked, until it is; then draw the page anew."""
    if data.is_checked():
        st.rerun()
    st.info(w("ui.checking"), icon=":material/hourglass_top:")
