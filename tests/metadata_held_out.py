"""Documents with what a careful librarian would say of each: written before the rules were."""

from tests.metadata_case import Case

HELD_OUT = (
    Case(
        "zh-meeting-page",
        """云溪市召开2023年安全生产工作会议
2023-02-08 来源：云溪市应急管理局 浏览次数：120

2月7日，云溪市召开2023年安全生产工作会议，总结去年工作，部署今年任务。市长王立新出席会议并讲话，各区县负责人参加。
会议要求，紧盯重点行业，开展拉网式排查，把隐患消除在萌芽状态。""",
        title="云溪市召开2023年安全生产工作会议",
        publisher="云溪市应急管理局",
        date="2023-02-08",
        event_date="2023-02-07",
        kind="meeting",
        year=2023,
    ),
    Case(
        "zh-december-no-year",
        """全省水利工作会议在云州召开

12月26日，全省水利工作会议在云州召开，总结今年工作，部署明年任务。厅长赵国安作工作报告，强调要守住水库安全底线。""",
        title="全省水利工作会议在云州召开",
        kind="meeting",
    ),
    Case(
        "zh-december-for-next-year",
        """2025年全市教育工作会议召开
发布时间：2024-12-30 09:15 信息来源：临江市教育局

12月28日，2025年全市教育工作会议在市委党校召开。会议总结2024年教育工作，安排2025年重点任务，表彰了一批先进单位。""",
        title="2025年全市教育工作会议召开",
        publisher="临江市教育局",
        date="2024-12-30",
        event_date="2024-12-28",
        kind="meeting",
        year=2025,
    ),
    Case(
        "hant-roc-news",
        """港務公司與漁會簽署合作備忘錄
發布日期：113年6月20日
發布單位：東港港務公司

東港港務公司與東港區漁會於民國113年6月19日舉行簽約儀式，雙方將共同推動漁港改建，預計三年內完成冷鏈倉庫與遊客中心。""",
        title="港務公司與漁會簽署合作備忘錄",
        publisher="東港港務公司",
        date="2024-06-20",
        event_date="2024-06-19",
        kind=None,
        year=2024,
    ),
    Case(
        "en-minutes",
        """Minutes of the Harbour Board
Date: 5 March 2024
Place: Custom House, Room 2
Present: A. Reed (chair), B. Stone, C. Moss

1. The chair opened the meeting at ten and welcomed the new engineer. The minutes of the last meeting were approved.
2. The board approved the dredging budget by four votes to one.""",
        title="Minutes of the Harbour Board",
        event_date="2024-03-05",
        kind="meeting",
        year=2024,
        language="en",
    ),
    Case(
        "en-press-release",
        """City opens first tidal pool
12 June 2023
Source: Northhaven City Council

Northhaven opened its first public tidal pool on 10 June 2023, after two years of building work. The pool is free to use and holds up to ninety swimmers at a time.""",
        title="City opens first tidal pool",
        publisher="Northhaven City Council",
        date="2023-06-12",
        event_date="2023-06-10",
        kind=None,
        year=2023,
        language="en",
    ),
    Case(
        "zh-notice-signed",
        """关于开展冬季供暖安全检查的通知

各街道办事处、各供热企业：
为保障居民温暖过冬，现决定在全区开展供暖安全检查，有关事项通知如下。
一、检查时间自即日起至供暖季结束。
二、各单位要立即自查，发现隐患及时整改。
特此通知。

青禾区住房和城乡建设局
2022年11月3日""",
        title="关于开展冬季供暖安全检查的通知",
        publisher="青禾区住房和城乡建设局",
        date="2022-11-03",
        kind="notice",
        year=None,
    ),
    Case(
        "zh-law",
        """云州省湿地保护条例
（2021年7月29日云州省第十三届人民代表大会常务委员会第二十四次会议通过）

第一条 为了加强湿地保护，维护湿地生态功能，根据有关法律，结合本省实际，制定本条例。
第二条 在本省行政区域内从事湿地保护、利用、修复及相关管理活动，适用本条例。
第三条 本条例自2021年10月1日起施行。""",
        title="云州省湿地保护条例",
        event_date="2021-07-29",
        kind="law",
        year=2021,
    ),
    Case(
        "hant-law",
        """漁港垃圾管理辦法
中華民國一百十二年五月三日發布

第一條 本辦法依漁港法第十條規定訂定之。
第二條 本辦法所稱主管機關，在中央為農業部，在直轄市為直轄市政府，在縣（市）為縣（市）政府。""",
        title="漁港垃圾管理辦法",
        date="2023-05-03",
        kind="law",
        year=2023,
    ),
    Case(
        "zh-essay",
        """老街的雨

雨落下来的时候，老街的石板就亮了。卖糖人的老汉收起担子，躲到茶馆的屋檐下，和伙计说起从前的事。
我站在桥头，看水面上一圈一圈的波纹，想起小时候跟着外婆来赶集的日子。""",
        title="老街的雨",
    ),
    Case(
        "zh-chat",
        """小林：你到了吗？
小周：还在路上，大概十分钟。
小林：我在门口等你，穿蓝色外套。
小周：好的，别忘了带票。""",
        title="小林：你到了吗",
        any_title=True,
    ),
    Case(
        "en-recipe",
        """Potato soup

Peel six potatoes and cut them into small pieces. Fry one onion in butter until it is soft, add the potatoes and a litre of stock, and cook for twenty minutes. Season with salt and pepper.""",
        title="Potato soup",
        language="en",
    ),
    Case(
        "zh-speech",
        """在全市科技大会上的讲话
（2022年5月18日）
李明远

同志们：
今天我们召开全市科技大会，主要任务是总结成绩，分析形势，动员全市上下加快建设创新型城市。过去几年，我们的研发投入逐年增长。""",
        title="在全市科技大会上的讲话",
        author="李明远",
        event_date="2022-05-18",
        kind="speech",
        year=2022,
    ),
    Case(
        "zh-interview",
        """答记者问：怎样理解新的排污许可规则
来源：云州日报 记者：孙晓雨

问：新规则出台的背景是什么？
答：近年来排污许可管理遇到一些新情况，企业反映手续多、周期长，我们因此对规则作了调整。
问：企业需要做什么准备？
答：先核对自己的登记信息，再按新的格式填报。""",
        title="答记者问：怎样理解新的排污许可规则",
        publisher="云州日报",
        author="孙晓雨",
        kind="interview",
    ),
    Case(
        "zh-statistics",
        """云溪市2022年国民经济和社会发展统计公报
云溪市统计局
2023年4月2日

初步核算，全年地区生产总值1234.5亿元，比上年增长4.2%。其中，第一产业增加值100.1亿元，增长3.0%；第二产业增加值500.2亿元，增长4.1%。""",
        title="云溪市2022年国民经济和社会发展统计公报",
        publisher="云溪市统计局",
        date="2023-04-02",
        kind="statistics",
        year=2022,
    ),
    Case(
        "zh-plan",
        """青禾区“十四五”生态环境保护规划

为深入打好污染防治攻坚战，推动绿色低碳发展，依据上级规划纲要，结合本区实际，编制本规划。
规划期为2021年至2025年，展望到2035年。""",
        title="青禾区“十四五”生态环境保护规划",
        kind="plan",
        year=2035,
        any_year=True,
    ),
    Case(
        "en-dateline",
        """Glacier lake drains overnight, no one hurt

GENEVA, March 4 (Alpine News) -- A lake held back by ice above the valley drained overnight, flooding two roads but hurting no one, officials said on Monday.""",
        title="Glacier lake drains overnight, no one hurt",
        publisher="Alpine News",
        kind="news",
        language="en",
    ),
    Case(
        "en-held-on",
        """Annual general meeting

The annual general meeting of the Walking Club was held in Leeds on 14-15 May 2019. Forty members came, and the treasurer reported a small surplus for the second year running.""",
        title="Annual general meeting",
        event_date="2019-05-14",
        kind="meeting",
        language="en",
        year=2019,
    ),
    Case(
        "md-front-matter",
        """---
title: 海岸带修复手记 Notes on coastal repair
date: 2020-09-01
author: 何静
---

红树林的种植不能只看成活率。We planted three plots and counted seedlings every month, 结果潮位最高的一块地长得最好。""",
        title="海岸带修复手记 Notes on coastal repair",
        author="何静",
        date="2020-09-01",
        kind=None,
        language="en",
    ),
    Case(
        "html-home-title",
        """我市今年新增绿道五十公里

记者从市园林局获悉，我市今年已新增绿道五十公里，市民步行十分钟就能走进公园。下一步还将打通三处断点，方便骑行。""",
        found={"title": "首页", "site": "云溪新闻网"},
        title="我市今年新增绿道五十公里",
        publisher="云溪新闻网",
        kind=None,
    ),
    Case(
        "html-suffix",
        """关于公布河长名单的公告

根据河长制工作要求，现将全区河长名单予以公布，接受社会监督。名单如有调整，另行公告。""",
        found={"title": "关于公布河长名单的公告_青禾区人民政府"},
        title="关于公布河长名单的公告",
        publisher="青禾区人民政府",
        kind="notice",
    ),
    Case(
        "pdf-junk-info",
        """Survey of wells in the lower valley

This report gives the depth and the yield of forty wells in the lower valley. The wells were measured in summer, when the water table stands lowest, and again after the rains.""",
        found={"title": "Microsoft Word - final_v3.doc", "author": "Administrator"},
        title="Survey of wells in the lower valley",
        kind="report",
        language="en",
    ),
    Case(
        "server-log",
        """2024-01-05 10:00:01 INFO service started on port 8080
2024-01-05 10:00:02 INFO connected to the database in 15 ms
2024-01-05 10:00:09 WARN slow query took 1200 ms
2024-01-05 10:01:44 INFO service stopped""",
        any_title=True,
        language="en",
        any_year=True,
    ),
    Case(
        "zh-cover-month",
        """云州省绿色建筑发展报告
二〇二三年十月

本报告梳理了全省绿色建筑的标准体系、项目数量和运行效果，并对下一阶段工作提出建议。调研覆盖十二个设区市的二百余个项目。""",
        title="云州省绿色建筑发展报告",
        kind="report",
        year=2023,
    ),
    Case(
        "zh-table",
        """姓名 科目 分数
甲 语文 91
乙 数学 88
丙 英语 79""",
        any_title=True,
    ),
    Case(
        "en-council-met",
        """The Council met on 3 March 2024 to consider the reservoir scheme. Members heard from two engineers and from the farmers whose land would be flooded, and put the vote off until the autumn.""",
        title="The Council met on 3 March 2024 to consider the reservoir scheme",
        event_date="2024-03-03",
        kind="meeting",
        language="en",
        year=2024,
    ),
    Case(
        "zh-history-mention",
        """云州大桥

云州大桥是一座跨江公路桥，全长1.2公里，由省交通设计院设计。大桥于1998年动工，2001年建成通车，2015年进行过一次大修。""",
        title="云州大桥",
        any_year=True,
    ),
    Case(
        "zh-xinhua-dateline",
        """我国科学家发现新的深海物种

新华社青岛5月9日电（记者陈海、刘思远）记者9日从海洋研究所获悉，我国科学家在西太平洋海山区发现三个深海新物种，相关成果已在线发表。""",
        title="我国科学家发现新的深海物种",
        publisher="新华社",
        author="陈海、刘思远",
        kind="news",
    ),
    Case(
        "hant-meeting-fullwidth",
        """立法會環境事務委員會會議紀要
日期：２０２３年１１月２７日
時間：下午２時３０分
地點：會議室一

主席歡迎各委員出席，並請政府代表簡介減廢計劃的進展。委員關注回收設施的選址及營運成本。""",
        title="立法會環境事務委員會會議紀要",
        event_date="2023-11-27",
        kind="meeting",
        year=2023,
    ),
    Case(
        "zh-first-sentence-long",
        """为了让更多居民了解垃圾分类的意义，社区志愿者在广场上摆出展板，向过往行人讲解可回收物、厨余垃圾、有害垃圾和其他垃圾的区别，还准备了小游戏和纪念品，吸引了不少孩子驻足观看，活动现场气氛热烈，许多家长表示这样的活动既有趣又有意义，希望今后能够多多举办。
活动结束后，志愿者把场地打扫干净。""",
        any_title=True,
    ),
    Case(
        "zh-numerals-meeting",
        """二〇二二年三月十日，县人民政府召开第五次常务会议，审议通过了乡村道路养护方案。会议由县长主持，各部门负责人列席。""",
        title="二〇二二年三月十日，县人民政府召开第五次常务会议，审议通过了乡村道路养护方案",
        event_date="2022-03-10",
        kind="meeting",
        year=2022,
    ),
    Case(
        "en-policy-author",
        """Why cities should count their trees
By Helen Marsh

Most cities do not know how many trees they own. Counting them is dull work, but without a count nobody can say whether planting keeps up with felling, and budgets are set by guesswork.""",
        title="Why cities should count their trees",
        author="Helen Marsh",
        language="en",
    ),
    Case(
        "zh-year-only-event",
        """2019年夏季训练营总结

训练营共有六十名学员参加，分为四个小组。学员们完成了野外测绘、水质采样和数据整理三项任务，最后以展板的形式汇报成果。""",
        title="2019年夏季训练营总结",
        year=2019,
        kind=None,
    ),
)
