"""Chinese people whose names one text has in characters and the other in pinyin. Pure.

A person is told by a surname and what stands beside it: an office (部长王某) or a verb of saying
in Chinese, two capitals and nothing but pinyin syllables in English (Wang Mou).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from rag.glossary import translate_terms
from rag.support.renderings import mentions
from rag.text import HAN, detect_language, fold

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余"
    "潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜"
    "詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边习尚"
)
_OFFICE = (
    "主席|总书记|书记|总理|副总理|部长|委员长|委员|省长|市长|州长|县长|区长|局长|署长|厅长|司长|处长|主任|院长"
    "|校长|所长|行长|会长|秘书长|发言人|代表|大使|总统|检察长|教授|院士|研究员|董事长|总裁|经理|同志|先生|女士"
)
_SAYS = "表示|指出|强调|介绍|认为|说|出席|主持|率团|在会上|宣布|会见|会谈|致辞|讲话|当选"
_PERSON = re.compile(
    f"(?:(?<={'|(?<='.join(f'{office})' for office in _OFFICE.split('|'))})"
    f"([{_SURNAMES}][{HAN}]{{1,2}}?)(?=[，、。；,;和与及等同在（(]|{_SAYS}|$)"
    f"|(?<![{HAN}])([{_SURNAMES}][{HAN}]{{1,2}}?)(?={_SAYS}|{_OFFICE})"
)
_SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao"
    "|ei|en|er|ia|ie|in|iu|ou|ua|ui|un|uo|ue|a|e|i|o|u)"
)
_ROMANISED = re.compile(
    r"\b([A-Z][a-zü]{1,5}) ([A-Z][a-zü]{1,5}(?:[-'’]?[a-zü]{1,6})?)\b(?! [A-Z])"
)
_GIVEN = re.compile(f"{_SYLLABLE}[-']?(?:{_SYLLABLE})?")
_LONGEST = 4
"""Characters of a name."""


def missing_person(claim: str, evidence: str) -> str:
    """Why a person of the claim is not one of the evidence in the other language; else empty.

    Only where the evidence has another person that the claim has not.
    """
    missing = next((one for one in _people(claim) if not _names(one, evidence)), None)
    if not missing:
        return ""
    other = next((one for one in _people(evidence) if not _names(one, claim)), None)
    return f"“{missing}” is not in the cited passage; it has {other}." if other else ""


def _people(text: str) -> Iterator[str]:
    if detect_language(text) == "zh":
        folded = fold(text)
        for match in _PERSON.finditer(folded):
            start, end = match.span(1 if match[1] else 2)
            if end - start > 2 or not translate_terms(folded[start:end]):  # 单位代表 is nobody
                yield text[start:end]
        return
    surnames, places = _surnames(), {one.text for one in mentions(text)}
    for match in _ROMANISED.finditer(text):
        sounds = match[1].lower() in surnames and match[0] not in places
        if sounds and _GIVEN.fullmatch(match[2].lower().replace("’", "'")):
            yield match[0]


def _names(person: str, text: str) -> bool:
    """Whether a text of the other language has a name that sounds so."""
    if person.isascii() or "ü" in person:
        letters = _letters(person)
        places = re.finditer(f"[{_SURNAMES}]", fold(text))
        return any(_sounds(fold(text)[m.start() : m.start() + _LONGEST], letters) for m in places)
    plain = _letters(text)
    return any(_sounded_in(fold(person)[:count], plain) for count in range(2, len(person) + 1))


def _sounds(characters: str, letters: str) -> bool:
    """Whether the letters are the readings of the first of the characters."""
    if not letters:
        return True
    return bool(characters) and any(
        _sounds(characters[1:], letters[len(one) :])
        for one in _readings(characters[0])
        if letters.startswith(one)
    )


def _sounded_in(characters: str, letters: str) -> bool:
    spoken = "".join(f"(?:{'|'.join(sorted(_readings(one)))})" for one in characters)
    return bool(re.search(spoken, letters))


def _letters(text: str) -> str:
    return re.sub("[^a-z]", "", text.lower().replace("ü", "u").replace("lyu", "lu"))


@lru_cache(maxsize=8192)
def _readings(character: str) -> frozenset[str]:
    """How a character is read, in letters without tones."""
    from pypinyin import Style, pinyin

    (found,) = pinyin(character, style=Style.NORMAL, heteronym=True)
    return frozenset(_letters(one) for one in found) - {""}


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    return frozenset(one for character in _SURNAMES for one in _readings(character))
