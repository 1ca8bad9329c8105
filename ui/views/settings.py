"""Settings: what is in force, which models are here, who would be contacted. Read only."""

import streamlit as st

from rag import MODELS, is_pulled, load_settings
from ui.components import lead
from ui.hosts import contacted
from ui.state import guarded, plain, t


def main() -> None:
    """Three tables."""
    st.title(t("nav.settings"))
    settings = load_settings()
    lead("settings.lead", file="yinju.toml")
    st.subheader(t("settings.effective"))
    values = settings.model_dump()
    st.dataframe(
        [
            {
                t("column.key"): key,
                # A SecretStr prints as asterisks.
                t("column.value"): t("settings.unset") if value is None else str(value),
                t("column.variable"): f"YINJU_{key.upper()}",
            }
            for key, value in values.items()
        ],
        hide_index=True,
        height="content",
    )
    st.subheader(t("settings.models"))
    for model in MODELS.values():
        here = is_pulled(model.name, settings.models)
        command = f"yinju models pull {model.name}"
        state = t("settings.pulled") if here else t("settings.absent", command=f"`{command}`")
        st.markdown(
            f"**{plain(model.title)}** · {model.licence} · {model.size / 1e6:,.0f} MB · {state}"
        )
    st.subheader(t("settings.hosts"))
    hosts = contacted(settings)
    st.markdown("\n".join(f"- `{host}`" for host in hosts) or t("settings.hosts.none"))


with guarded():
    main()
