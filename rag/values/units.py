"""Units, currencies and measure words, by their Chinese and English spellings.

Chinese spellings are folded (see `rag.values.numerals.fold`), English ones are lower case except
where case carries the meaning.
"""

from fractions import Fraction
from typing import NamedTuple


class Unit(NamedTuple):
    """One unit; `factor` turns it into the base unit of its dimension."""

    name: str
    dimension: str
    factor: Fraction
    english: str
    """Regular expression without groups."""
    chinese: str
    """Alternatives for a regular expression."""


def _unit(name: str, dimension: str, factor: str, english: str, chinese: str) -> Unit:
    return Unit(name, dimension, Fraction(factor), english, chinese)


UNITS = (
    _unit("second", "time", "1", "seconds?", "秒钟?"),
    _unit("minute", "time", "60", "minutes?|mins?", "分钟"),
    _unit("hour", "time", "3600", "hours?|hrs?", "个?小时|个?钟头"),
    _unit("day", "time", "86400", "days?", "个?工作日|日历天|天|日(?![本元圆])"),
    _unit("week", "time", "604800", "weeks?", "个?星期|个?礼拜|周(?![年岁边围])"),
    _unit("month", "calendar", "1", "months?", "个多?月"),
    _unit("quarter", "calendar", "3", "quarters?", "个?季度"),
    _unit("year", "calendar", "12", "years?|yrs?", "周?岁|年(?!代)|载(?![重客货运])"),
    _unit("decade", "calendar", "120", "decades?", "个年代"),
    _unit("century", "calendar", "1200", "centur(?:y|ies)", "个世纪"),
    _unit("um", "length", "1/1000000", "um|μm|µm|micromet(?:er|re)s?|microns?", "微米|μm|µm"),
    _unit("mm", "length", "1/1000", "mm|millimet(?:er|re)s?", "毫米|公厘"),
    _unit("cm", "length", "1/100", "cm|centimet(?:er|re)s?", "厘米|公分"),
    _unit("m", "length", "1", "m|met(?:er|re)s?", "公尺|米"),
    _unit("km", "length", "1000", "km|kilomet(?:er|re)s?", "公里|千米"),
    _unit("mile", "length", "1609.344", "miles?", "英里"),
    _unit("nautical mile", "length", "1852", "nautical miles?", "海里|浬"),
    _unit("foot", "length", "0.3048", "feet|foot|ft", "英尺"),
    _unit("inch", "length", "0.0254", "inch(?:es)?", "英寸"),
    _unit("yard", "length", "0.9144", "yards?", "码(?!头)"),
    _unit("m2", "area", "1", "m2|m²|㎡|sq(?:uare|\\.)? ?m(?:et(?:er|re)s?)?", "平方米|平方公尺|㎡"),
    _unit(
        "km2",
        "area",
        "1000000",
        "km2|km²|sq(?:uare|\\.)? ?k(?:m|ilomet(?:er|re)s?)",
        "平方公里|平方千米",
    ),
    _unit("mu", "area", "2000/3", "mu", "亩"),
    _unit("acre", "area", "4046.8564224", "acres?", "英亩"),
    _unit("hectare", "area", "10000", "ha|hectares?", "公顷"),
    _unit("ml", "volume", "1/1000", "ml|millilit(?:er|re)s?|cc", "毫升|公撮"),
    _unit("L", "volume", "1", "lit(?:er|re)s?", "公升|升(?![级至高])"),
    _unit("m3", "volume", "1000", "m3|m³|cubic met(?:er|re)s?|cu ?m", "立方米|立方公尺|㎥"),
    _unit("ug", "mass", "1/1000000", "μg|µg|ug|micrograms?", "微克"),
    _unit("mg", "mass", "1/1000", "mg|milligrams?", "毫克|㎎"),
    _unit("g", "mass", "1", "g|grams?", "公克|克(?![服隆])"),
    _unit("kg", "mass", "1000", "kg|kilograms?", "公斤|千克"),
    _unit("jin", "mass", "500", "jin|catt(?:y|ies)", "斤"),
    _unit("lb", "mass", "453.59237", "pounds?(?! sterling)|lbs?", "磅"),
    _unit("oz", "mass", "28.349523125", "ounces?|oz", "盎司"),
    _unit("ton", "mass", "1000000", "t|(?:metric )?tonn?e?s?|mt", "公吨|吨"),
    _unit("W", "power", "1", "watts?", "瓦(?!时|斯)"),
    _unit("kW", "power", "1000", "kw|kilowatts?", "千瓦(?!时)|瓩"),
    _unit("MW", "power", "1000000", "mw|megawatts?", "兆瓦(?!时)"),
    _unit("GW", "power", "1000000000", "gw|gigawatts?", "吉瓦(?!时)"),
    _unit("kWh", "energy", "1", "kwh|kilowatt[- ]hours?", "千瓦时"),
    _unit("MWh", "energy", "1000", "mwh|megawatt[- ]hours?", "兆瓦时"),
    _unit("degree", "temperature", "1", "degrees?|°c?|℃", "摄氏度|℃|°C?"),
    _unit("atm", "pressure", "1", "atmospheres?|atm", "个?大气压"),
    _unit("dB", "sound", "1", "db(?:\\(a\\))?|decibels?", "分贝"),
    _unit("ppm", "concentration", "1", "ppm", "ppm"),
)
_BY_NAME = {unit.name: unit for unit in UNITS}

CURRENCIES = (
    (
        "TWD",
        r"nt\$|nts|ntd\$?|twd|新台币",
        "new taiwan dollars?|nt dollars?|新?台币(?! ?[\\d一二三四五六七八九十])",
    ),
    ("USD", r"us ?\$|usd|(?<![a-z])\$", r"us dollars?|u\.s\. dollars?|usd|美元|美金"),
    ("HKD", r"hk ?\$|hkd|港币", "hong kong dollars?|港元|港币"),
    (
        "CNY",
        "rmb|cny|人民币(?! ?[\\d一二三四五六七八九十])",
        "yuan|renminbi|rmb|cny|人民币(?! ?[\\d一二三四五六七八九十])",
    ),
    ("EUR", "€|eur", "euros?|eur|欧元"),
    ("JPY", "jpy", "(?:japanese )?yen|日元|日圆"),
    ("GBP", "£|gbp", "pounds sterling|英镑"),
    ("", "¥", "dollars?|块钱|元(?![素旦宵])|圆"),
)
"""Name, then what stands before and after an amount. 元, ¥ and dollars do not say whose."""

MEASURES = (
    "个名位人项条件家种类次号级期批届轮座处所户口份张本册篇章节款段句字场层倍股只隻套组支间"
    "门艘架辆台头匹株棵粒颗片块卷集部首幅封省市县区州村镇乡国者地代站校院厂矿井面线端侧"
    "翼维度折起宗桩顶根栋幢例对阶步大点环港园馆城岸"
)
"""A lone numeral before one of these is a quantity; 些, 定, 般, 样, 致 and such are not here."""

MEASURES_AFTER_ONE = "个名位人项家种类次级期批届轮座处所户份张册款"
"""一 stands before so many words that only these make it a number."""

WORDS_ENDING_IN_ONE = "统唯万单同专划归第每逐之其某任另合均纯"
"""统一, 唯一, 万一 …: 一 after one of these is no numeral."""


def same_amount(first: Fraction, first_unit: str, second: Fraction, second_unit: str) -> bool:
    """Whether two amounts agree, converting within a dimension; no unit fits every unit."""
    if first_unit == second_unit or not first_unit or not second_unit:
        return first == second
    one, other = _BY_NAME.get(first_unit), _BY_NAME.get(second_unit)
    if one is None or other is None or one.dimension != other.dimension:
        return False
    return first * one.factor == second * other.factor
