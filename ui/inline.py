"""An answer whose citation numbers are buttons inside the text.

Streamlit has no inline button, so this is a component: text goes in as data and is set as
`textContent`, never as HTML, and a click comes back as the citation's number.
"""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from rag import Answer, Claim

_CSS = """
.answer { font-family: var(--st-font); font-size: 1.06rem; line-height: 1.95;
  color: var(--st-text-color); overflow-wrap: anywhere; }
.answer p { margin: 0 0 .45rem; white-space: pre-wrap; }
.cite { font: 600 .72rem/1.25rem var(--st-font); min-width: 1.3rem; height: 1.3rem;
  padding: 0 .3rem; margin: 0 .1rem 0 .22rem; border-radius: 99px;
  vertical-align: .12rem; cursor: pointer; color: var(--st-primary-color); background: transparent;
  border: 1px solid color-mix(in srgb, var(--st-primary-color) 45%, transparent); }
.cite:hover, .cite[aria-pressed=true] { color: var(--st-background-color);
  background: var(--st-primary-color); }
.cite:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
.verdict { font-size: .76rem; line-height: 1.3rem; padding: 0 .5rem; margin-left: .35rem;
  border-radius: 99px; white-space: nowrap; cursor: help; vertical-align: .1rem;
  display: inline-block; }
.supported { color: var(--st-primary-color);
  background: color-mix(in srgb, var(--st-primary-color) 11%, transparent); }
.unsupported { color: var(--st-orange-text-color); background: var(--st-orange-background-color); }
.uncited { color: var(--st-text-color); opacity: .75;
  background: color-mix(in srgb, var(--st-text-color) 9%, transparent); }
"""

_JS = """
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".answer");
  root.replaceChildren();
  root.lang = data.language;
  for (const claim of data.claims) {
    const line = root.appendChild(document.createElement("p"));
    line.append(claim.text);
    for (const cite of claim.citations) {
      const button = line.appendChild(document.createElement("button"));
      button.type = "button";
      button.className = "cite";
      button.textContent = cite.number;
      button.title = cite.quote;
      button.setAttribute("aria-label", cite.label);
      button.setAttribute("aria-pressed", String(cite.number === data.opened));
      button.onclick = () => setTriggerValue("opened", cite.number);
    }
    const verdict = line.appendChild(document.createElement("span"));
    verdict.className = "verdict " + claim.verdict;
    verdict.textContent = claim.badge;
    verdict.title = claim.reason;
  }
}
"""

_mount = st.components.v2.component(
    "yinju_answer", html='<div class="answer"></div>', css=_CSS, js=_JS
)


def answer_text(
    answer: Answer,
    shown: Sequence[Claim],
    *,
    key: str,
    opened: int | None,
    badge: Callable[[str], str],
    reason: Callable[[str], str],
    label: Callable[[int], str],
    on_open: Callable[[int], None],
) -> None:
    """Show claims of an answer; `on_open` is called with the number that is clicked.

    Args:
        answer: an answered one.
        shown: those of its claims that are shown here.
        key: unique on the page.
        opened: the number shown as pressed.
        badge: the word for a verdict.
        reason: why it was given, in the reader's language.
        label: what a number's button does, for screen readers.
        on_open: runs before the page does.
    """
    quotes = {citation.number: citation.quote for citation in answer.citations}
    claims: list[dict[str, Any]] = [
        {
            "text": claim.text,
            "verdict": claim.verdict,
            "badge": badge(claim.verdict),
            "reason": reason(claim.reason),
            "citations": [
                {"number": number, "quote": quotes[number], "label": label(number)}
                for number in claim.citations
            ],
        }
        for claim in shown
    ]

    def clicked() -> None:
        number = st.session_state[key]["opened"]
        if number in quotes:
            on_open(number)

    _mount(
        key=key,
        data={"language": answer.language, "opened": opened, "claims": claims},
        on_opened_change=clicked,
    )
