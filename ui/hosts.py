"""Who else learns of a question."""

from urllib.parse import urlsplit

from rag import Settings

OPENAI = "api.openai.com"
"""Where a key without a `base_url` is used."""


def contacted(settings: Settings) -> list[str]:
    """The hosts that asking, with these settings, speaks to; none where all of it is local."""
    urls = [settings.embedding_base_url, settings.chroma_url]
    if settings.mode in {"auto", "openai"}:
        urls.append(settings.base_url)
    hosts = {urlsplit(url).netloc for url in urls if url}
    if settings.mode in {"auto", "openai"} and settings.api_key and not settings.base_url:
        hosts.add(OPENAI)
    if (settings.embedder or "").startswith("openai:") and not settings.embedding_base_url:
        hosts.add(urlsplit(settings.base_url).netloc if settings.base_url else OPENAI)
    return sorted(hosts)
