"""What Taiwan and the Mainland call by different words: 資訊 is 信息, 軟體 is 软件. Pure."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rag.text.folding import HAN, fold

_HAN_CHARACTER = re.compile(f"[{HAN}]")

_PAIRS = """
防制 防治; 废弃物 废物; 掩埋 填埋; 焚化 焚烧; 品质 质量; 计画 计划; 公车 公交车; 计程车 出租车;
捷运 地铁; 机车 摩托车; 脚踏车 自行车; 高速铁路 高铁; 智慧型手机 智能手机; 人工智慧 人工智能;
智慧财产权 知识产权; 网路 网络; 连线 连接; 资料 数据; 个人资料 个人信息; 伺服器 服务器;
戴奥辛 二恶英; 石绵 石棉; 宝特瓶 塑料瓶; 免洗餐具 一次性餐具; 厨余 餐厨垃圾;
幼稚园 幼儿园; 国民中学 初中; 国小 小学; 大专院校 高等院校; 泡面 方便面; 马铃薯 土豆;
凤梨 菠萝; 奇异果 猕猴桃; 酪梨 牛油果; 冷气 空调; 电锅 电饭煲; 行动电话 手机; 行动支付 移动支付;
简讯 短信; 太空人 宇航员; 太空梭 航天飞机; 航太 航天; 飞弹 导弹; 雷射 激光;
主管机关 主管部门; 劳工 职工; 营建 建筑; 儿少 未成年人; 健保 医保; 志工 志愿者; 身心障碍 残疾;
听障 听力残疾; 警政 公安; 罚锾 罚款; 没入 没收; 诉愿 行政复议;
检举 举报; 因应 应对; 减量 减排; 气候变迁 气候变化; 永续 可持续; 碳权 碳配额;
储槽 储罐; 放流水 排放水; 逕流 径流; 地面水 地表水; 土石流 泥石流; 山坡地 坡地; 堤防 堤坝;
汽电共生 热电联产; 离岸风电 海上风电; 太阳能板 光伏; 纽西兰 新西兰; 义大利 意大利; 寮国 老挝;
川普 特朗普; 欧巴马 奥巴马; 蒲亭 普京; 雪梨 悉尼; 沙乌地 沙特; 印尼 印度尼西亚; 新冠肺炎 新冠;
骇客 黑客; 晶片 芯片; 程式 程序; 荧幕 屏幕; 影片 视频; 画素 像素; 滑鼠 鼠标;
印表机 打印机; 硬碟 硬盘; 记忆体 内存; 光碟 光盘; 数位 数字; 类比 模拟; 预设 默认; 讯号 信号;
频宽 带宽; 宽频 宽带; 卫星导航 导航; 资安 信息安全; 共乘 拼车; 交流道 立交桥; 柏油 沥青
"""


@lru_cache(maxsize=1)
def _converters() -> tuple[Any, Any, Any]:
    from opencc import OpenCC

    return OpenCC("s2tw"), OpenCC("tw2sp"), OpenCC("s2twp")


class _Words:
    """Words of one side and what the other says."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._table = table
        self._found = re.compile("|".join(sorted(table, key=len, reverse=True)))

    def replace(self, text: str) -> str:
        return self._found.sub(lambda match: self._table[match.group()], text)


@lru_cache(maxsize=1)
def _words() -> tuple[_Words, _Words]:
    """Taiwan's words to the Mainland's, and back."""
    pairs = [pair.split() for pair in _PAIRS.replace(";", "\n").splitlines() if pair.strip()]
    return _Words(dict(pairs)), _Words({mainland: taiwan for taiwan, mainland in pairs})


def regional_wordings(text: str) -> tuple[str, ...]:
    """A text in the Mainland's words and in Taiwan's, folded, where they are not its own.

    Words are OpenCC's phrase tables and a list of our own, mostly of law and environment.
    """
    folded = fold(text)
    if not _HAN_CHARACTER.search(folded):
        return ()
    to_taiwan_script, to_mainland, to_taiwan = _converters()
    taiwan_words, mainland_words = _words()
    wordings = (
        to_mainland.convert(to_taiwan_script.convert(taiwan_words.replace(folded))),
        to_taiwan.convert(mainland_words.replace(folded)),
    )
    return tuple(wording for wording in dict.fromkeys(map(fold, wordings)) if wording != folded)
