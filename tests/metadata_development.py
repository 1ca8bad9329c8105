"""Documents with what a careful librarian would say of each: the rules were tuned on these."""

from tests.metadata_case import Case

BODY_ZH = """会议听取了有关情况汇报，研究了下一阶段的重点工作，要求各单位压实责任，按时完成任务。"""
BODY_EN = """The members heard three reports, asked about costs, and agreed to come back to the matter
when the figures of the last quarter are in."""

DEVELOPMENT = (
    Case(
        "zh-meeting-two-days",
        f"3月14日至15日，林业局在北京召开2023年全国林业工作会议。{BODY_ZH}\n代表们分组进行了讨论。",
        title="3月14日至15日，林业局在北京召开2023年全国林业工作会议",
        event_date="2023-03-14",
        kind="meeting",
        year=2023,
    ),
    Case(
        "zh-meeting-december-named",
        f"12月20日，财政局在京召开2026年全国财政工作会议。{BODY_ZH}",
        title="12月20日，财政局在京召开2026年全国财政工作会议",
        kind="meeting",
        year=2026,
    ),
    Case(
        "zh-meeting-november-published",
        f"""财政局召开2026年预算编制会议
发布时间：2025年11月21日 来源：财政局
11月20日，财政局召开2026年预算编制会议。{BODY_ZH}""",
        title="财政局召开2026年预算编制会议",
        publisher="财政局",
        date="2025-11-21",
        event_date="2025-11-20",
        kind="meeting",
        year=2026,
        any_year=True,
    ),
    Case(
        "zh-meeting-published-next-year",
        f"""全县农村工作会议召开
发布日期：2024-01-03
12月29日，全县农村工作会议召开。{BODY_ZH}""",
        title="全县农村工作会议召开",
        date="2024-01-03",
        event_date="2023-12-29",
        kind="meeting",
        year=None,
        any_year=True,
    ),
    Case(
        "zh-meeting-page-much-later",
        f"""历史回顾：一次重要的会议
发布时间：2024-05-06
3月2日，大会在礼堂召开。{BODY_ZH}""",
        title="历史回顾：一次重要的会议",
        date="2024-05-06",
        kind="meeting",
        any_year=True,
    ),
    Case(
        "zh-meeting-minutes-labels",
        f"""第三次业主大会会议纪要
会议时间：2021年6月12日19:00
会议地点：社区活动室
主持人：周海
一、会议由周海主持，到会业主超过半数。{BODY_ZH}""",
        title="第三次业主大会会议纪要",
        event_date="2021-06-12",
        kind="meeting",
        year=2021,
    ),
    Case(
        "hant-meeting-roc",
        "民國112年9月8日，市政府召開防災會議，檢討颱風期間的應變措施。會議由副市長主持，各局處首長列席，決議增設抽水站兩座。",
        title="民國112年9月8日，市政府召開防災會議，檢討颱風期間的應變措施",
        event_date="2023-09-08",
        kind="meeting",
        year=2023,
    ),
    Case(
        "hant-news-cna",
        """離島客輪下月復航

（中央社記者王小明澎湖5日電）離島客輪將於下月復航，船公司表示，兩艘新船已完成檢驗，每日往返四班，票價維持不變。""",
        title="離島客輪下月復航",
        publisher="中央社",
        author="王小明",
        kind="news",
    ),
    Case(
        "zh-news-benbao",
        """本报讯（记者 张晓 通讯员 李响）昨日，记者从市交通局了解到，地铁五号线全线实现洞通，预计明年年底开通试运营，沿线设站二十二座。""",
        any_title=True,
        author="张晓 李响",
        kind="news",
    ),
    Case(
        "zh-news-renmin",
        """老旧小区装上新电梯
人民网石家庄3月5日电 （记者周博）走进和平里小区，新装的六部电梯已经投入使用，住在六楼的老人说，下楼晒太阳方便多了。""",
        title="老旧小区装上新电梯",
        publisher="人民网",
        author="周博",
        kind="news",
    ),
    Case(
        "en-reuters",
        """Copper price falls as stocks grow

LONDON (Reuters) - Copper fell to its lowest price in six weeks on Tuesday as stocks in exchange warehouses grew for the ninth day in a row.""",
        title="Copper price falls as stocks grow",
        publisher="Reuters",
        kind="news",
        language="en",
    ),
    Case(
        "en-xinhua",
        """New rail line opens to freight

BEIJING, Jan. 15, 2025 (Xinhua) -- A new rail line through the mountains opened to freight on Wednesday, cutting the journey from three days to one.""",
        title="New rail line opens to freight",
        publisher="Xinhua",
        date="2025-01-15",
        kind="news",
        language="en",
        year=2025,
    ),
    Case(
        "en-byline-date",
        """The case for slower buses
By Peter Long
March 9, 2021

Fast buses look good in a timetable. Slow ones that come on time are what passengers say they want, as three surveys in a row have shown, and they cost less to run.""",
        title="The case for slower buses",
        author="Peter Long",
        date="2021-03-09",
        language="en",
        any_year=True,
    ),
    Case(
        "en-conference-range",
        f"""Report of the fifth conference of river managers

The fifth conference of river managers was held in Ghent from 3 to 6 October 2022. {BODY_EN}""",
        title="Report of the fifth conference of river managers",
        event_date="2022-10-03",
        kind="report",
        language="en",
        year=2022,
    ),
    Case(
        "en-month-first-range",
        f"The steering group met in Oslo on January 14-15, 2026. {BODY_EN}",
        title="The steering group met in Oslo on January 14-15, 2026",
        event_date="2026-01-14",
        kind="meeting",
        language="en",
        year=2026,
    ),
    Case(
        "en-meeting-no-year",
        f"The parish council met on 3 March. {BODY_EN}",
        title="The parish council met on 3 March",
        kind="meeting",
        language="en",
    ),
    Case(
        "en-meeting-month-only",
        f"The assembly convened in Lima in May 2018. {BODY_EN}",
        title="The assembly convened in Lima in May 2018",
        event_date="2018-05",
        kind="meeting",
        language="en",
        year=2018,
    ),
    Case(
        "zh-meeting-month-only",
        f"2020年8月，协会在成都召开第二届理事会第一次会议。{BODY_ZH}",
        title="2020年8月，协会在成都召开第二届理事会第一次会议",
        event_date="2020-08",
        kind="meeting",
        year=2020,
    ),
    Case(
        "zh-notice-two-offices",
        """关于做好汛期值班工作的通知

各镇人民政府，县直各单位：
根据气象部门预报，近期有持续强降雨，请各单位严格执行二十四小时值班制度，遇有险情立即上报。

临江县人民政府办公室
2023年6月27日""",
        title="关于做好汛期值班工作的通知",
        publisher="临江县人民政府办公室",
        date="2023-06-27",
        kind="notice",
        any_year=True,
    ),
    Case(
        "zh-notice-han-date",
        """停水公告

因管网改造，本月十八日八时至二十时，建设路沿线停水，请居民提前储水。

云溪市自来水公司
二〇二一年四月十五日""",
        title="停水公告",
        publisher="云溪市自来水公司",
        date="2021-04-15",
        kind="notice",
        any_year=True,
    ),
    Case(
        "hant-notice-signature",
        """公園暫停開放通告

因進行樹木修剪工程，中央公園南門由即日起暫停開放，為期兩星期，不便之處敬請原諒。

市政署
2024年2月19日""",
        title="公園暫停開放通告",
        publisher="市政署",
        date="2024-02-19",
        kind="notice",
        any_year=True,
    ),
    Case(
        "en-notice-signature",
        """Notice of road closure

Mill Lane will be closed to all traffic for four days while the bridge is inspected. Diversions will be signed. Access for residents will be kept at all times.

Department of Public Works
14 August 2020""",
        title="Notice of road closure",
        publisher="Department of Public Works",
        date="2020-08-14",
        kind="notice",
        language="en",
        any_year=True,
    ),
    Case(
        "zh-letter-person",
        """写给十年后的自己

你好，现在的我正坐在教室里，窗外的树刚刚发芽。希望你已经去过海边，也学会了做饭。

小满
2022年3月1日""",
        title="写给十年后的自己",
        date="2022-03-01",
        any_year=True,
    ),
    Case(
        "zh-law-national",
        """中华人民共和国湿地保护示例法
（2018年10月26日第十三届全国人民代表大会常务委员会第六次会议通过 自2019年1月1日起施行）

第一条 为了保护和改善湿地环境，制定本法。
第二条 本法适用于中华人民共和国领域。""",
        title="中华人民共和国湿地保护示例法",
        event_date="2018-10-26",
        kind="law",
        year=2019,
        any_year=True,
    ),
    Case(
        "zh-measures-announced",
        """住房租赁备案管理办法
（2020年3月6日临江市人民政府令第12号公布 自2020年5月1日起施行）

第一条 为规范住房租赁备案，制定本办法。
第二条 本市行政区域内的住房租赁备案，适用本办法。""",
        title="住房租赁备案管理办法",
        date="2020-03-06",
        kind="law",
        year=2020,
    ),
    Case(
        "zh-law-text-only",
        """第一章 总则
第一条 为了规范会员行为，维护协会秩序，制定本章程。
第二条 本协会是自愿结成的非营利组织。
第三条 会员享有选举权和被选举权。""",
        any_title=True,
        kind="law",
    ),
    Case(
        "en-act",
        """Inland Fisheries Act

Article 1. This Act protects fish in lakes and rivers.
Article 2. No person shall fish with explosives, poison or electric current.
Article 3. The Minister may make regulations.""",
        title="Inland Fisheries Act",
        kind="law",
        language="en",
    ),
    Case(
        "zh-speech-forum",
        """在青年创业论坛上的致辞
陈思齐
（2019年11月2日）

各位来宾，各位朋友：
很高兴来到这里，与大家共同探讨青年创业的话题。首先，我代表主办方向各位表示欢迎。""",
        title="在青年创业论坛上的致辞",
        author="陈思齐",
        event_date="2019-11-02",
        kind="speech",
        year=2019,
    ),
    Case(
        "en-remarks",
        """Remarks at the opening of the maritime museum
4 May 2017

Friends, thank you for coming. This museum began as a box of photographs in a fisherman's shed, and it is here today because so many of you opened your own boxes.""",
        title="Remarks at the opening of the maritime museum",
        event_date="2017-05-04",
        kind="speech",
        language="en",
        year=2017,
    ),
    Case(
        "hant-speech",
        """校長畢業典禮致詞
2018年6月9日

各位畢業生、各位家長：
今天是你們求學生涯的一個句點，也是另一段旅程的起點。願你們保有好奇心，也保有善良。""",
        title="校長畢業典禮致詞",
        event_date="2018-06-09",
        kind="speech",
        year=2018,
    ),
    Case(
        "zh-qa",
        """居住证办理常见问题解答

问：哪些人可以申领居住证？
答：在本市居住半年以上的外来人员可以申领。
问：办理需要多长时间？
答：材料齐全的，十五个工作日内办结。""",
        title="居住证办理常见问题解答",
        kind="interview",
    ),
    Case(
        "en-interview",
        """Interview with a lighthouse keeper

Q: How long have you kept the light?
A: Thirty-one years, and my father before me.
Q: What is the hardest part?
A: The fog. You listen more than you look.""",
        title="Interview with a lighthouse keeper",
        kind="interview",
        language="en",
    ),
    Case(
        "zh-statistics-month",
        """2023年5月份居民消费价格同比上涨0.2%
来源：国家统计示例局
发布时间：2023-06-09 09:30

2023年5月份，全国居民消费价格同比上涨0.2%。其中，城市上涨0.2%，农村上涨0.1%；食品价格上涨1.0%，非食品价格持平。""",
        title="2023年5月份居民消费价格同比上涨0.2%",
        publisher="国家统计示例局",
        date="2023-06-09",
        kind="statistics",
        year=2023,
    ),
    Case(
        "zh-work-report",
        """政府工作报告
——2022年1月10日在临江市第九届人民代表大会第一次会议上
市长 高远

各位代表：
现在，我代表市人民政府，向大会报告工作，请予审议，并请各位委员提出意见。""",
        title="政府工作报告",
        author="高远",
        event_date="2022-01-10",
        kind="report",
        year=2022,
    ),
    Case(
        "zh-white-paper",
        """2020年水环境质量白皮书

全市二十个断面中，水质优良的有十七个，占85%。与上年相比，优良断面增加两个，劣五类断面全部消除。""",
        title="2020年水环境质量白皮书",
        kind="report",
        year=2020,
    ),
    Case(
        "zh-action-plan",
        """空气质量改善行动方案（2021—2023年）

为持续改善空气质量，制定本方案。到2023年，细颗粒物年均浓度比2020年下降10%以上。""",
        title="空气质量改善行动方案（2021—2023年）",
        kind="plan",
        year=2023,
        any_year=True,
    ),
    Case(
        "zh-notice-of-plan",
        """关于印发《社区养老服务三年行动计划》的通知
临江市民政局
各区民政局：
现将《社区养老服务三年行动计划》印发给你们，请结合实际认真贯彻落实，执行中的问题及时反馈。
2021年12月8日""",
        title="关于印发《社区养老服务三年行动计划》的通知",
        publisher="临江市民政局",
        date="2021-12-08",
        kind="notice",
        any_year=True,
    ),
    Case(
        "en-strategy",
        """National cycling strategy 2030

This strategy sets out how we will double the number of journeys made by bicycle. It rests on three aims: safe routes, secure parking and training for every child.""",
        title="National cycling strategy 2030",
        kind="plan",
        language="en",
        year=2030,
    ),
    Case(
        "mixed-workshop",
        """碳足迹研讨会 Workshop on carbon footprints

2024年4月18日，研讨会在线上举行，来自六所大学的学者参加。The workshop compared three methods of 核算 and agreed on a common template for suppliers.""",
        title="碳足迹研讨会 Workshop on carbon footprints",
        event_date="2024-04-18",
        kind="meeting",
        year=2024,
        language="en",
    ),
    Case(
        "html-meta-all",
        """湖心岛步道完工

湖心岛环岛步道日前完工，全长三公里，沿途设置了观鸟屋和休息亭，市民可以免费游览。""",
        found={
            "title": "湖心岛步道完工 - 临江在线",
            "date": "2022-07-15T08:00:00+08:00",
            "site": "临江在线",
            "author": "刘芳",
        },
        title="湖心岛步道完工",
        publisher="临江在线",
        author="刘芳",
        date="2022-07-15",
        any_year=True,
    ),
    Case(
        "html-pipe-suffix",
        """Ferry timetable for winter

Ferries run every forty minutes from the first of November to the end of March. The last boat leaves the island at nine in the evening.""",
        found={"title": "Ferry timetable for winter | Island Transport"},
        title="Ferry timetable for winter",
        publisher="Island Transport",
        language="en",
    ),
    Case(
        "html-title-keeps-dash",
        """Water - a short history

Wells came first. Then came aqueducts, cisterns and, in the end, the tap in the kitchen that nobody thinks about until it runs dry.""",
        found={"title": "Water - a short history"},
        title="Water - a short history",
        language="en",
    ),
    Case(
        "html-untitled",
        """如何种好番茄

番茄喜光，每天至少要有六小时的日照。浇水要在早晨，叶子上不要沾水，否则容易生病。""",
        found={"title": "Untitled document", "author": "user"},
        title="如何种好番茄",
    ),
    Case(
        "docx-properties",
        """年度培训安排

新员工入职后先参加三天的集中培训，再由导师带教一个月。培训内容包括安全、制度和业务三个部分。""",
        found={"title": "年度培训安排.docx", "author": "python-docx"},
        title="年度培训安排",
        kind=None,
    ),
    Case(
        "url-date",
        """山区学校用上新宿舍

新学期开学，山区学校的孩子们住进了新宿舍，每间住六人，配有热水和独立卫生间。""",
        found={"url": "https://news.example.org/2023/09/02/c_1129.htm"},
        title="山区学校用上新宿舍",
        date="2023-09-02",
        any_year=True,
    ),
    Case(
        "source-line-noise",
        """滨河公园二期开园
来源：临江晚报 2021-05-01 08:22 作者：钱进 字号：大 中 小

滨河公园二期今日开园，新增草坪两万平方米，设有儿童乐园和篮球场，周边居民纷纷前来体验。""",
        title="滨河公园二期开园",
        publisher="临江晚报",
        author="钱进",
        date="2021-05-01",
        any_year=True,
    ),
    Case(
        "source-unknown",
        """一种新型电池
来源：网络 作者：佚名

研究人员提出一种新型电池结构，能够在低温下保持容量。这种电池目前还处于实验室阶段。""",
        title="一种新型电池",
    ),
    Case(
        "flood-event",
        """2021年7月20日，云溪市遭遇特大暴雨，小时降雨量突破历史纪录，多条道路积水。消防部门连夜转移群众三千余人。""",
        any_title=True,
        event_date="2021-07-20",
        year=2021,
    ),
    # Nothing to find
    Case(
        "none-poem",
        "春夜\n\n月亮挂在柳梢头，虫声从草里长出来，一句一句，像母亲的针脚。\n我不敢走得太快，怕踩碎了满地的光。",
        title="春夜",
    ),
    Case(
        "none-story-dates",
        """旧信

他在抽屉里找到一封旧信，信上写着五月三日，没有年份，也没有名字。邮戳早已模糊，只看得出一个“海”字。""",
        title="旧信",
    ),
    Case(
        "none-english-story",
        """The gate

Every evening the old man walked to the gate, looked down the road, and walked back. Nobody in the village knew whom he was waiting for, and nobody asked.""",
        title="The gate",
        language="en",
    ),
    Case(
        "none-encyclopedia",
        """Sandstone

Sandstone is a rock made of grains of sand. It was first described in detail in 1785, and a survey of 5 March 1902 counted forty quarries in the county.""",
        title="Sandstone",
        language="en",
        any_year=True,
    ),
    Case(
        "none-zh-biography",
        """林远山

林远山（1902年3月5日—1977年8月1日），作家，生于临江县。1924年开始发表作品，1951年任县文化馆馆长，著有小说集三种。""",
        title="林远山",
        any_year=True,
    ),
    Case(
        "none-manual",
        """使用说明

首次使用前请充满电。长按电源键三秒开机，指示灯变绿后即可配对。请勿在潮湿环境中使用本产品。""",
        title="使用说明",
    ),
    Case(
        "none-poll-table",
        "item,price,stock\napple,3.5,20\npear,4.0,13\nplum,2.8,44",
        any_title=True,
        language="en",
    ),
    Case(
        "none-code",
        "def area(width, height):\n    return width * height\n\nprint(area(3, 4))",
        any_title=True,
        language="en",
    ),
    Case(
        "none-hant-recipe",
        "蘿蔔糕\n\n蘿蔔刨絲，炒軟後加入粘米粉和水拌勻，倒入模中，大火蒸五十分鐘，放涼後切片煎香即可。",
        title="蘿蔔糕",
    ),
    Case(
        "none-quotes-source",
        """论阅读

有人说，来源：不明的书最好不读。这话未免武断。书的好坏，不在来历，而在读的人是否用心。""",
        title="论阅读",
    ),
    Case(
        "none-about-meeting-habit",
        """开会的学问

开会要有议题，要有时限，要有记录。没有议题的会不如不开，没有记录的会等于没开。""",
        title="开会的学问",
    ),
    Case(
        "none-email-draft",
        """Hi all,

Could someone bring the long ladder back? I need it for the gutters and the shop is closed until Monday.

Thanks""",
        any_title=True,
        language="en",
    ),
    Case(
        "none-riddle",
        "小时青青老来黄，千锤百打搓成绳，捆得稻草与柴火，从不离开庄稼人。打一植物。",
        any_title=True,
    ),
    Case(
        "none-birthday",
        """生日

外婆的生日是二月初二，每年这一天，舅舅会从城里赶回来，带一只烧鸡和一瓶酒。""",
        title="生日",
    ),
    Case(
        "none-lyrics-en",
        "Row on\n\nRow on, row on, the tide is slow,\nthe lamps are out, the wind is low,\nand home is farther than we know.",
        title="Row on",
        language="en",
    ),
    Case(
        "none-reports-on-law",
        """读懂合同

签合同之前要看清三件事：谁来履行，什么时候履行，不履行怎么办。法律不保护躺在权利上睡觉的人。""",
        title="读懂合同",
    ),
    Case(
        "none-garden-log",
        """Garden notes

Beans are up. The second row was late because of the cold, and slugs had most of the lettuce. Sow again when the nights are warm.""",
        title="Garden notes",
        language="en",
    ),
    Case(
        "none-mixed-terms",
        """词汇 Vocabulary

锤子 hammer，钳子 pliers，螺丝刀 screwdriver。每个词读三遍，再写一遍，第二天复习。""",
        title="词汇 Vocabulary",
    ),
    Case(
        "none-dialogue",
        "“你看见我的伞了吗？”\n“在门后面。”\n“谢谢。”",
        any_title=True,
    ),
)
