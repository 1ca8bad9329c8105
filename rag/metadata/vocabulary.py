"""The closed vocabularies of metadata: kinds of text, and where a field was taken from."""

from collections.abc import Mapping

KINDS: Mapping[str, tuple[str, str]] = {
    "meeting": ("会议", "meeting"),
    "speech": ("讲话", "speech"),
    "law": ("法律法规", "law or regulation"),
    "notice": ("通知公告", "notice"),
    "plan": ("规划计划", "plan"),
    "report": ("报告", "report"),
    "statistics": ("统计", "statistics"),
    "interview": ("访谈问答", "interview or Q&A"),
    "news": ("新闻", "news"),
    "article": ("文章", "article"),
}
"""Kinds by name, each in Chinese and English. What a text is about goes before how it came out:
a news agency's account of a meeting is a `meeting`."""

ORIGINS: Mapping[str, tuple[str, str]] = {
    "title line": ("标题行", "a line that says the title"),
    "page title": ("页面标题", "the title that the page or file carries"),
    "first line": ("首行", "the first line"),
    "first sentence": ("首句", "the first sentence"),
    "file name": ("文件名", "the file's name"),
    "source line": ("来源行", "the line that names the source"),
    "organiser line": ("主办行", "the line that names the organiser"),
    "page metadata": ("页面元数据", "metadata that the page or file carries"),
    "site name": ("网站名", "the site's name after the title"),
    "signature": ("落款", "the signature at the end"),
    "dateline": ("电头", "the news agency's dateline"),
    "byline": ("署名行", "the line under the title"),
    "date line": ("日期行", "the line that says the date"),
    "address": ("网址", "the page's address"),
    "promulgation": ("公布", "the words on promulgation"),
    "adoption": ("通过", "the words on adoption"),
    "meeting line": ("会议时间行", "the line that says when the meeting was"),
    "date under title": ("题下日期", "the date under the title"),
    "opening": ("开头", "the opening sentences"),
    "opening and date line": ("开头与发布日期", "the opening, its year by the date of publication"),
    "opening and name": ("开头与会议名称", "the opening, its year by what it names"),
    "title": ("标题", "the title"),
    "text": ("正文", "the text"),
    "edited": ("人工填写", "a person"),
}
"""What `Document.origins` says of a field, in Chinese and English."""
