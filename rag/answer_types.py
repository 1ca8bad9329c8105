"""What kind of thing would answer a question, and whether a sentence holds one. Pure.

A coarse taxonomy in the manner of Li and Roth (Learning question classifiers, 2002). `Question`
knows values, lists and persons; here places, reasons and definitions are told apart as well, and
a sentence is looked at for each of them.
"""

import re
from typing import Literal

from rag.questions import VALUE_KINDS, Expected, Question
from rag.text import HAN, fold
from rag.values import find_values

AnswerType = Expected | Literal["place", "reason", "definition"]

_ASKED: tuple[tuple[AnswerType, re.Pattern[str]], ...] = (
    ("reason", re.compile(r"为什么|为何|原因|\bwhy\b|\bwhat (?:caused|led)\b")),
    ("place", re.compile(r"哪里|哪儿|何处|何地|在哪|什么地方|\bwhere\b")),
)
_DEFINITION = re.compile(
    r"[是指]什么\W*$|什么是|什么意思|\b(?:mean|stand for)\W*$"
    r"|^what (?:is|are|was|were) (?:an? |the )?[\w -]{2,30}\W*$"
)

_YEAR = re.compile(
    r"世纪|年代|年间|时期|\bcentur|\b[0-9]{3,4}s\b|\b(?:1[0-9]|20)[0-9]{2}\b|\b[0-9]+ (?:bc|ad)\b"
    r"|[0-9]年"
)
_COUNT = re.compile(
    r"[0-9]|[一二三四五六七八九十两百千万]+[个座条种位人次岁年]"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|million)\b"
)
_LIST = re.compile(
    r"[^、。；;，,]{1,14}(?:、[^、。；;，,]{1,18}){2,}"
    r"|(?:[^,，。;；:]{1,30}[,，] ?){2,}[^,，]{0,30}?(?:和|及|与|\band\b|\bor\b|等)"
)
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹柏窦章苏潘葛范彭"
    "鲁韦马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余顾孟黄穆萧尹"
    "姚邵汪祁毛狄米贝臧戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾路江童颜郭梅盛林刁钟徐邱骆高夏蔡"
    "田樊胡凌霍虞万柯卢莫房裘缪解应宗丁宣邓郁单杭洪包左石崔吉龚程嵇邢裴陆荣翁荀惠曲封储靳段"
    "焦巴侯宓全班秋仲伊宫宁仇栾甘武符刘景詹束龙叶幸司韶黎薄印怀蒲赖卓蔺屠蒙池乔闻党翟谭贡劳"
    "冉雍桑桂牛寿边燕浦尚农温庄晏柴瞿阎连茹习艾容向易慎戈廖庾终暨步都耿满弘匡国文寇广欧利蔚"
    "师巩聂敖冷辛阚简饶曾沙鞠丰关蒯相查荆游竺权盖益"
)
_PERSON = re.compile(
    rf"[{HAN}]{{1,6}}·[{HAN}]{{1,6}}"
    rf"|[{_SURNAMES}][{HAN}]{{1,2}}(?=[，,、。（(和与及等的是为任于在])"
)
_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][\w'’-]+")
_PLACE = re.compile(
    rf"位于|坐落|设于|设在|在[{HAN}]{{1,12}}[省市县州国镇村乡岛路街区]"
    r"|\b(?:[Ll]ocated|[Ii]n|[Aa]t|[Nn]ear|[Hh]eadquarter\w*|[Ff]rom|[Oo]f) (?:the )?[A-Z]"
)
_REASON = re.compile(
    r"因为|由于|原因|因此|导致|所以|为了|\bbecause\b|\bdue to\b|\bcause|\breason|\bresult"
)


def answer_type(question: Question) -> AnswerType:
    """The kind of thing that would answer; `text` where the question does not say."""
    folded = fold(question.text)
    for kind, pattern in _ASKED:
        if pattern.search(folded):
            return kind
    if question.expected == "text" and _DEFINITION.search(folded):
        return "definition"
    return question.expected


def holds(kind: AnswerType, text: str, question: Question) -> bool:
    """Whether a sentence holds the kind of thing asked for; True for kinds without a mark."""
    folded = fold(text)
    match kind:
        case "date" | "percent" | "money" | "number":
            return _holds_value(kind, text, folded)
        case "list":
            return bool(_LIST.search(folded))
        case "person":
            return bool(_PERSON.search(folded)) or _holds_name(text, fold(question.text))
        case "place":
            return bool(_PLACE.search(folded) or _PLACE.search(text))
        case "reason":
            return bool(_REASON.search(folded))
        case _:
            return True


def _holds_value(kind: Expected, text: str, folded: str) -> bool:
    if any(value.kind in VALUE_KINDS[kind] for value in find_values(text)):
        return True
    if kind == "date":
        return bool(_YEAR.search(folded))
    return kind != "percent" and bool(_COUNT.search(folded))


def _holds_name(text: str, asked: str) -> bool:
    """Whether there is a capitalised word, not at the start, that the question does not have."""
    return any(name.group().lower() not in asked for name in _NAME.finditer(text))
