"""What a page says of itself: title, date, author, publisher, address and language."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rag.loaders.markup import Element, Node, Page, local_name
from rag.loaders.page_lines import PageLines, letters
from rag.text import fold

_META = {
    "date": (
        *("article:published_time", "og:article:published_time", "og:published_time"),
        *("pubdate", "publishdate", "publish_date", "publishtime", "publish-date", "datepublished"),
        *("date.issued", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.created"),
        *("citation_publication_date", "parsely-pub-date", "sailthru.date", "date"),
    ),
    "author": ("article:author", "author", "dc.creator", "dcterms.creator", "citation_author"),
    "publisher": (
        *("contentsource", "dc.publisher", "dcterms.publisher", "citation_publisher", "publisher"),
        "source",
    ),
    "site": ("og:site_name", "application-name", "sitename"),
    "url": ("og:url",),
    "heading": ("articletitle", "og:title", "twitter:title", "dc.title", "citation_title"),
}
"""Names of `<meta>` by what they tell, the most particular first."""
_JSON = {"datePublished": "date", "author": "author", "publisher": "publisher", "url": "url"}
_ARTICLE = re.compile(r"Article|Posting|Report|WebPage|CreativeWork|Book|Dataset")
_DIVIDER = re.compile(
    r"\s+[-–—|·»«:]\s+|\s*[_|｜－]\s*|\s+[-–—]|(?<=[^\x00-\x7f])[-–—](?=[^\x00-\x7f])"
)
_HOMES = frozenset({"/", "./", "../", "index.html", "index.htm", "/index.html", "/index.htm"})
_HOME_WORDS = re.compile(
    r"(?:网站|返回|回|本站)?(?:首页|主页)|home(?: ?page)?|设为首页|收藏本站|index|main|back to .*"
)
_JOINTS = " -–—－|_·｜:»«"
_LONGEST_SITE = 40
_NOBODY = frozenset({"", "admin", "administrator", "editor", "none", "null", "unknown", "root"})


def page_facts(root: Element, page: Page, lines: PageLines) -> dict[str, str]:
    """By name as in `Extracted.found`, as written there; what the page does not say is absent."""
    said: dict[str, str] = {}
    for key, value in (*_from_meta(root), *_from_links(root), *_from_json(root), *_from_time(page)):
        value = " ".join(value.split())
        if value.lower() not in _NOBODY and not (key == "author" and "://" in value):
            said.setdefault(key, value)
    title = _text_of(root, "title")
    if home := _home(page, title):
        said.setdefault("site", home)
    heading = said.pop("heading", "")
    prose = next((line.start for line in lines if line.prose), len(page.text))
    said |= _title(title, heading, said.get("site", ""), list(_headings(page)), prose)
    return said


def _from_meta(root: Element) -> Iterator[tuple[str, str]]:
    named: dict[str, str] = {}
    for meta in root.iter("{*}meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        named.setdefault(name.strip(), meta.get("content") or "")
    for key, names in _META.items():
        yield from ((key, named[name]) for name in names if named.get(name, "").strip())


def _from_links(root: Element) -> Iterator[tuple[str, str]]:
    for link in root.iter("{*}link"):
        if (link.get("rel") or "").lower() == "canonical" and "://" in (link.get("href") or ""):
            yield "url", link.get("href")
    html = next(root.iter("{*}html"), None)
    language = html is not None and (html.get("lang") or html.get("{*}lang"))
    if language:
        yield "language", language


def _from_json(root: Element) -> Iterator[tuple[str, str]]:
    for script in root.iter("{*}script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            try:
                data = json.loads(script.text or "", strict=False)
            except (ValueError, RecursionError):
                continue
            for thing in _articles(data):
                yield from _of_article(thing)


def _articles(data: Any) -> Iterator[Mapping[str, Any]]:
    waiting = [data]
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            if _ARTICLE.search(str(each.get("@type", ""))):
                yield each
            waiting += [each[key] for key in ("@graph", "mainEntity") if key in each]


def _of_article(thing: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, name in _JSON.items():
        value = thing.get(key)
        value = value[0] if isinstance(value, list) and value else value
        value = value.get("name") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            yield name, value
    if isinstance(headline := thing.get("headline"), str):
        yield "heading", headline


def _from_time(page: Page) -> Iterator[tuple[str, str]]:
    """The first `<time>` of the page that is no part of another article or a comment."""
    for node in page.nodes:
        if node.tag == "time" and not node.within("aside", "footer", "nav", "li"):
            value = node.get("datetime") or page.text[node.start : node.end]
            if re.search(r"\d{4}", value):
                yield "date", value
                return


def _home(page: Page, title: str) -> str:
    """The words of the link to where the site begins, where the page says them elsewhere too."""
    for node in page.nodes:
        words = " ".join(page.text[node.start : node.end].split())
        is_home = node.tag == "a" and node.get("href") in _HOMES and len(words) > 1
        if is_home and len(words) <= _LONGEST_SITE and not _HOME_WORDS.fullmatch(fold(words)):
            return words if words in title or page.text.count(words) > 1 else ""
    return ""


def _headings(page: Page) -> Iterator[tuple[Node, str]]:
    for rank in ("h1", "h2", "h3"):
        for node in page.nodes:
            if node.tag == rank and node.characters:
                yield node, " ".join(page.text[node.start : node.end].split())


def _text_of(root: Element, tag: str) -> str:
    """Of the first element of a kind; a drawing's own title does not count."""
    for element in root.iter(f"{{*}}{tag}"):
        parent = element.getparent()
        if parent is None or local_name(parent) != "svg":
            return " ".join("".join(element.itertext()).split())
    return ""


def _title(
    title: str, heading: str, site: str, headings: Sequence[tuple[Node, str]], prose: int
) -> dict[str, str]:
    """The title without the name of the site, and that name where the title tells it."""
    whole = heading or title
    parts = [part for part in _DIVIDER.split(title) if part]
    for names in ((whole,), parts):
        same = [each for each in headings if _same(each[1], names) and not _same(each[1], (site,))]
        if same:
            text = _nearest(same, prose)
            return {"title": text, **_site(title, text, site)}
    own = [text for node, text in headings if node.tag == "h1" and not _is_banner(node)]
    first = parts[0].strip() if parts else ""
    if len(parts) > 1 and len(letters(first)) > 3 and any(first in text for text in own):
        return {"title": first, **_site(title, first, site)}
    alone = len(own) == 1 and not heading and len(parts) < 2
    if alone and not _same(own[0], (site,)) and not _starts(whole, own[0]):
        # One and the same <title> on all pages of a site tells nothing of this page.
        return {"title": own[0], **({"site": title} if title and not site else {})}
    if heading and not _same(heading, (site,)):
        return {"title": _without(heading, site), **_site(title, heading, site)}
    return _divided(title, parts, site) if title else {}


def _nearest(headings: Sequence[tuple[Node, str]], prose: int) -> str:
    """The last heading above the text, which begins at `prose`; the site's own only if alone."""
    own = [each for each in headings if not _is_banner(each[0])] or headings
    above = [each for each in own if each[0].start < prose]
    return max(above, key=lambda each: each[0].start)[1] if above else own[0][1]


def _divided(title: str, parts: list[str], site: str) -> dict[str, str]:
    short = _without(title, site)
    if short != title:
        return {"title": short}
    last = parts[-1] if len(parts) > 1 else ""
    if last and len(last) <= _LONGEST_SITE and len(last) <= len(parts[0]):
        found = title[: title.rindex(last)].rstrip(_JOINTS)
        return {"title": found, **({} if site else {"site": last})}
    return {"title": title}


def _without(title: str, site: str) -> str:
    """A title without the name of its site before or behind it."""
    if not site or len(title) <= len(site):
        return title
    if fold(title).endswith(fold(site)):
        rest = title[: -len(site)]
        short = rest.rstrip(_JOINTS)
        return short if short and short != rest else title
    if fold(title).startswith(fold(site)):
        rest = title[len(site) :]
        short = rest.lstrip(_JOINTS)
        return short if short and short != rest else title
    return title


def _site(title: str, own: str, site: str) -> dict[str, str]:
    """The name of the site: what the page's title has besides its own words."""
    if site or not title:
        return {}
    parts = [part.strip() for part in _DIVIDER.split(title) if part.strip()]
    others = [part for part in parts if not _same(part, (own,)) and part not in own]
    last = others[-1] if others else ""
    return {"site": last} if last and len(last) <= _LONGEST_SITE else {}


def _same(text: str, others: Iterable[str]) -> bool:
    own = letters(text)
    return any(own == letters(other) for other in others if other)


def _starts(whole: str, text: str) -> bool:
    return bool(whole) and (letters(text) in letters(whole) or letters(whole) in letters(text))


def _is_banner(node: Node) -> bool:
    """Whether a heading is the site's own: a picture, or a link to where all begins."""
    if node.within("header", "nav", "footer", "aside") and not node.within("article", "main"):
        return True
    return any((each.get("href") or "") in {"/", "./", "#"} for each in node.element.iter("{*}a"))
