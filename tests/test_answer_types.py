"""What kind of thing answers, and which sentences hold one; late interaction on made vectors."""

import numpy as np
import pytest

from rag.answer_types import AnswerType, answer_type, holds
from rag.e5.engine import TokenVectors
from rag.late_interaction import BESIDE, match_sentences
from rag.questions import read_question
from rag.support.correspondence import reading


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("图书馆是哪一年建成的？", "date"),
        ("圖書館是何時建成的？", "date"),
        ("When was the library built?", "date"),
        ("馆里有多少本书？", "number"),
        ("How many books does the library hold?", "number"),
        ("馆长是谁？", "person"),
        ("Who runs the library?", "person"),
        ("图书馆在哪里？", "place"),
        ("圖書館在什麼地方？", "place"),
        ("Where is the library?", "place"),
        ("图书馆为什么关门？", "reason"),
        ("Why did the library close?", "reason"),
        ("图书馆有哪些分馆？", "list"),
        ("什么是碳市场？", "definition"),
        ("What is a carbon market?", "definition"),
        ("ＬＣＡ是什么意思？", "definition"),
        ("图书馆向市民提供服务吗？", "text"),
        ("Does the library lend tools?", "text"),
    ],
)
def test_the_kind_of_thing_asked_for(question: str, kind: AnswerType) -> None:
    assert answer_type(read_question(question)) == kind


@pytest.mark.parametrize(
    ("question", "holding", "lacking"),
    [
        ("图书馆是哪一年建成的？", "图书馆于１９８６年建成。", "图书馆由市政府出资建成。"),
        ("圖書館何時建成？", "圖書館在十九世紀建成。", "圖書館由市政府出資建成。"),
        ("When was it built?", "It was built in 1986.", "It was built by the city."),
        ("馆里有多少本书？", "馆藏十二万册。", "馆藏十分丰富。"),
        ("How many branches are there?", "There are seven branches.", "It has branches."),
        ("馆长是谁？", "馆长王小明，本地人。", "馆长主持了会议。"),
        ("Who runs the library?", "It is run by Ann Lee.", "It is run by a board."),
        ("图书馆在哪里？", "图书馆位于江边。", "图书馆藏书很多。"),
        ("Where is the library?", "It stands in Leeds.", "It holds many books."),
        ("图书馆为什么关门？", "由于停电，图书馆关门。", "图书馆周一关门。"),
        ("Why did it close?", "It closed because of a flood.", "It closed on Monday."),
        ("图书馆有哪些分馆？", "分馆有东城、西城、南城三处。", "分馆每天开放。"),
        ("What are its branches?", "They are East, West, Moor and Hill.", "They open daily."),
    ],
)
def test_a_sentence_holds_the_kind_or_lacks_it(question: str, holding: str, lacking: str) -> None:
    asked = read_question(question)
    kind = answer_type(asked)
    assert holds(kind, holding, asked)
    assert not holds(kind, lacking, asked)


def test_a_name_of_the_question_is_no_answer() -> None:
    asked = read_question("Who founded the Leeds Library?")
    assert not holds("person", "The Leeds Library is old.", asked)
    assert holds("person", "The Leeds Library was founded by Priestley.", asked)


def test_any_sentence_may_answer_where_nothing_marks_the_kind() -> None:
    assert holds("text", "", read_question("图书馆向市民提供服务吗？"))


def made(*pieces: str) -> TokenVectors:
    """Equal pieces get equal vectors, unlike ones are at right angles."""
    vectors = np.zeros((len(pieces), len(VOCABULARY)), np.float32)
    for row, piece in enumerate(pieces):
        vectors[row, VOCABULARY.index(piece)] = 1.0
    return TokenVectors(pieces, vectors, np.ones(len(pieces), np.float32))


VOCABULARY = [
    "▁When",
    "▁was",
    "▁the",
    "▁library",
    "▁founded",
    "▁It",
    "▁city",
    "图书馆",
    "何时",
    "建成",
]


def test_every_word_is_looked_for_in_the_sentence_and_beside_it() -> None:
    question = reading(made("▁When", "▁was", "▁the", "▁library", "▁founded"))
    sentences = [
        reading(made("▁the", "▁library")),
        reading(made("▁It", "▁was", "▁founded")),
        reading(made("▁the", "▁city")),
        reading(made("▁library", "▁founded")),
    ]
    matches = match_sentences(question, sentences, [0, 0, 1, 2])
    assert [round(match.least, 3) for match in matches] == [1 - BESIDE, 1 - BESIDE, 0.0, 1.0]
    assert [match.mean for match in matches] == [0.5, 0.5, 0.0, 1.0]
    assert matches[2].unmet == ("library", "founded")
    assert matches[3].unmet == ()


def test_question_words_need_no_match() -> None:
    question = reading(made("图书馆", "何时", "建成"))
    (match,) = match_sentences(question, [reading(made("图书馆", "建成"))], [0])
    assert (match.least, match.mean, match.unmet) == (1.0, 1.0, ())


def test_a_question_of_function_words_alone_is_matched_by_all_of_them() -> None:
    question = reading(made("▁When", "▁was"))
    (match,) = match_sentences(question, [reading(made("▁was"))], [0])
    assert (match.least, match.mean) == (0.0, 0.5)


def test_no_sentence_and_no_piece_give_no_match() -> None:
    assert match_sentences(reading(made("▁library")), [], []) == []
    (match,) = match_sentences(reading(made()), [reading(made("▁city"))], [0])
    assert (match.least, match.unmet) == (0.0, ())
    (match,) = match_sentences(reading(made("▁library")), [reading(made())], [0])
    assert (match.least, match.unmet) == (0.0, ("library",))
