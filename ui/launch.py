"""How the app is started: the flags of `streamlit run`, and settings carried by environment.

No Streamlit is imported here, so `yinju chat --help` stays quick.
"""

import sys
from pathlib import Path

from pydantic import SecretStr

from rag import Settings

APP = Path(__file__).with_name("app.py")
UPLOAD_MEGABYTES = 200

_FONT = (
    "'English quotes', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', "
    "'Noto Sans SC', system-ui, sans-serif"
)
_THEME = {
    "font": _FONT,
    "headingFont": _FONT,
    "baseRadius": "10px",
    "showWidgetBorder": "true",
    "light.primaryColor": "#14605A",
    "light.backgroundColor": "#FDFCFA",
    "light.secondaryBackgroundColor": "#F3F1EC",
    "light.textColor": "#22262A",
    "light.borderColor": "#DEDAD1",
    "light.linkColor": "#14605A",
    "dark.primaryColor": "#6CC2B6",
    "dark.backgroundColor": "#15181A",
    "dark.secondaryBackgroundColor": "#1D2124",
    "dark.textColor": "#E4E1DA",
    "dark.borderColor": "#343A3E",
    "dark.linkColor": "#6CC2B6",
}
"""System fonts only: a page that fetched fonts would tell somebody that it was opened."""


def command(*, port: int, open_browser: bool = True) -> list[str]:
    """The command that serves the app at 127.0.0.1:`port`; settings go in `environment`."""
    options = {
        "server.address": "127.0.0.1",
        "server.port": str(port),
        "server.headless": "false" if open_browser else "true",
        "server.fileWatcherType": "none",
        "server.showEmailPrompt": "false",
        "server.maxUploadSize": str(UPLOAD_MEGABYTES),
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "viewer",
        "client.showErrorDetails": "type",
        "client.showErrorLinks": "false",
        **{f"theme.{key}": value for key, value in _THEME.items()},
    }
    flags = [part for key, value in options.items() for part in (f"--{key}", value)]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *flags]


def environment(settings: Settings) -> dict[str, str]:
    """`YINJU_*` variables from which `load_settings` makes these settings again."""
    return {
        f"YINJU_{key.upper()}": _plain(getattr(settings, key))
        for key in sorted(settings.model_fields_set)
        if getattr(settings, key) is not None
    }


def _plain(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)
