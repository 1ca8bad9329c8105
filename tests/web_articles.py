"""Articles to put into pages of many kinds: what must be left when the page around them is gone."""
# ruff: noqa: E501

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Article:
    title: str
    date: str
    source: str
    parts: tuple[str, ...]
    """Paragraphs; `# ` begins a heading, `- ` an item of a list, `| ` a row of a table."""
    language: str = "zh"

    @property
    def lines(self) -> tuple[str, ...]:
        """What a reader must find: the title and every paragraph, row and item."""
        return (
            self.title,
            *(part.removeprefix("# ").removeprefix("- ").removeprefix("| ") for part in self.parts),
        )

    def body(self, paragraph: str = "<p>{}</p>", heading: str = "<h2>{}</h2>") -> str:
        """As HTML, lists and tables with their own elements."""
        pieces: list[str] = []
        for part in self.parts:
            kind, words = part[:2], escape(part[2:])
            if kind == "# ":
                pieces.append(heading.format(words))
            elif kind == "- ":
                pieces.append(f"<ul><li>{words}</li></ul>")
            elif kind == "| ":
                cells = "".join(f"<td>{cell}</td>" for cell in words.split(" | "))
                pieces.append(f"<tr>{cells}</tr>")
            else:
                pieces.append(paragraph.format(escape(part)))
        joined = "\n".join(pieces).replace("</ul>\n<ul>", "\n")
        return (
            joined.replace("<tr>", "<table border=1><tr>", 1)[::-1].replace(
                ">rt/<", ">elbat/<>rt/<", 1
            )[::-1]
            if "<tr>" in joined
            else joined
        )


MEETING = Article(
    "全市水务工作会议召开",
    "2025-03-06",
    "江城市水务局",
    (
        "3月5日，全市水务工作会议在江城召开。会议回顾了过去一年的供水、排水和防汛工作，研究了今年的重点任务。",
        "会议指出，去年全市新建改造供水管网186公里，漏损率下降到8.7%，城市内涝积水点减少了四十二处。",
        "# 一、保障供水安全",
        "要加快第三水厂建设，年底前具备通水条件。一是严格原水监测，二是完善应急预案，三是公开水质信息。",
        "# 二、提升排水能力",
        "- 完成老城区二十六条道路的雨污分流改造；",
        "- 建设调蓄池五座，总容积不少于九万立方米；",
        "- 对重点泵站实行二十四小时值守。",
        "会议要求，各区、各单位要落实责任，按月通报进度，对推进不力的项目及时约谈。",
        "市水务局、各区政府及有关单位负责人参加会议。",
    ),
)
NOTICE = Article(
    "关于暂停办理部分业务的通知",
    "2024年11月20日",
    "不动产登记中心",
    (
        "因系统升级，2024年11月23日至24日暂停办理不动产登记业务，给您带来不便，敬请谅解。",
        "特此通知。",
        "不动产登记中心",
        "2024年11月20日",
    ),
)
TABLED = Article(
    "江城市2024年空气质量情况",
    "2025-01-18 09:30",
    "江城生态环境",
    (
        "2024年，江城市环境空气质量继续改善，优良天数比例达到百分之八十七点四，比上年提高二点一个百分点。",
        "各区细颗粒物年均浓度见下表（单位：微克/立方米）。",
        "| 区 | 2023年 | 2024年",
        "| 东湖区 | 33 | 30",
        "| 南岸区 | 36 | 34",
        "| 高新区 | 31 | 29",
        "下一步，将继续推进工业炉窑治理和扬尘管控，加强秋冬季联防联控，力争全年优良天数比例再提高一个百分点。",
    ),
)
HANT = Article(
    "本縣推動校園節能　三十所學校完成照明更新",
    "113-09-12",
    "教育處",
    (
        "教育處表示，本縣自去年起補助各級學校汰換老舊燈具，至今已有三十所學校完成更新，每年預估可節省用電約一百二十萬度。",
        "處長說明，更新後教室平均照度由三百五十勒克斯提升至五百勒克斯以上，學生普遍反映看黑板比以前清楚。",
        "縣府指出，明年度將再編列兩千四百萬元，優先協助偏鄉學校；同時結合課程，讓學生認識能源使用與氣候變遷的關係。",
        "# 申請方式",
        "學校可於十月三十一日前提出計畫書，由教育處會同專家審查後核定補助額度。",
    ),
    "zh-Hant",
)
ESSAY = Article(
    "为什么我们把日志系统重写了一遍",
    "2024-06-01",
    "工程笔记",
    (
        "去年夏天，我们的日志系统每天写入约4TB数据，查询却常常要等上十几秒。大家抱怨了很久，直到一次故障排查花了整整三个小时，我们才下决心重写。",
        "# 旧系统的问题",
        "旧系统用的是通用的全文索引。写入的时候，每一行日志都要分词、建倒排；而查询的时候，九成以上的请求只看最近一小时，而且都带着服务名和时间范围。",
        "换句话说，我们为了不到一成的查询，付出了全部写入的代价。",
        "# 新的设计",
        "新系统把日志按服务和时间切块，块内按列压缩（zstd, level 3），只为块建一个很小的 Bloom filter。查询时先按时间和服务挑出块，再在块里顺序扫描。",
        "结果出乎意料：存储降到了原来的18%，95%的查询在800毫秒内返回。",
        "当然，它也有做不到的事：跨服务的模糊搜索变慢了，大约需要20秒。我们认为这个交换是值得的。",
    ),
)
NEWS = Article(
    "City council approves plan to reopen riverside tram line",
    "March 14, 2025",
    "Riverton Courier",
    (
        "The city council voted 9 to 4 on Thursday to reopen the riverside tram line, which has been closed since a flood damaged its tracks in 2011.",
        "Under the plan, the first trams would run between Mill Street and the old harbour by the autumn of 2027, at an estimated cost of $84 million.",
        "“This is not nostalgia,” said Maria Hollis, who chairs the transport committee. “Twelve thousand people work along that corridor and most of them drive.”",
        "Opponents argued that buses could serve the route for a tenth of the price.",
        "The council will publish a full timetable of works in June.",
        "It is expected to choose a contractor before the end of the year, and residents of the streets along the line will be invited to three public meetings.",
    ),
    "en",
)
GUIDE = Article(
    "How to store seeds over winter",
    "2023-10-02",
    "The Allotment Notebook",
    (
        "Most vegetable seeds keep for three to five years if they stay cool, dark and dry; a jar in an unheated room does better than a packet in the kitchen.",
        "# What you need",
        "- Clean glass jars with tight lids",
        "- Small paper envelopes, one for each variety",
        "- A little dry rice or silica gel",
        "# Steps",
        "Dry the seeds on a plate for a week, away from the sun. They are ready when a bean seed breaks instead of bending.",
        "Write the name and the year on the envelope before you fill it.",
        "Done.",
    ),
    "en",
)
MIXED = Article(
    "Carbon market opens to cement makers 全国碳市场纳入水泥行业",
    "2025-04-08",
    "Green Ledger",
    (
        "The national carbon market (全国碳市场) now covers cement, steel and aluminium, raising the share of national emissions it regulates to about 60 percent.",
        "生态环境主管部门表示，新纳入的约一千五百家重点排放单位将在年底前完成首次履约，配额以强度为基础免费分配。",
        "Analysts at two brokerages expect prices to stay between 80 and 110 yuan a tonne (每吨80元至110元) until the first compliance deadline has passed.",
    ),
)
LIST_ONLY = Article(
    "春季菜谱",
    "2024-03-20",
    "家常小厨",
    ("清炒豌豆尖", "香椿拌豆腐", "腌笃鲜", "荠菜馄饨", "春笋烧肉"),
)
ARTICLES = (MEETING, NOTICE, TABLED, HANT, ESSAY, NEWS, GUIDE, MIXED)
