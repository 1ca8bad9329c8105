"""Made Chinese documents to time the library with: any number, no two alike, always the same."""

import random
from collections.abc import Iterator
from pathlib import Path

CHARACTERS = 2000
"""Of one document, about."""

_WHO = (
    "会议",
    "生态环境部门",
    "各省级政府",
    "督察组",
    "重点排放单位",
    "流域管理机构",
    "该试点城市",
)
_DOES = ("要求", "部署", "推进", "检查", "公布", "完善", "评估", "启动", "压实", "通报")
_WHAT = (
    *("碳排放权交易市场的配额分配方案", "重污染天气应急减排清单", "入河排污口的排查整治"),
    *("饮用水水源地的保护规划", "危险废物的跨省转移管理", "自然保护地的人类活动监测"),
    *("噪声污染防治行动计划", "新污染物的环境风险评估", "农村生活污水的治理设施"),
    *("温室气体自愿减排项目的核证", "环境影响评价的审批改革", "生态保护补偿资金的使用"),
)
_HOW = (
    *("并向社会公开结果", "以便在年底前完成整改", "同时加强基层监测能力", "由专家组逐项核查"),
    *("明确责任单位和完成时限", "对进展缓慢的地区开展约谈", "相关经费纳入年度预算"),
)


def write_corpus(folder: Path, documents: int, *, characters: int = CHARACTERS) -> int:
    """Write that many documents; returns the number of characters in all."""
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for number in range(documents):
        text = made_document(number, characters)
        path = folder / f"{number // 100:03}" / f"文件{number:05}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        total += len(text)
    return total


def made_document(number: int, characters: int = CHARACTERS) -> str:
    """A title and paragraphs of three to six sentences, of about that many characters."""
    chance = random.Random(number)
    text = f"第{number}号工作通报"
    for paragraph in _paragraphs(chance):
        text += f"\n\n{paragraph}"
        if len(text) >= characters:
            break
    return f"{text}\n"


def edit_paragraph(path: Path, seed: int) -> None:
    """Write one paragraph in the middle of a document anew."""
    paragraphs = path.read_text("utf-8").split("\n\n")
    paragraphs[len(paragraphs) // 2] = next(_paragraphs(random.Random(f"edit {seed}")))
    path.write_text("\n\n".join(paragraphs), "utf-8")


def _paragraphs(chance: random.Random) -> Iterator[str]:
    while True:
        yield "".join(_sentence(chance) for _ in range(chance.randint(3, 6)))


def _sentence(chance: random.Random) -> str:
    year, month, count = chance.randint(2015, 2026), chance.randint(1, 12), chance.randint(2, 900)
    return (
        f"{year}年{month}月，{chance.choice(_WHO)}{chance.choice(_DOES)}{chance.choice(_WHAT)}，"
        f"涉及{count}个项目，{chance.choice(_HOW)}。"
    )
