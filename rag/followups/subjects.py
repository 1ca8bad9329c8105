"""What a question is about, as a phrase that can stand for it in the next question. Pure.

Without a parser: the words before a Chinese question word, the noun phrase of an English frame.
"""

import re

from rag.periods import years_in
from rag.records import Language
from rag.text import HAN, fold
from rag.text.terms import ENGLISH_FUNCTION_WORDS

_END = re.compile(r"[\s?？。.!！]+$")
_ASKING = re.compile(
    r"(?:分别|具体|一共|总共|共|都|主要|到底|究竟)*"
    r"(?:是|有|由|在|为|叫|叫做|让|被|给|跟|到|于|会|开)?"
    r"(?:哪|什么|什麽|谁|多少|多大|多高|多长|多久|几[个项种次件家台座名位条类届天年月日]"
    r"|第几|何[时地人]|如何|怎么|怎样|为什么|为何|是否|是不是|有没有|能否|能不能|会不会|吗|呢"
    r"|指的?是|意思|姓甚)"
)
_POLITE = re.compile(r"^(?:请问|请|告诉我|我想知道|想问|介绍一?下|说说|谈谈|讲讲|列出|列举|关于)+")
_TRAILING_VERB = re.compile(
    r"(?:提出|部署|要求|强调|列出|列|安排|通过|总结|公布|规定|介绍|宣布|决定|召开|召集|举行|举办|主持"
    r"|发布|出台|制定|建议|指出|认为|明确|取得|包括|包含|涉及|提到|说|讲|谈|放|作|做|分成|分为|分"
    r"|换|指|要|将|应当|应|可以|能|对|向|从|和|与|的|了|过|着)+$"
)
_HAN_BREAK = re.compile(r"[，,；;：:、。?？]|什么|哪|谁|几|多少|了")
_DEFINES = re.compile(r"^(?:什么是|何为|何谓|谁是|解释一?下)")
_QUOTED = re.compile(r"《[^》]{1,40}》|“[^”]{1,30}”|「[^」]{1,30}」|\"[^\"]{1,30}\"")
_YEAR = re.compile(r"[0-9０-９〇零一二三四五六七八九]{2,4}\s*年")

_WHAT_IS = re.compile(
    r"^(?:what|who|which) (?:is|are|was|were) (?!there)(?P<it>.+?)(?: called| like| about)?$", re.I
)
_STANDS_FOR = re.compile(
    r"^(?:what|how|why|when|where|in what way) (?:does|do|did) (?P<it>.+?) (?:(?:stand|mean|say"
    r"|refer|involve|include|cover|require|suggest|recommend|describe|define|mention|come|differ"
    r"|take|begin|happen|smell|give|expect|have|contain|deal|compare|explain)\b.*"
    r"|(?:work|list|set|change|start|end|form|run|use|need|look|plan|name|ask|call|get)(?: \w+)?)$",
    re.I,
)
_WAS_DONE = re.compile(
    r"^(?:when|where|why|how|on (?:which|what) \w+|in (?:which|what) \w+) "
    r"(?:is|are|was|were|has|have|will|can|should) (?P<it>.+?) "
    r"(?:be |been |to )?(?:\w+ed|held|made|built|set|met|begun|sent|taken|given|kept|sold|paid|led)"
    r"(?: .*)?$",
    re.I,
)
_AUXILIARY = re.compile(
    r"^(?:\w+ ){0,5}?(?:did|does|do|has|have|had|will|can|should) (?P<it>.+?)(?: \w+)?$", re.I
)
_MENTIONS = re.compile(
    r"^does .+ (?:mention|name|discuss|cover|contain|describe) (?P<it>.+)$", re.I
)
_PHRASE = re.compile(
    r"(?:^|\b(?:of|at|in|for|to|about|on|by|during|from|were|was|are|is|\w+ed|led|gave|held) )"
    r"(?P<it>(?:the|an?) [\w'.%-]+(?: (?!at\b|in\b|on\b|by\b|during\b|from\b|about\b|and\b)"
    r"[\w'.%-]+)*)",
    re.I,
)
_NO_PERSON = frozenset(
    [
        "The",
        "This",
        "That",
        "What",
        "Who",
        "When",
        "Where",
        "Which",
        "How",
        "And",
        "Beijing",
        "China",
    ]
)
_TITLED = re.compile(
    r"(?:部长|书记|组长|工程师|主任|局长|省长|市长|主席|总理|馆长|校长|院长|经理|代表|处长|司长|厅长"
    rf"|教授|博士|主持人)(?:是|为|：|:)?(?P<it>[{HAN}]{{2,3}}?)"
    r"(?=[，,。；;、到出作主讲说和与及在将指强]|$)"
)
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹章苏潘葛范彭鲁韦马苗方俞任袁柳"
    "史唐费薛雷贺倪汤罗毕郝安常傅齐康伍余顾孟黄萧尹姚邵汪毛戴宋熊纪项祝董梁杜阮蓝闵贾江童颜郭梅"
    "盛林钟徐邱骆高夏蔡田樊胡凌霍万卢莫裘丁邓洪包左石崔龚程裴陆翁武刘景龙叶白蒲桑乔谭温习乐廖曾"
)
_NAMED_FIRST = re.compile(
    rf"^(?P<it>[{_SURNAMES}][{HAN}]{{1,2}})(?=出席|主持|作|担任|讲|说|在|是|的)"
)
_CAPITALS = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)+\b")


def bare(question: str) -> str:
    """The question without its end mark and words of politeness."""
    return _POLITE.sub("", _END.sub("", question.strip()))


def subject(question: str, language: Language) -> str:
    """The phrase for what a question asks about; empty where none is made out."""
    return _chinese_subject(question) if language == "zh" else _english_subject(question)


def _chinese_subject(question: str) -> str:
    text = bare(question)
    defined = _DEFINES.match(text)
    if defined:
        return text[defined.end() :]
    asking = _ASKING.search(fold(text))
    if not asking:
        return _TRAILING_VERB.sub("", text)
    left = _TRAILING_VERB.sub("", text[: asking.start()].rstrip("，, ")).rstrip("，, ")
    return left if len(left) > 1 else _after(text[asking.end() :])


def _after(text: str) -> str:
    """The longest stretch behind an opening question word, or the one with a year."""
    parts = [part.strip() for part in _HAN_BREAK.split(text)]
    dated = [part[match.start() :] for part in parts if (match := _YEAR.search(part))]
    longest = max(dated or parts, key=len, default="")
    return re.sub(r"(?:[上中里内]|发言|讲话)+$", "", longest)


def _english_subject(question: str) -> str:
    text = bare(question)
    for frame in (_MENTIONS, _STANDS_FOR, _WAS_DONE, _WHAT_IS):
        match = frame.match(text)
        if match:
            return match["it"]
    phrases = [match["it"] for match in _PHRASE.finditer(text)]
    dated = [phrase for phrase in phrases if years_in(phrase)]
    if dated or phrases:
        return (dated or phrases)[-1]
    match = _AUXILIARY.match(text)
    return match["it"] if match else ""


def quoted(text: str) -> str:
    """The one term that stands in quotation marks, with them; empty where there is none or two."""
    found = list(dict.fromkeys(_QUOTED.findall(text)))
    return found[0] if len(found) == 1 else ""


def noun_phrase(noun: str, text: str, language: Language) -> str:
    """The words of a text that lead up to this noun, the noun included; empty where it lacks it."""
    folded, wanted = fold(text), fold(noun)
    at = folded.rfind(wanted)
    if at < 0:
        return ""
    end = at + len(wanted)
    if language == "zh":
        left = re.split(r"[，,。；;？?]|在|于|由|对|关于", text[:at])[-1]
        return _POLITE.sub("", left) + text[at:end]
    words = re.findall(r"[\w'-]+", text[:at])
    kept: list[str] = []
    for word in reversed(words[-4:]):
        if word.lower() in _STOPS:
            break
        kept.insert(0, word)
    return " ".join(["the", *kept, text[at:end]])


_STOPS = ENGLISH_FUNCTION_WORDS | {
    *("chair", "chaired", "attend", "attended", "held", "hold", "lead", "led"),
}


def person(question: str, answer: str) -> str:
    """Whom he, she or 他 means: a person of the answer, else of the question; may be empty."""
    for text in (answer, question):
        found = [match["it"] for match in _TITLED.finditer(text) if match["it"][0] in _SURNAMES]
        found += [name for name in _CAPITALS.findall(text) if not _NO_PERSON & set(name.split())]
        first = _NAMED_FIRST.match(bare(text))
        if first:
            found.insert(0, first["it"])
        if found:
            return found[0]
    return ""
