"""The look of what Streamlit has no widget for. Colours follow the theme, light and dark."""

from html import escape

CSS = """
<style>
:root, .stApp {
  --yj-mark: light-dark(#FFE9A3, #5C4A12);
  --yj-mark-edge: light-dark(#E0A800, #D9B23A);
  --yj-soft: light-dark(#6A6F73, #A2A7A8);
  --yj-line: light-dark(#E4E0D8, #32383C);
  --yj-card: light-dark(#FFFFFF, #1A1E20);
  --yj-ask: light-dark(#EDF3F1, #1E2A2A);
  --yj-seal: light-dark(#A63A2B, #C4513F);
}
.stMainBlockContainer { padding: 4rem 2.5rem 1.5rem; max-width: 1560px; }
.stMainBlockContainer h1 { font-size: 1.75rem; font-weight: 600; padding-bottom: .2rem; }
.stMainBlockContainer h2, .stMainBlockContainer h3 { font-size: 1.2rem; font-weight: 600; }
[data-testid=stSidebarHeader] { height: 2.2rem; padding-bottom: 0; margin-bottom: 0; }
.stSidebar hr { margin: .4rem 0; }
.yj-brand { display: flex; align-items: center; gap: .7rem; }
.yj-seal { width: 2.3rem; height: 2.3rem; border-radius: 6px; background: var(--yj-seal);
  color: #FFF; display: grid; place-items: center; line-height: 1.02;
  font: 600 .98rem/1.05 'Songti SC', 'Noto Serif CJK SC', 'SimSun', serif; text-align: center; }
.yj-brand b { font-size: 1.15rem; letter-spacing: .04em; }
.yj-brand small { display: block; color: var(--yj-soft); font-size: .78rem; }
.yj-facts { font-size: .82rem; line-height: 1.65; color: var(--yj-soft); overflow-wrap: anywhere; }
.yj-facts b { color: inherit; font-weight: 600; }
.yj-mode { display: inline-block; padding: .05rem .55rem; border-radius: 99px;
  border: 1px solid currentColor; font-size: .78rem; }
.yj-hero { margin: 13vh 0 1.4rem; }
.yj-hero h1 { font-size: 2rem; padding: 0 0 .3rem; margin: 0; letter-spacing: .02em; }
.yj-hero p, .yj-lead { color: var(--yj-soft); font-size: 1rem; line-height: 1.7; margin: 0; }
.yj-question { background: var(--yj-ask); border-radius: 12px; padding: .7rem 1rem;
  font-size: 1.04rem; line-height: 1.7; white-space: pre-wrap; width: fit-content;
  max-width: 100%; margin: 1.1rem 0 .2rem auto; scroll-margin-top: 4.2rem; }
/* Drawn first, so that it is never stale while an answer is written; stands last. */
.stSidebar [data-testid=stLayoutWrapper]:has(> .st-key-facts) { order: 9; }
.st-key-pages { gap: .3rem; }
.st-key-pages a { padding: .32rem .6rem; }
.st-key-suggestions button { min-height: 3.4rem; padding: .5rem 1rem; height: 100%; }
.st-key-suggestions button, .st-key-suggestions button * { justify-content: flex-start;
  text-align: start; white-space: normal; overflow: visible; }
.st-key-suggestions button p { display: -webkit-box; -webkit-box-orient: vertical;
  -webkit-line-clamp: 3; overflow: hidden; }
[class*=st-key-card_], [class*=st-key-passage_] { gap: .3rem; padding: .85rem 1rem .6rem; }
[class*=st-key-open_] button, [class*=st-key-read_] button, [class*=st-key-also_] button {
  font-size: .85rem; min-height: 1.8rem; color: light-dark(#14605A, #6CC2B6); }
[class*=st-key-open_] button *, [class*=st-key-read_] button *, [class*=st-key-also_] button * {
  font-size: .85rem; }
.stApp:not([data-test-script-state=notRunning]) .st-key-stopped,
.stApp[data-test-script-state=notRunning] .stSpinner { display: none; }
.yj-refusal { border-left: 3px solid var(--yj-seal); padding: .1rem 0 .1rem .9rem;
  line-height: 1.8; }
.yj-refusal b { display: block; }
.yj-card { line-height: 1.7; font-size: .94rem; }
.yj-card header { display: flex; gap: .55rem; align-items: baseline; }
.yj-card .n { flex: none; min-width: 1.35rem; height: 1.35rem; border-radius: 99px;
  text-align: center; font-size: .76rem; line-height: 1.35rem; font-weight: 600;
  background: var(--yj-ask); border: 1px solid var(--yj-line); }
.yj-card.open .n { background: var(--yj-mark); border-color: var(--yj-mark-edge); }
.yj-card .title { font-weight: 600; }
.yj-card .meta { color: var(--yj-soft); font-size: .8rem; }
.yj-card blockquote { margin: .3rem 0 0; padding: 0 0 0 .8rem; white-space: pre-wrap;
  border-left: 3px solid var(--yj-line); overflow-wrap: anywhere; }
.yj-card.open blockquote { border-left-color: var(--yj-mark-edge); }
.yj-understood { text-align: end; overflow-wrap: anywhere; }
.yj-coverage { color: var(--yj-soft); font-size: .85rem; border-left: 3px solid var(--yj-line);
  padding-left: .7rem; }
.yj-partial { border-left: 3px solid var(--yj-mark-edge); padding: .1rem 0 .1rem .9rem;
  line-height: 1.8; font-size: .95rem; }
.yj-partial b { display: block; }
.yj-plain { font-size: 1.06rem; line-height: 1.9; margin: 0; }
.yj-side { font-weight: 600; font-size: 1rem; }
[class*=st-key-side_] { gap: .4rem; padding: .8rem 1rem .6rem; height: 100%; }
[class*=st-key-chip_] button, [class*=st-key-restore_] button, [class*=st-key-standalone_] button {
  font-size: .8rem; min-height: 1.7rem; padding: .05rem .6rem; }
[class*=st-key-chip_] button { border-radius: 99px; }
[class*=st-key-chip_] button *, [class*=st-key-restore_] button *,
[class*=st-key-standalone_] button * { font-size: .8rem; }
[class*=st-key-chips_], [class*=st-key-standalone_] { row-gap: .2rem; }
.yj-meta { color: var(--yj-soft); font-size: .8rem; line-height: 1.6; }
.yj-document { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.95;
  font-size: 1rem; text-align: start; }
.yj-document mark, .yj-points mark { background: var(--yj-mark); color: inherit;
  border-radius: 3px; padding: .12em 0; box-shadow: 0 2px 0 var(--yj-mark-edge);
  scroll-margin: 30vh; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.yj-badge { display: inline-block; font-size: .74rem; line-height: 1.3rem; padding: 0 .5rem;
  border-radius: 99px; white-space: nowrap; font-weight: 500; }
.yj-badge.supported { color: light-dark(#14605A, #8FD6CB);
  background: light-dark(#E3F1EE, #1E3532); }
.yj-badge.unsupported { color: light-dark(#8A4B00, #F0B978);
  background: light-dark(#FFF0DA, #3B2C17); }
.yj-badge.uncited { color: var(--yj-soft); background: light-dark(#EFEDE8, #2A2F33); }
.yj-row { line-height: 1.75; margin: 0 0 .55rem; font-size: .95rem; overflow-wrap: anywhere; }
.yj-points { border-bottom: 1px solid var(--yj-line); padding: .8rem 0; line-height: 1.8; }
.yj-points p { margin: .1rem 0; }
.yj-points .en { color: var(--yj-soft); }
.yj-points blockquote { margin: .4rem 0 0; padding-left: .8rem; font-size: .88rem;
  border-left: 3px solid var(--yj-line); color: var(--yj-soft); white-space: pre-wrap; }
.yj-sides { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: .9rem; }
.yj-sides th { width: 3rem; color: var(--yj-soft); font-weight: 400; text-align: end; }
.yj-sides td:last-child { width: 7rem; color: var(--yj-soft); font-size: .78rem; }
.yj-sides th, .yj-sides td { vertical-align: top; padding: .25rem .5rem; line-height: 1.7;
  border-bottom: 1px solid var(--yj-line); white-space: pre-wrap; overflow-wrap: anywhere; }
.yj-sides .changed td:nth-child(2) { background: var(--yj-ask); }
@media (min-width: 641px) {
  .stColumn:has(.st-key-document_panel) { position: sticky; top: 3.9rem; align-self: flex-start; }
}
.st-key-document_panel { background: var(--yj-card); border-radius: 12px; gap: .5rem; }
.st-key-document_panel .st-key-document_text,
.st-key-document_panel [data-testid=stLayoutWrapper]:has(> .st-key-document_text) {
  height: calc(100vh - 22.5rem) !important; max-height: calc(100vh - 22.5rem); flex: none; }
</style>
"""

ENGLISH_QUOTES = """
<style>
@font-face { font-family: 'English quotes'; unicode-range: U+2018-2019, U+201C-201D;
  src: local('Helvetica Neue'), local('Segoe UI'), local('Arial'), local('Liberation Sans'),
    local('DejaVu Sans'); }
</style>
"""
"""Chinese fonts draw “ and ” as wide as a character, which is a gap in an English line."""


def uploader_css(label: str) -> str:
    """Streamlit's uploader speaks English only: its button says this instead."""
    quoted = escape(label).replace('"', "")
    return f"""<style>
[data-testid=stFileUploaderDropzone] button [data-testid=stMarkdownContainer] {{ display: none; }}
[data-testid=stFileUploaderDropzone] button::after {{ content: "{quoted}"; margin-left: .4rem;
  font-size: .875rem; }}
[data-testid=stFileUploaderDropzoneInstructions] {{ display: none; }}
</style>"""


ICON = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="7" fill="#A63A2B"/>
<path d="M8 10h6v6c0 4-2 6-5 7v-3c1-.6 2-2 2-4H8zm10 0h6v6c0 4-2 6-5 7v-3c1-.6 2-2 2-4h-3z"
 fill="#fff"/></svg>"""
"""For the browser's tab. An icon named by a word would be fetched from its maker."""
