"""The router: page, sidebar, pages. Started by `yinju chat`."""

from html import escape
from pathlib import Path

import streamlit as st

from ui.hosts import contacted
from ui.state import engine, guarded, language, t
from ui.strings import OWN_NAMES, SEAL
from ui.styles import CSS, ENGLISH_QUOTES, ICON

VIEWS = Path(__file__).parent / "views"
PAGES = {
    "ask": ":material/forum:",
    "library": ":material/folder_open:",
    "summaries": ":material/notes:",
    "evaluation": ":material/fact_check:",
    "settings": ":material/tune:",
}


def main() -> None:
    """Lay out the page that the address names."""
    st.set_page_config(page_title=t("app.name"), page_icon=ICON, layout="wide")
    st.html(CSS if language() == "zh" else CSS + ENGLISH_QUOTES)
    pages = [
        st.Page(
            VIEWS / f"{name}.py",
            title=t(f"nav.{name}"),
            icon=icon,
            url_path=name,
            default=name == "ask",
        )
        for name, icon in PAGES.items()
    ]
    # Our own links, so that they stand below the name.
    page = st.navigation(pages, position="hidden")
    with st.sidebar:
        _brand()
        with st.container(gap=None, key="pages"):
            for link in pages:
                st.page_link(link, width="stretch")
        st.space("xxsmall")
        with st.container(key="facts"):
            _facts()
            _language_switch()
    page.run()


def _language_switch() -> None:
    st.segmented_control(
        t("app.language"),
        list(OWN_NAMES),
        format_func=OWN_NAMES.__getitem__,
        key="language",
        required=True,
        label_visibility="collapsed",
    )


def _brand() -> None:
    seal = "<br>".join(SEAL)
    st.html(
        f'<div class="yj-brand"><span class="yj-seal" aria-hidden="true">{seal}</span>'
        f"<div><b>{escape(t('app.name'))}</b><small>{escape(t('app.tagline'))}</small></div></div>"
    )


def _facts() -> None:
    """Which library this is and who writes: always in sight."""
    st.divider()
    with guarded():
        library = engine()
        count = t("app.documents", count=len(library.documents()))
        path = library.settings.library
        mode = library.mode
        model = library.llm.name if library.llm else ""
        hosts = contacted(library.settings)
        private = t("mode.note.openai", host=", ".join(hosts)) if hosts else t("mode.note.local")
        st.html(
            f'<div class="yj-facts"><b>{escape(t("app.library"))}</b> '
            f'<span title="{escape(str(path))}">{escape(path.name)}</span> · {escape(count)}<br>'
            f'<b>{escape(t("app.mode"))}</b> <span class="yj-mode">{escape(t(f"mode.{mode}"))}'
            f"</span><br>{escape(model)}{'<br>' if model else ''}{escape(private)}</div>"
        )


main()
