"""Why something was changed: every reason a `Removal` may have, said in both languages."""

from collections.abc import Mapping
from typing import NamedTuple


class Meaning(NamedTuple):
    """A reason in words."""

    zh: str
    en: str


REASONS: Mapping[str, Meaning] = {
    "advertisement": Meaning("广告标记", "an advertisement or its mark"),
    "breadcrumb": Meaning("当前位置", "where the page is on its site"),
    "comments": Meaning("读者评论", "readers' comments"),
    "contact": Meaning("网站的联系方式", "how to reach the site"),
    "contents": Meaning("目录", "a table of contents"),
    "continuation": Meaning("“继续阅读”之类的提示", "a call to read on"),
    "control": Meaning("零字节", "zero bytes"),
    "cookies": Meaning("Cookie 提示", "a notice about cookies"),
    "credit": Meaning("图片、编辑署名", "a credit for pictures or editing"),
    "damage": Meaning("损坏的字符", "characters that were destroyed"),
    "disclaimer": Meaning("声明", "a disclaimer"),
    "ending": Meaning("结束标记或分隔线", "a mark of the end, or a rule"),
    "footer": Meaning("页脚", "the foot of a page"),
    "flattened": Meaning(
        "挤在一行的内容重新分行", "text run together on one line, broken up again"
    ),
    "form": Meaning("表单、搜索框或登录框", "a form, a search or login box"),
    "hard_wrap": Meaning("按固定宽度折断的行接回", "lines broken at a fixed width, joined"),
    "header": Meaning("页头", "the head of a page"),
    "help": Meaning("页面反馈", "feedback on the page"),
    "hosting": Meaning("建站与技术支持", "who built or hosts the site"),
    "image_placeholder": Meaning("图片占位", "what stands for a picture"),
    "invisible": Meaning("不可见字符", "characters that cannot be seen"),
    "language": Meaning("语言切换", "a choice of language"),
    "licence": Meaning("版权、备案与许可", "copyright, registration or licence"),
    "line_end": Meaning("换行符统一", "line ends made the same"),
    "links": Meaning("链接列表", "a list of links"),
    "metadata": Meaning("文档信息（已记录）", "facts of the document, kept as its metadata"),
    "missing_break": Meaning("补上丢失的换行", "a lost line break put back"),
    "mojibake": Meaning("乱码还原", "text read in a wrong encoding, read again"),
    "navigation": Meaning("导航", "navigation"),
    "note_mark": Meaning("注释标号", "the number of a note"),
    "page_footer": Meaning("逐页重复的页脚", "a footer repeated on every page"),
    "page_header": Meaning("逐页重复的页眉", "a header repeated on every page"),
    "page_number": Meaning("页码", "a page number"),
    "page_tools": Meaning("打印、字体、分享等工具", "print, font and share buttons"),
    "pager": Meaning("上一页、下一页", "links to the pages before and after"),
    "pinyin": Meaning("注音", "readings of characters"),
    "placeholder_number": Meaning(
        "图片或分页留下的数字", "a number left of a picture or a page break"
    ),
    "print_edition": Meaning("报纸版面信息", "the page of a newspaper"),
    "promotion": Meaning("关注、订阅、下载等推广", "a call to follow, subscribe or download"),
    "radical": Meaning("部首字符换成汉字", "a radical that stands for its character"),
    "related": Meaning("相关阅读", "other articles"),
    "repeated_title": Meaning("重复的标题", "a title said twice"),
    "share": Meaning("分享与关注", "sharing and following"),
    "sidebar": Meaning("侧栏", "what stands beside the text"),
    "source": Meaning("转载来源与页面地址", "where the page was taken from"),
    "tags": Meaning("标签与分类", "tags and categories"),
    "view_counter": Meaning("浏览、评论等计数", "a counter of views or comments"),
    "whitespace": Meaning("空白", "blanks"),
    "widget": Meaning("日期、天气等挂件", "a calendar or the weather"),
}
"""Reasons by the word in `Removal.reason`."""
