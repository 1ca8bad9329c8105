"""What the vectors of all pieces have in common, to be taken away before they are compared.

Contextual vectors lie in a narrow cone (Ethayarajh, How contextual are contextualized word
representations?, 2019), and in e5 in one cone for each script: any two pieces of ordinary text
have a cosine of 0.6 to 0.9. Less the mean of their script, unlike pieces have one about 0, in one
language and across two.
"""

import re
from collections.abc import Callable, Sequence

import numpy as np

from rag.e5.engine import TokenVectors
from rag.e5.weights import Floats
from rag.text import HAN

_TEXTS = (
    "The council met on Tuesday to discuss the budget for next year, and most members agreed.",
    "Heavy rain fell across the north of the country, and several roads had to be closed.",
    "She studied medicine at the university before she opened a small clinic in her home town.",
    "The company sold fewer cars than in the year before, but its profits rose slightly.",
    "Under the new law, factories must report how much water they use and what they discharge.",
    "The museum holds paintings, coins and letters from the sixteenth century.",
    "Scientists found that the birds return to the same island every spring to build their nests.",
    "If the weather stays dry, farmers expect a good harvest of wheat and rice this autumn.",
    "He scored twice in the final minutes, and his team won the match in front of a large crowd.",
    "The bridge, which was built by local engineers, connects the old port with the railway.",
    "Doctors advise people to sleep well, eat fruit and walk for half an hour a day.",
    "Ministers from both sides signed the agreement and promised to work together on energy.",
    "理事会星期二开会讨论明年的预算，多数成员表示同意。",
    "北方普降大雨，几条公路不得不暂时关闭。",
    "她在大学学医，后来在家乡开了一家小诊所。",
    "这家公司卖出的汽车比前一年少，利润却略有增长。",
    "根据新的法律，工厂应当报告用水量和排放的污染物。",
    "博物馆收藏了十六世纪的绘画、钱币和书信。",
    "科学家发现，这种鸟每年春天都会回到同一个岛上筑巢。",
    "如果天气继续干燥，农民预计今年秋天小麦和水稻会有好收成。",
    "他在最后几分钟连进两球，球队在众多观众面前赢得了比赛。",
    "这座桥由当地工程师建造，把旧港口和铁路连接起来。",
    "医生建议人们睡好觉，多吃水果蔬菜，每天步行半个小时。",
    "双方部长签署了协议，并承诺在能源领域开展合作。",
)
"""Plain sentences on many subjects, the same in both languages."""

_HAN = re.compile(f"[{HAN}]")


class Centres:
    """The mean vector of the pieces of each script."""

    def __init__(self, read: Callable[[Sequence[str]], Sequence[TokenVectors]]) -> None:
        """Read the common texts; takes as long as embedding two dozen sentences."""
        found: dict[bool, list[Floats]] = {False: [], True: []}
        for one in read(_TEXTS):
            wordy, han = _wordy(one.pieces), _in_han(one.pieces)
            for script, rows in found.items():
                rows.append(one.vectors[wordy & (han == script)])
        self._means = np.stack([np.concatenate(found[script]).mean(axis=0) for script in found])

    def without(self, one: TokenVectors) -> TokenVectors:
        """The same pieces, each vector less the mean of its script, at length one again."""
        rows = one.vectors - self._means[_in_han(one.pieces).astype(int)]
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return one._replace(vectors=rows / np.maximum(lengths, np.finfo(np.float32).tiny))


def _in_han(pieces: Sequence[str]) -> np.ndarray:
    return np.array([bool(_HAN.search(piece)) for piece in pieces], bool)


def _wordy(pieces: Sequence[str]) -> np.ndarray:
    return np.array([any(map(str.isalnum, piece)) for piece in pieces], bool)
