"""What answers about whole documents say themselves, in Chinese and English."""

from collections.abc import Mapping

from rag.records import Language
from rag.whole.questions import ListOf

WORDS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "count": "“{term}”共出现{total}次，分布在{sentences}个句子里{where}。",
        "mention": "提到了：“{term}”共出现{total}次，分布在{sentences}个句子里{where}。",
        "list": "含“{term}”的句子共{sentences}个{where}。",
        "in_document": "《{title}》{count}次",
        "absent": "没有提到“{term}”：{passages}个段落全部读过。",
        "listed": "{kind}共{distinct}个（出现{total}次）",
        "capped": "，以下列出前{shown}个",
        "none": "没有找到{kind}：{passages}个段落全部读过。",
        "times": "（{count}处）",
        "choose": "范围里有{count}份文件，一次最多概括{most}份。请写明是哪一份，或先选定文件。",
        "narrow": "范围里有{passages}个段落，一次最多通读{most}个。请写明是哪一份，或先选定文件。",
        "quoted": "以下为原文摘录，语言与原文一致。",
        "colon": "：",
        "comma": "，",
    },
    "en": {
        "count": "Occurrences of “{term}”: {total}, in sentences: {sentences}{where}.",
        "mention": "Mentioned. Occurrences of “{term}”: {total}, in sentences: {sentences}{where}.",
        "list": "Sentences with “{term}”: {sentences}{where}.",
        "in_document": "“{title}” {count}",
        "absent": "“{term}” is not mentioned: all {passages} passages were read.",
        "listed": "Different {kind}: {distinct}; places: {total}",
        "capped": "; the first {shown} are listed",
        "none": "No {kind} found: all {passages} passages were read.",
        "times": " ({count} places)",
        "choose": (
            "There are {count} documents to choose from, and at most {most} are summed up at once. "
            "Name the one you mean, or choose it first."
        ),
        "narrow": (
            "There are {passages} passages to read, and at most {most} are read at once for a "
            "list. Name the document you mean, or choose it first."
        ),
        "quoted": "The answer is quoted, in the language of its source.",
        "colon": ": ",
        "comma": ", ",
    },
}

_KINDS: Mapping[ListOf, tuple[str, str]] = {
    "date": ("日期", "dates"),
    "deadline": ("期限", "deadlines"),
    "money": ("金额", "amounts of money"),
    "percent": ("百分比", "percentages"),
    "number": ("数字", "numbers"),
    "year": ("年份", "years"),
    "meeting": ("会议", "meetings"),
    "body": ("机构", "organisations"),
    "law": ("法律和文件", "laws and documents"),
}


def listed_kind(language: Language, kind: ListOf) -> str:
    """What a list holds, in words."""
    return _KINDS[kind][0 if language == "zh" else 1]
