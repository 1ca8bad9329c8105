"""Names, people and denials of a claim in one language on evidence in the other."""

from importlib.resources import files

import pytest

from rag.support.contradictions import find_problem
from rag.support.renderings import mentions, missing_rendering
from rag.support.romanised import missing_person
from rag.text import fold


@pytest.mark.parametrize(
    ("claim", "evidence", "told"),
    [
        ("The meeting was held in Shanghai.", "会议在北京举行。", "“Shanghai” (上海)"),
        ("The meeting was held in Shanghai.", "會議在廣東舉行。", "it has 廣東 (Guangdong)."),
        ("会议在上海举行。", "The meeting was held in Beijing.", "“上海” (Shanghai)"),
        ("會議在廣東舉行。", "The meeting was held in Peking.", "it has Peking (北京)."),
        ("The U.S. side agreed.", "英国方面同意。", "“U.S.” (美国)"),
        ("Germany's exports rose.", "法国出口增长。", "“Germany” (德国)"),
        ("The WHO issued guidance.", "世界银行发布了指南。", "it has 世界银行 (World Bank)."),
        ("The Ministry of Education said so.", "财政部作了说明。", "(Ministry of Finance)."),
        (
            "教育部作了说明。",
            "The Ministry of Finance said so.",
            "“教育部” (Ministry of Education)",
        ),
        ("Israel and the US met.", "中美双方举行会谈，美国代表出席。", "“Israel” (以色列)"),
        ("The meeting was held in Shanghai.", "生态环境部在京召开会议。", "it has 京 (Beijing)."),
        ("大會在滬開幕。", "The conference opened in Beijing.", "“滬” (Shanghai)"),
        ("The Yellow River flooded.", "长江发生洪水。", "(Yangtze)"),
    ],
)
def test_says_which_name_is_not_there_and_which_is(claim: str, evidence: str, told: str) -> None:
    assert told in missing_rendering(claim, evidence)
    assert find_problem(claim, [evidence]) == missing_rendering(claim, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        (
            "The meeting was held in Beijing.",
            "1月14日至15日,生态环境部在京召开会议,河北省代表出席。",
        ),
        ("The meeting was held in Beijing.", "會議在北京市舉行，上海代表出席。"),
        ("China and the US signed it.", "中美签署协议。"),
        ("China will cooperate with Japan.", "我国将与日本开展合作。"),
        ("China's tariffs rose.", "关税上升，美国表示关注。对华强硬派支持。"),
        ("The meeting was held in Shanghai.", "会议于上午举行，在京东平台转播。"),
        ("The meeting was held in Shanghai.", "会议在沪举行，京津冀代表出席。"),
        ("大會在滬開幕。", "The conference opened in Shanghai after one in Beijing."),
        ("Who attended the meeting in Turkey?", "谁出席了土耳其的会议？"),
        ("It costs 20 New Taiwan dollars in Japan.", "在日本售价新台幣20元。"),
        ("发展中国家将获得援助。", "The United States will aid developing countries."),
        ("该市位于沿海地区。", "The city of Miami, US, is on the coast."),
        ("哈德里安在罗马。", "Hadrian was in Rome, not London."),
        ("教育部门和财政部长出席。", "The education sector and the World Bank attended."),
        ("應遵守聯合國公約。", "The Executive Yuan shall abide by the UNFCCC."),
        ("The fair in Zhejiang drew Japan.", "杭州的展会吸引了东京，广东、美国也来了。"),
        ("浙江的展會很大。", "The fair in Hangzhou was larger than the one in Guangdong."),
        ("New Zealand won.", "紐西蘭獲勝，澳洲落敗。"),
        ("NDRC published the plan.", "国家发展改革委发布规划，财政部配合。"),
    ],
)
def test_lets_renderings_pass(claim: str, evidence: str) -> None:
    assert find_problem(claim, [evidence]) == ""


def test_translators_may_name_the_country_a_text_is_from() -> None:
    assert not missing_rendering("China and the US met.", "双方举行会谈，美国代表出席。")
    assert missing_rendering("China and Japan met.", "双方举行会谈，美国代表出席。")


def test_takes_the_longest_name_and_the_text_as_written() -> None:
    found = mentions("Peking University’s office in New York, and 北京大學")
    assert [one.text for one in found] == ["Peking University", "New York", "北京大學"]
    assert not mentions("He gave us a turkey; who is it?")


def test_the_list_of_names_is_well_formed() -> None:
    rows = files("rag.support").joinpath("names.tsv").read_text("utf-8").splitlines()
    seen: dict[str, str] = {}
    for row in rows:
        kind, english, chinese, *short = row.split("\t")
        assert kind in {"country", "continent", "place", "water", "body", "other"}, row
        for form in english.split("|"):
            assert form not in seen, f"{form} stands in {row!r} and {seen[form]!r}"
            seen[form] = row
        assert all(len(form) > 1 for form in chinese.split("|")), row
        assert fold(chinese) == chinese, row
        assert len(short) <= 1, row


@pytest.mark.parametrize(
    ("claim", "evidence", "told"),
    [
        ("Sun Jinlong chaired the meeting.", "生态环境部部长黄润秋主持会议。", "黄润秋"),
        ("Sun Jinlong chaired the meeting.", "生態環境部部長黃潤秋主持會議。", "黃潤秋"),
        ("Huang Runqiu chaired it.", "生態環境部部長黃潤秋主持會議。", ""),
        ("Zeng Peiyan spoke.", "曾培炎指出，发展是硬道理。", ""),
        ("Lü Xin'an spoke.", "主任吕新安讲话，王毅表示同意。", ""),
        ("孙金龙出席会议并讲话。", "Huang Runqiu attended the meeting.", "Huang Runqiu"),
        ("孫金龍出席會議並講話。", "Sun Jinlong and Huang Runqiu attended.", ""),
        ("Hong Kong was told.", "部长黄润秋主持会议。", ""),
        ("Sun Jinlong chaired the meeting.", "他主持了会议。", ""),
        ("单位代表出席。", "Wang Yi attended.", ""),
    ],
)
def test_matches_people_by_pinyin(claim: str, evidence: str, told: str) -> None:
    found = missing_person(claim, evidence)
    assert (told in found) if told else not found


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The fund was not established.", "设立了基金。"),
        ("The fund was not established.", "設立了基金。"),
        ("Firms can't apply.", "企业可以申请。"),
        ("The plan never took effect.", "该规划自2020年起施行。"),
        ("基金没有设立。", "The fund was established."),
        ("企業不得申請。", "Firms may apply."),
        ("The fund was established.", "没有设立基金。"),
        ("Firms may apply for a licence.", "企業不得申請許可證。"),
        ("企业可以申请许可证。", "Firms may not apply for a licence."),
    ],
)
def test_finds_denials_of_one_side(claim: str, evidence: str) -> None:
    assert "denies something" in find_problem(claim, [evidence])


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Firms may not apply.", "企业不得申请。"),
        ("Firms may not apply.", "企业申请一律拒绝。"),
        ("Firms shall not exceed the limit.", "企业应当遵守限值。"),
        ("The work has continued without pause.", "工作从未停止。"),
        ("The number keeps growing.", "数量不断增长。"),
        ("Not only firms but people may apply.", "企业和个人都可以申请。"),
        ("It is no later than May.", "应当在五月底前完成。"),
        ("数量不断增长，不仅如此，非常稳定。", "The number keeps growing and is very stable."),
        ("企业未能申请。", "Firms failed to apply."),
        ("未经批准的企业应当停业。", "Unapproved firms shall close."),
        ("A new fund was established.", "没有设立基金。但后来设立了。"),
        ("The fund was established in May by the council.", "会议没有讨论。基金于五月设立。"),
        ("The fund was established.", "由于没有足够的资金来源，市政府于是另行研究后设立基金。"),
    ],
)
def test_lets_other_renderings_of_denials_pass(claim: str, evidence: str) -> None:
    assert find_problem(claim, [evidence]) == ""
