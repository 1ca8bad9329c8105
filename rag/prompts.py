"""What is said to a model, and what Yinju itself says to a reader, in Chinese and English."""

from collections.abc import Sequence

from rag.records import Language, Missing

ANSWER_SYSTEM = {
    "zh": (
        "你根据编号的资料句子回答问题。只用资料里的内容，用中文，一到三句话。"
        "数字、日期、名称照抄资料。资料里没有答案时只写：没有依据。"
    ),
    "en": (
        "You answer a question from numbered source sentences. Use only what they say and answer "
        "in English in one to three sentences. Copy numbers, dates and names exactly. "
        "If the sources do not hold the answer, write only: no evidence."
    ),
}

CITE_RULE = {
    "zh": "每句话末尾用方括号写出所依据的句子编号，例如[1]。",
    "en": (
        " End every sentence with the number of the source it rests on in square brackets, "
        "such as [1]."
    ),
}
"""Left out for the embedded LLM, which writes numbers at random; our code then finds the source."""

ANSWER_EXAMPLE = {
    "zh": (
        "资料：\n[1] （2022年读者大会纪要）3月5日，市图书馆召开年度读者大会，馆长主持。\n"
        "[2] 全年借书12.5万册次。\n\n"
        "问题：读者大会是哪天开的？",
        "读者大会于3月5日召开{mark}。",
    ),
    "en": (
        "Sources:\n[1] （2022年读者大会纪要）3月5日，市图书馆召开年度读者大会，馆长主持。\n"
        "[2] The library lent 125,000 books in the year.\n\nQuestion: When was the meeting held?",
        "The meeting was held on 5 March{mark}.",
    ),
}

NO_EVIDENCE = ("没有依据", "no evidence")
"""What a model is told to write where the sources do not hold the answer."""

TRANSLATE_SYSTEM = {
    "en": (
        "Translate the Chinese sentence into English. Keep every number, date and percentage as "
        "digits. Write only the translation."
    ),
    "zh": "把英文句子译成简体中文。数字、日期、百分比一律保留阿拉伯数字。只写译文。",
}
"""Without an example: the embedded LLM copies words and numbers of one into its reply."""

USE_TERMS = {"en": " Render these terms so: {terms}.", "zh": "这些词语这样译：{terms}。"}

_REFUSAL = {
    "zh": "资料库里没有找到能回答这个问题的依据。",
    "en": "The library holds no passage that answers this question.",
}
_NO_YEAR = {
    "zh": "资料库里没有{asked}的报告；最接近的年份：{nearest}。",
    "en": "The library has no report for {asked}; nearest: {nearest}.",
}
_NO_YEAR_ALONE = {
    "zh": "资料库里没有{asked}的报告。",
    "en": "The library has no report for {asked}.",
}
_NO_EVIDENCE_FOR = {
    "zh": "没有找到关于“{what}”的依据。",
    "en": "No evidence was found for “{what}”.",
}
_COUNTED = {
    "zh": "原文的列举有{listed}项。",
    "en": "The list in the text has {listed} items.",
}
_MISCOUNTED = {
    "zh": "原文说有{stated}项，列出的有{listed}项。",
    "en": "The text says {stated}, but lists {listed} items.",
}
_LIFTED = {
    "zh": "在问题所指的文件（{names}）里没有找到依据，以下出自其他文件。",
    "en": "Nothing was found in what the question names ({names}); this is from other documents.",
}
_SEARCHED = {
    "zh": "查找过的年份：{years}。",
    "en": "Years searched: {years}.",
}
_NEAREST = {
    "zh": "最接近的原文列在下面，供参考。",
    "en": "The nearest passages are listed for reference.",
}
_EMPTY = {
    "zh": "资料库是空的，请先用 `yinju ingest` 添加文件。",
    "en": "The library is empty: add files with `yinju ingest` first.",
}
_QUOTED_ONLY = {
    "zh": "未使用语言模型，以下为原文摘录，语言与原文一致。",
    "en": "No LLM is in use: the answer is quoted, in the language of its source.",
}
_FELL_BACK = {
    "zh": "模型写出的内容没有得到资料支持，改为直接引用原文。",
    "en": "What the model wrote was not supported by the passages; they are quoted instead.",
}
_DROPPED = {
    "zh": "删除了{count}个不存在的引用编号。",
    "en": "Dropped {count} citation marker(s) that name no passage.",
}
NO_LLM_FOR_LANGUAGE = (
    "No LLM is in use, so the other language is left empty; set an endpoint or run "
    "`yinju models pull llm`. 未使用语言模型，另一种语言留空。"
)


def answer_question(sentences: Sequence[str], question: str, language: Language) -> str:
    """The user message that asks for an answer."""
    numbered = "\n".join(f"[{number}] {text}" for number, text in enumerate(sentences, start=1))
    if language == "zh":
        return f"资料：\n{numbered}\n\n问题：{question}"
    return f"Sources:\n{numbered}\n\nQuestion: {question}"


def refusal(language: Language, missing: Missing | None = None) -> str:
    """What is said instead of an answer, with the years that are not held."""
    space = "" if language == "zh" else " "
    first = no_report(language, missing) if missing else _REFUSAL[language]
    return f"{first}{space}{_NEAREST[language]}"


def no_report(language: Language, missing: Missing) -> str:
    """That the library has no report for some years, and which are next to them."""
    asked = listed(language, [_year(language, year) for year in missing.years])
    if not missing.nearest_years:
        return _NO_YEAR_ALONE[language].format(asked=asked)
    nearest = listed(language, [_year(language, year) for year in missing.nearest_years])
    return _NO_YEAR[language].format(asked=asked, nearest=nearest)


def no_evidence_for(language: Language, what: str) -> str:
    """That nothing answers one side or part of a question."""
    return _NO_EVIDENCE_FOR[language].format(what=what)


def counted(language: Language, *, listed: int, stated: int | None) -> str:
    """How many items a list has, and whether the text says another number."""
    texts = _COUNTED if stated in (None, listed) else _MISCOUNTED
    return texts[language].format(listed=listed, stated=stated)


def lifted(language: Language, names: Sequence[str]) -> str:
    """That the answer is from other documents than the question names."""
    return _LIFTED[language].format(names=listed(language, names))


def searched(language: Language, years: Sequence[int]) -> str:
    """Which years a question for all of them was asked of."""
    return _SEARCHED[language].format(
        years=listed(language, [_year(language, year) for year in years])
    )


def side_heading(language: Language, label: str) -> str:
    """What stands before the evidence of one side."""
    return f"{label}：" if language == "zh" else f"{label}:"


def listed(language: Language, names: Sequence[str]) -> str:
    """Names one after another."""
    return ("、" if language == "zh" else ", ").join(names)


def _year(language: Language, year: int) -> str:
    return f"{year}年" if language == "zh" else str(year)


def empty_library(language: Language) -> str:
    """What is said where nothing was ingested yet."""
    return _EMPTY[language]


def quoted_only(language: Language) -> str:
    """The note that an answer is quoted, since no LLM is in use."""
    return _QUOTED_ONLY[language]


def fell_back(language: Language) -> str:
    """The note that quotes stand in for what a model wrote."""
    return _FELL_BACK[language]


def dropped_markers(language: Language, count: int) -> str:
    """The note that markers naming no passage were dropped."""
    return _DROPPED[language].format(count=count)
