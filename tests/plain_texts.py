"""Texts with no page around them, of many kinds: cleaning must take nothing from them."""

# ruff: noqa: E501 (lines of texts, as long as they are)

PLAIN_TEXTS: dict[str, str] = {
    "law": """临湖市湿地保护条例
第一章　总则
第一条　为了加强湿地保护，制定本条例。
第二条　本条例所称湿地，是指：
（一）河流；
（二）湖泊；
（三）沼泽。
第二章　法律责任
第三条　违反本条例规定的，处五百元以下罚款。
第三章　附则
第四条　本条例自2024年3月1日起施行。""",
    "notice": """关于开展春季植树活动的通知
各区人民政府，市政府各部门：
为做好春季植树工作，现将有关事项通知如下：
一、活动时间
3月10日至3月20日。
二、工作要求
各单位要高度重视，认真组织。
联系人：江一帆　电话：010-00000000
附件：1. 植树点位表
2. 苗木清单
临湖市园林局
2024年3月5日""",
    "notice without stops": """通知
时间：3月10日
地点：湖滨会议室
参加人员：全体职工
办公室
3月5日""",
    "report": """第一季度水质报告
目录
一、总体情况
二、存在问题
三、下一步打算
一、总体情况
全市水质总体良好，达标率98.2%。
表1　各断面水质
断面 类别 达标率
北口 Ⅱ 100%
南口 Ⅲ 97%
数据来源：市监测站
二、存在问题
个别断面氨氮超标。
三、下一步打算
继续加密监测。""",
    "interview": """问：为什么要修这条路？
答：老路太窄，雨天积水。
问：什么时候完工？
答：年底。
问：谢谢。
答：不客气。""",
    "poem": """春日湖上
微风过柳
细雨成烟
小舟一叶
人在天边
归时月满
灯火阑珊""",
    "poem in English": """The Harbour
Grey gulls over the water
and a rope that creaks
Home is the name of a boat
I have not seen for weeks""",
    "fiction": """“登录了吗？”她问。
“还没有。”
“那就注册一个。”
他笑了笑，关掉窗口，把广告单折成一只纸船。
外面下雨了。""",
    "news": """本报讯（记者 江一帆）昨日，临湖市召开污水治理会议。
会议要求各区按月报告进展。
市民可以登录官网查看结果，也可以下载客户端查询。
相关负责人表示，将继续推进。""",
    "about websites": """网站管理办法
第一条　网站首页应当设置无障碍浏览入口。
第二条　转载他人作品应当注明来源和作者。
第三条　广告应当标明“广告”字样。
第四条　用户注册时应当同意隐私政策。
第五条　未经授权，任何单位不得转载、摘编他人作品，侵犯版权的依法承担责任。""",
    "privacy article": """How consent notices changed
Publishers must ask before they set cookies, and most visitors click accept without reading.
The privacy policy of a typical site runs to 4,000 words.
Users rarely read the terms of service before they sign up for an account.
Regulators now want the choice to reject to be as easy as the choice to accept.""",
    "contents": """Annual report
Contents
Foreword
1. Governance
2. Finance
3. Outlook
Foreword
This has been a long year for the board, and we thank everyone who stood with us.
1. Governance
The board met six times.""",
    "memo": """To: All staff
From: The secretary
Date: 5 March 2024
Subject: Fire drill
There will be a fire drill on Thursday at ten. Please leave by the stairs and meet at the gate.
Jane Marsh
Secretary""",
    "letter": """Dear Ms Marsh,
Thank you for your letter about the lake. I have asked the engineers to look at the sluice.
I will write again when they report.
Yours sincerely,
Tom Reed
12 May 2024""",
    "recipe": """Lentil soup
Ingredients
200 g lentils
1 onion
Salt
Method
Wash the lentils and chop the onion.
Simmer for forty minutes, then add salt to taste.""",
    "list": """要带的东西
- 雨衣
- 水壶
- 地图
- 手电""",
    "shopping in English": """Groceries
Milk
Bread
Email Tom about the cake
Print the map""",
    "table": """年份\t产量\t出口
2021\t12\t3
2022\t15\t4
2023\t19\t7""",
    "markdown": """# Install
## Requirements
- Python 3.11
- A terminal
## Usage
Run `make` and read the log.
| key | value |
| --- | --- |
| a | 1 |
## See also
- The guide""",
    "reference list": """Lake chemistry has been studied for a century, first by hand and now by satellite.
References
Marsh, J. (2019). Lakes. Lakeside Press.
Reed, T. and Marsh, J. (2021). Sluices and gates. Water Journal, 12(3), 45-67.
江一帆. 湖泊化学[M]. 2020.""",
    "speech": """在湿地日活动上的讲话
（2024年2月2日）
同志们，朋友们：
大家好！今天我们相聚在湖边，共同庆祝湿地日。
让我们一起努力。
谢谢大家！""",
    "minutes": """Minutes of the water committee
Present
J. Marsh
T. Reed
Apologies
A. Lane
1. Matters arising
There were none.
2. Date of next meeting
4 June 2024""",
    "Traditional notice": """關於辦理淨灘活動的公告
主旨：公告本年度淨灘活動事宜。
依據：海洋污染防治法第三條。
公告事項：
一、活動日期：113年3月5日。
二、報名方式：請洽本局，電話：(02)2300-0000。
局長 江一帆""",
    "Traditional news": """污水廠擴建下月動工
記者會上，局長表示經費已經到位。
「我們會準時完工。」他說。
居民盼早日改善水質。""",
    "mixed": """Glossary 词汇
carbon market 碳市场
sewage works 污水处理厂
The carbon market (碳市场) opened in 2021.
污水处理厂（sewage works）由市政府建设。""",
    "questions in English": """Frequently asked questions
What is the lake's depth?
About forty metres at the dam.
Can I fish there?
Yes, with a licence from the office.
Who do I contact?
The warden, at the north gate.""",
    "captions": """老城墙修复完成
图1　修复前的城墙
工匠们用了三年时间，用传统石灰砌筑。
图2　修复后的城墙
如今，城墙已向公众开放。""",
    "numbers": """结果如下。
1
2
3
以上为三次测量的读数，单位为毫米。""",
    "dialogue": """TOM: Are we there yet?
ANN: No.
TOM: Are we there now?
ANN: Look out of the window.""",
    "one line": "全市水质总体良好",
    "one English line": "About the lake",
    "manual": """第一步
点击“申报”按钮，进入系统。
第二步
填写姓名和电话，然后点击“提交”。
第三步
打印回执，关闭窗口。""",
    "manual in English": """Step 1
Click Print and choose a printer.
Step 2
Enter your name and email address, then click Submit to send the form to the office.
Step 3
Close the window.""",
    "chapter": """第一回　湖上初逢
话说临湖城外有一座石桥，桥头有一家茶馆。
正是：
湖光山色两相宜
且听下回分解""",
    "obituary": """Ann Lane, keeper of the north gate, died on 3 March 2024. She was 81.
She is survived by her brother.
A service will be held at St Mary's on Friday. No flowers, please.""",
    "law in English": """Chapter 1 General Principles
Article 1
The Act is enacted to protect lakes.
Article 2
The terms used in this Act are defined as follows:
1. Lake: a body of water.
2. Shore: the land beside it.
Article 3
This Act shall take effect from the date of promulgation.""",
}
