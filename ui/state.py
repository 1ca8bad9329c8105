"""What the views share: the language, the engine, and one way to show a failure."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from rag import Engine, Settings, YinjuError, load_settings, open_engine
from ui.bilingual import Interface
from ui.launch import environment
from ui.reason_strings import translate_reason
from ui.strings import say, say_word


def language() -> Interface:
    """The interface language: what was chosen, else what the browser asks for."""
    if "language" not in st.session_state:
        asked = st.context.locale or ""
        st.session_state.language = "zh" if asked.lower().startswith("zh") else "en"
    chosen: Interface = st.session_state.language
    return chosen


def t(key: str, **values: object) -> str:
    return say(language(), key, **values)


def word(group: str, name: str) -> str:
    return say_word(language(), group, name)


def reason(text: str) -> str:
    return translate_reason(language(), text)


def engine() -> Engine:
    """The engine for the settings in force, shared by all pages and sessions."""
    return _engine(load_settings())


@st.cache_resource(
    show_spinner=False,
    max_entries=4,
    hash_funcs={Settings: lambda settings: repr(environment(settings))},
)
def _engine(settings: Settings) -> Engine:
    return open_engine(settings)


@contextmanager
def guarded() -> Iterator[None]:
    """A failure that a person can act on becomes one line in place; the page goes on."""
    try:
        yield
    except YinjuError as error:
        show_error(str(error))


def show_error(message: str) -> None:
    st.error(t("error.line", message=plain(message)), icon=":material/error:")


def plain(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return "".join(f"\\{char}" if char in "\\`*_[]#~$<>:" else char for char in text)
