"""Yearly reports of three bodies, written for tests: some years are missing, sentences recur."""

REPORTS = {
    "library-2021.txt": (
        "东岭市图书馆2021年度工作报告\n\n2021年，东岭市图书馆全年接待读者31万人次，外借图书18.2万册次。"
        "馆长陈立群在年度总结会上作报告。\n\n工作中坚持以读者为中心，不断提高服务水平。\n\n"
        "2021年完成了三项重点工作：一是完成总馆消防改造，二是开通自助借还机十二台，"
        "三是建成少儿阅览室。\n\n经费总额860万元，其中购书经费210万元。\n"
    ),
    "library-2022.txt": (
        "东岭市图书馆2022年度工作报告\n\n2022年，东岭市图书馆全年接待读者27万人次，外借图书16.5万册次。"
        "馆长陈立群在年度总结会上作报告。\n\n工作中坚持以读者为中心，不断提高服务水平。\n\n"
        "2022年重点工作有以下四个方面。\n（一）推进古籍修复，修复善本二百一十册。\n"
        "工作组请来三位老师傅。\n（二）开设云上讲座，全年举办五十八场。\n"
        "（三）与农家书屋共建流动图书车三辆。\n（四）完善盲人阅读服务。\n\n"
        "经费总额840万元，其中购书经费195万元。\n"
    ),
    "library-2023.txt": (
        "东岭市图书馆2023年度工作报告\n\n2023年，东岭市图书馆全年接待读者45万人次，外借图书22.8万册次。"
        "馆长周敏在年度总结会上作报告。\n\n工作中坚持以读者为中心，不断提高服务水平。\n\n"
        "2023年推出五项便民措施。\n1. 延长开放时间到晚上十点。\n2. 取消逾期费。\n"
        "3. 图书送到家，每单收费三元。\n4. 设立母婴室。\n\n流动图书车增加到五辆。\n\n"
        "经费总额910万元，其中购书经费240万元。\n"
    ),
    "centre-2022.txt": (
        "西河区文化馆2022年度工作报告\n\n2022年，西河区文化馆举办展览二十六场，接待观众9万人次。"
        "馆长何文作报告。\n\n全年新建社区文化站七个。经费总额430万元。\n"
    ),
    "centre-2023.txt": (
        "西河区文化馆2023年度工作报告\n\n2023年，西河区文化馆举办展览三十四场，接待观众13万人次。"
        "馆长何文作报告。\n\n全年新建社区文化站九个。经费总额465万元，其中设备更新费120万元。\n"
    ),
    "harbour-2019.txt": (
        "Northport Harbour Board: annual report 2019\n\nIn 2019 the harbour handled 4.1 million "
        "tonnes of cargo and 612 ships called. Ingrid Dahl chaired the board.\n\nThe board adopted "
        "three priorities for the year. First, it will dredge the northern channel. Second, it "
        "will replace two diesel cranes. Third, it will open a seafarers' centre.\n\n"
        "The budget was 38 million euros.\n"
    ),
    "harbour-2022.txt": (
        "Northport Harbour Board: annual report 2022\n\nIn 2022 the harbour handled 4.4 million "
        "tonnes of cargo and 655 ships called. Tomas Berg chaired the board.\n\nDredging of the "
        "northern channel was completed in May.\n\nThe budget was 44 million euros.\n"
    ),
    "town-112.txt": (
        "南港鎮公所民國112年施政報告\n\n民國112年，南港鎮新增自行車道十二公里，垃圾回收率百分之五十八。"
        "鎮長林淑芬提出報告。\n"
    ),
    "town-113.txt": (
        "南港鎮公所民國113年施政報告\n\n民國113年，南港鎮新增自行車道八公里，垃圾回收率百分之六十三。"
        "鎮長林淑芬提出報告。\n"
    ),
}
"""By file name."""
