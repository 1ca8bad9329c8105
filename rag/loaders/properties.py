"""What a file's property fields say of it, where a person wrote them and not a program."""

import re
from collections.abc import Mapping

_FILE_NAME = re.compile(
    r"(?i)^microsoft (?:word|excel|powerpoint) - |^file:|\.(?:docx?|wps|rtf|odt|pdf|pptx?|xlsx?"
    r"|indd|qxp|qxd|tex|dvi|cdr|ai|ps|html?|txt|pmd|tmp)\s*$"
)
_NO_TITLE = re.compile(
    r"(?i)(?:untitled|无标题|無標題|none|null|title|标题|about:blank|word document|"
    r"powerpoint (?:presentation|演示文稿|簡報)|(?:presentation|document|book|slide|sheet|"
    r"幻灯片|投影片|文档|文件|演示文稿|工作簿)\s*\d*|(?:pdf|print|scan)\W?\d*|[\W\d_]*)"
)
_NO_AUTHOR = re.compile(
    r"(?i)(?:anonymous|unknown|none|null|python-(?:docx|pptx)|openpyxl|xlsxwriter|reportlab"
    r"|apache poi|admin(?:istrator)?|users?|owner|guest|pc|root|windows(?: 用户| user)?"
    r"|microsoft(?: office)?(?: 用户| user)?|微软用户|用户|使用者|管理员|作者|author|steve canny"
    r"|lenovo|dell|hp|asus|acer|[\W\d_]*)"
)


def told(properties: Mapping[str, str]) -> dict[str, str]:
    """`title` and `author` of a file's properties, without file names, defaults and blanks."""
    title = " ".join(properties.get("title", "").split())
    author = " ".join(properties.get("author", "").split())
    found = {}
    if not (_FILE_NAME.search(title) or _NO_TITLE.fullmatch(title) or "\ufffd" in title):
        found["title"] = title
    if not (_NO_AUTHOR.fullmatch(author) or "\ufffd" in author):
        found["author"] = author
    return found
