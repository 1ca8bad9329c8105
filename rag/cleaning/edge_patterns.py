"""What lines above or below the text look like. Lines are matched folded, as in `patterns`."""

from rag.cleaning.patterns import forms

LIKELY = forms(
    breadcrumb=(
        r"(?:当前位置|您?(?:现在)?的?(?:所在)?的?位置|您现在的位置|目前位置|现在位置|所在位置"
        r"|位置|you are here|breadcrumbs?)\s*(?:[:是>»].{0,100})?"
        r"|(?:首页|主页|[^\s>/|]{0,8}首页|home(?:page)?)\s*(?:[>/|\\→·]|::|-\s|[\"']\s).{0,100}"
        r"|[^>\"'。]{1,24}(?:(?:\s*[>→]|\s[\"'])\s+[^>\"'。]{1,40}){2,}|[^>。]{1,24}(?:\s*[>→]\s*[^>。]{1,40}){2,}"
    ),
    page_tools=(
        r"[\[【(]?(?:字体|字号|字级|字型|字体大小|文字大小|font size|text size)\s*[:\]】].{0,40}"
        r"|[\[【(]字体[: ].{0,20}|(?:.{0,20}(?:打印本[页文]|打印此[页文]|打印文章|关闭窗口"
        r"|收藏本[页文]|复制链接|友善列印|转寄).{0,20})"
        r"|(?:分享(?:到|至|本文|此页|按钮)?|share(?: (?:this|via|on|to|with))?(?: (?:article"
        r"|page|story|post|on|with).{0,40})?|print(?: (?:this )?(?:page|article|friendly"
        r"|version))?)\s*[:>»]?|(?:分享(?:到|至)|扫一扫|用微信扫|微信扫).{0,40}"
        r"|share (?:on|via|to) .{1,30}|click to (?:share|email|print).{0,80}|like this\s*:?"
        r"|like loading\.*|[a大小中][+\-]?(?:\s+[a大小中默认][+\-]?)+"
        r"|\W*[^。]{0,8}\s*a-(?:\s*a)?\s*a\+"
        r"|.{1,60}\.(?:docx?|pdf|xlsx?|odt|ods|zip|rar)\s*\(.{0,20}\d ?[kmg]b.{0,16}\)"
        r"|回(?:上|前)?(?:查询结果|结果|列表|目录|前页|清单)(?:\s.{0,12})?|附件下载\s*[:：].{0,90}|(?:点击)?下载\s*[:：].{0,60}\.(?:docx?|pdf|xlsx?|zip|rar|wps|ofd)"
        r"|(?:download|view|open|get) .{0,60}\(.{0,20}\d ?[kmg]b.{0,12}\)"
        r"|(?:download|view|get) (?:the )?(?:full )?(?:pdf|report|brief|article|document|adobe"
        r" .{1,16})(?: .{1,20})?"
        r"|回?到?(?:页首|页顶|顶部|顶端)|回上一?页|back to (?:top|list|news|all).{0,20}"
        r"|get emails about .{0,30}|听(?:全文|新闻)(?:\s*[·|].{0,16})?"
        r"|listen(?: to (?:this )?(?:article|story))?.{0,20}"
    ),
    language=(
        r"(?=.*(?:english|英文|eng|简|繁|français|中文))(?:\W*(?:english|eng?|fr|es|ru|ar|de|zh"
        r"|français|español|русский|العربية|中文(?:版|\(.{1,4}\))?|英文版?|简体?(?:中文|版)?"
        r"|繁体?(?:中文|版)?|正体(?:中文)?|日本语|한국어|deutsch|português|italiano)\W*)+"
        r"|(?:select|choose|change)(?: your| the)? language.{0,40}|\d+(?:种语言| languages)"
        r"|(?:简|繁|臺湾正|台湾正|香港繁)体|不转换"
    ),
    view_counter=(
        r"(?:\W*(?:本文|本页|总|累[计积])?(?:浏览|阅读|点击|访问|查看|点阅|观看|播放|下载|点赞"
        r"|评论|回复|转发|收藏|分享|赞|在看|喜欢|人气|热度|踩|顶|围观|支持|反对|推荐|道具|评分"
        r"|鲜花)(?:次数|人次|人数|量|数"
        r"|率)?\s*[:(（]?\s*\d[\d,.]*\s*[万k+]?\s*(?:次|人|条|篇)?\)?\W*)+"
        r"|\d[\d,.]*\s*[万k]?\+?\s*(?:次|人|条)?(?:浏览|阅读|点击|访问|查看|观看|播放|评论|点赞"
        r"|回复|跟贴|参与|人气|阅)[^。]{0,6}|(?:\W*\d[\d,.]*[km]?\+? (?:views?|shares?|likes?"
        r"|comments?|reads?|replies|responses|retweets?|min(?:ute)?s?(?: read)?)\W*)+(?:ago|read"
        r"|to.{0,60})?|(?:reading time|est(?:imated)?\.? (?:reading|read) time)\W*\d+.{0,12}"
        r"|(?:views?|hits|comments?|shares?|likes?)\s*[:(]\s*\d[\d,]*\)?|查看\s*[:]\s*\d+.{0,30}"
        r"|(?:\W*(?:views?|downloads?|citations?|cited by|altmetric|shares?|likes?)"
        r"\W*\d[\d,.]*\W*)+"
        r"|您?是?(?:本站)?第\s*[\d,]+\s*位(?:访客|访问者|浏览者)"
        r"|约\d+分钟|(?:全文)?共?\d+字.{0,14}分钟"
    ),
    tags=(
        r"(?:标签|关键词|关键字|分类|隐藏分类|tags?|tagged|filed under|categor(?:y|ies)"
        r"|hidden categories|posted in|topics|labels"
        r"|explore more on these topics)\s*[:：]?\s*[^。]{0,160}"
        r"|#[^#\s]{2,20}#?(?:\s+#[^#\s]{2,20}#?)*"
        r"|#[^#\s]{2,20}#?\s*\d{1,5}\s*个"
    ),
    related=(
        r"[\W]*(?:本版(?:其他|更多|相关)(?:新闻|文章|内容)?|相关(?:链接|连结|阅读|新闻|文章|报道|推荐|稿件|资讯|内容|信息|专题|文件|附件)"
        r"|推荐(?:阅读|文章|新闻)|延伸阅读|拓展阅读|猜你喜欢"
        r"|你可能(?:也|还|会)?(?:喜欢|有兴趣|感兴趣).{0,6}|为您?推荐|精彩推荐|编辑推荐"
        r"|(?:今日|本周|\d+小时)?热(?:门|榜|点|搜)(?:文章|推荐|新闻|排行|话题|榜)?"
        r"|更多(?:新闻|内容|文章|精彩|推荐|资讯)?|往期(?:推荐|回顾|精彩|文章)"
        r"|最新(?:文章|新闻|资讯|发布)|点击排行|阅读排行|排行榜"
        r"|related(?: (?:articles?|links?|stories|news|posts?|pages?|content|coverage"
        r"|information|topics|publications|documents))?|read (?:more|next)"
        r"|you (?:may|might) (?:also )?(?:like|be interested in)"
        r"|recommended(?: (?:for you|reading|stories))?"
        r"|more (?:from|news|stories|on this|in|like this).{0,30}"
        r"|(?:most|trending) (?:read|viewed|popular|shared|now|stories)|trending"
        r"|popular(?: posts?)?|(?:latest|recent|top|other) (?:news|posts?|stories|articles?"
        r"|headlines|comments?)|explore more|up next|in this section|services and information"
        r"|next in .{1,20}|editors?'s? (?:picks?|choice))\W*"
    ),
    pager=(
        r"\W*(?:上一[篇页条则个]|下一[篇页条则个]|前一篇|后一篇|上篇|下篇"
        r"|previous(?: (?:post|article|story|page))?|next(?: (?:post|article|story|page))?"
        r"|(?:older|newer) (?:posts?|entries|article))(?:\s*[:>»(].{0,90}"
        r"|\s+(?:上|下)一[篇页条则个].{0,60})?\W*|(?:previous|next) post.{0,90}"
        r"|[上前]一版.{0,12}[下后]一版|共\s*\d+\s*[笔条页项]\W.{0,24}第\s*\d+\s*[笔条页项]"
    ),
    licence=(
        r".{0,40}icp[备证]?\s*\d?.{0,60}|.{0,60}公网安备.{0,40}"
        r"|.{0,30}(?:网站标识码|备案序?号|许可证编?号|经营许可证|广播电视节目制作).{0,80}"
        r"|.{0,60}版权所有.{0,100}|.{0,60}著作权所有.{0,60}|版权声明[: ].{0,200}"
        r"|.{0,60}(?:侵权必究|转载必究|违者必究|翻印必究).{0,60}"
        r"|.{0,60}(?:copyright\b|©|\(c\) ?(?:19|20)\d\d).{0,140}"
        r"|.{0,80}all rights reserved.{0,40}|本(?:文|作品|站|内容).{0,12}采用.{0,80}(?:许可|协议"
        r"|授权|条款).{0,80}|.{0,60}(?:创用cc|知识共享|creative commons"
        r"|open government licen[cs]e).{0,200}|(?:this work is )?licensed under .{0,120}"
        r"|.{0,20}(?:违法和)?不良信息举报(?:电话|中心|邮箱)?.{0,60}"
        r"|.{0,10}(?:registered (?:charity|company|office|in england)"
        r"|charity (?:no|number|registration)).{0,120}"
    ),
    disclaimer=(
        r"\W*(?:免责声明|特别声明|特别提示|郑重声明|重要告示|声明|转载说明|版权说明|disclaimers?"
        r"|fraud alert)\s*(?:[: ].{0,240})?"
        r"|本(?:系统|网站|站|网页|资料库|数据库|平台)[^。]{0,20}(?:仅供参考|不承担|不负).{0,120}"
        r"|(?:privacy|cookie|legal|copyright) (?:notice|policy|statement)s?\s*:.{4,240}"
    ),
    hosting=(
        r"(?:本站|网站)?(?:基于|由).{1,30}(?:构建|驱动|技术支持|提供技术支持|提供支持|建设)"
        r"|(?:proudly )?powered by .{1,40}|.{0,60}技术支持\s*[: ].{1,60}"
        r"|.{0,10}(?:建议|推荐)(?:使用|您?以|浏览).{0,60}(?:浏览器|分辨率|解析度|浏览"
        r"|以上).{0,60}|(?:website|site|theme|design(?:ed)?)(?: (?:design|built|made"
        r"|developed))? by .{1,40}|(?:hosted|published) (?:by|on|with) .{1,30}"
        r"|processed in .{1,60}|gmt[+-]\d.{0,120}|blog at .{1,30}|theme: .{1,40}"
    ),
    comments=(
        r"\W*(?:网友评论|最新评论|热门评论|全部评论|精彩评论|用户评论|评论|评论区|留言|网友留言"
        r"|精选留言|我来说两句|我有话说|跟贴|发表(?:评论|回复|言论)|写评论"
        r"|写留言)\s*(?:[(\[【]?\s*共?\s*\d*\s*(?:条|篇)?.{0,6}[)\]】]?)?\W*"
        r"|(?:no |\d+ |view all |show |join the |be the first to )?(?:comments?|replies"
        r"|responses?|thoughts?|conversation|discussion)(?:\s*[(\[]\d+[)\]])?"
        r"(?: (?:are (?:now )?closed|on|to|off).{0,120})?\W*|leave a (?:comment|reply).{0,20}"
        r"|post (?:a )?(?:comment|reply)|add (?:a )?comment.{0,20}"
        r"|comments? are (?:now )?closed\.?|.{1,40} says:?"
        r"|(?:回复|举报|顶|踩|赞|reply|report|like)(?:\s*[(\[]?\d*[)\]]?)(?:\W+(?:回复|举报|顶"
        r"|踩|赞|reply|report|like|分享)(?:\s*[(\[]?\d*[)\]]?)?)*"
    ),
    credit=(
        r"(?:图?文|文图?)\s*/\s*[^。!?;:]{2,24}"
        r"|.{3,60}\bis an? (?:[\w-]+ ){0,3}(?:staff (?:writer|reporter|photographer)"
        r"|(?:reporter|correspondent|columnist) (?:at|for|with)\b).{0,120}"
        r"|(?:you can )?(?:reach|contact|email|follow) (?:him|her|them"
        r"|the (?:author|reporter|writer))\b.{0,80}"
    ),
    form=(
        r"\W*(?:提交|发送|送出|订阅|登录后.{0,16}|请?先?登录.{0,24}|请先登入.{0,12}"
        r"|您需要登录.{0,40}|.{0,6}后才可以(?:回帖|评论|发表|发帖).{0,24}|验证码|昵称|匿名发表"
        r"|subscribe(?: (?:to|for|now|here|today).{0,60})?|submit|send"
        r"|search(?: (?:this site|form|the .{1,30}|for|here|our site|by keyword))?\W*"
        r"|enter your .{1,30}|your (?:name|email|comment).{0,40}"
        r"|(?:name|email|website|first name|last name|e-?mail(?: address)?)(?:\s*\*"
        r"| \((?:required|optional)\))?(?:\s+(?:name|email|website|first name|last name|phone"
        r"|message|country)(?:\s*\*)?)*|please (?:log|sign) in.{0,60}|notify me.{0,60}"
        r"|save my name.{0,100}|sign up(?: .{0,60})?\W*"
        r"|be the first to (?:know|comment|hear).{0,30}"
        r"|stay (?:up to date|informed|connected|in touch|updated).{0,30}"
        r"|get .{2,60} (?:in|to) your inbox.{0,40})\s*\*?"
        r"|you must (?:be logged|log|sign) in.{0,60}"
        r"|请输入.{0,24}|输入关键[字词].{0,20}"
        r"|搜索\W.{0,20}|(?:[£$€¥]\d+\s*){2,}.{0,24}|i'm not a robot|(?:advanced )?search|captcha"
    ),
    cookies=(
        r"(?:accept|reject|allow|manage|decline|refuse|customi[sz]e)(?: \w+){0,3} cookies?\W*"
        r"|(?:(?:全部|仅)?(?:接受|拒绝|同意)(?:所有|全部|必要)?|管理)cookies?(?:设置|设定)?"
    ),
    navigation=(
        r"page contents|on this page|in this (?:article|page)"
        r"|skip to .{1,40}|jump to .{1,40}|跳(?:到|至|转到|过)(?:主要)?(?:内容|导览|导航|搜寻"
        r"|搜索).{0,40}|:{2,4}|(?:main |site |toggle |primary |open |close |hide |show )*(?:menu"
        r"|navigation|nav|search|sidebar|toc|table of contents)(?: (?:toggle|close|search"
        r"|open))*|.{0,12}(?:导航选单|导览选单|主选单|快捷导航|快速导航|快速链接|quick links"
        r"|useful links|site index|sitemap)|about (?:us|the author)|welcome to .{3,40}"
        r"|toggle .{1,40}|support us|donate(?: (?:now|today|here))?"
        r"|热门(?:搜索|关键[字词])\s*:?.{0,60}|hot searches.{0,40}"
    ),
    help_=(
        r"(?:is|was|did) this (?:page|article|information|answer) (?:\w+ ?){1,4}\??"
        r"|(?:yes|no)(?:,? this page is(?: not)? useful)?"
        r"|report (?:a problem|an (?:issue|error)|this)(?: .{0,30})?"
        r"|(?:本页面?|此页|这篇文章|本文|内容)?(?:内容)?(?:对您?|是否)有(?:帮助|用)[^。]{0,10}|我要纠错|您?对.{2,12}(?:的评价|满意(?:吗|度)?)\W*"
        r"|(?:非常)?满意\W+.{0,16}不满意\W*|yes\s+no"
    ),
    share=(
        r"(?:follow|find|connect with|like) us(?: on)?\b.{0,60}"
        r"|.{0,120}follow (?:her|him|them|me) on (?:x|twitter|instagram|facebook|bluesky)\b.{0,30}"
        r"|@[\w.]{2,30}"
        r"|(?:关注|追踪|加入)(?:我们|本站|粉丝专页|粉丝团).{0,40}|.{0,20}追踪粉丝.{0,16}"
        r"|(?:喜欢|觉得).{0,20}(?:点个|点一?下|分享给|转发给|收藏).{0,24}"
        r"|点(?:个)?(?:赞|分享|收藏|在看)(?:\W*点(?:个)?(?:赞|分享|收藏|在看|点赞))*.{0,10}"
        r"|(?:in|tweet|pin it|分享)\W*\d*"
    ),
    ending=(
        r"[-—–=*·\s【\[(<]*(?:完|全文完|本文完|正文完|end|the end|fin|ends"
        r"|正文已结束.{0,20})[-—–=*·\s】\])>]*|[-—–=*_~·.＊\s]{5,}"
    ),
    widget=(
        r"今天(?:是|为)?\W*(?:19|20)\d\d年.{0,50}|.{0,40}\d{1,2}\s*[~-]\s*\d{1,2}\s*[°℃].{0,20}"
        r"|(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*(?:星期|周).{1,30}(?:晴|阴|云|雨|雪|农历).{0,24}"
        r"|农历.{2,20}|weather\W.{0,30}"
    ),
    print_edition=(
        r"第\s*[a-z]?\d{1,3}\s*版\s*[::]?\s*[^。]{0,20}|[^。]{2,12}(?:数字报|电子报|电子版)"
        r"|a version of this article appear.{0,200}|order reprints.{0,60}"
        r"|(?:reuse|republish) this .{1,20}|modern slavery act.{0,20}|order reprints"
    ),
    source=(
        r"收录于(?:合集|话题|专辑|专题).{0,40}|(?:以下文章|本文|文章)(?:来源|转自|摘自|选自"
        r"|转载自|首发)于?.{0,50}|原创\s+.{1,40}"
        r"|(?:取自|retrieved from|available at|permalink)\s*[:「\x22'(].{4,300}"
        r"|(?:取自|retrieved from) ?.?https?://.{4,300}|(?:https?://|www\.)\S{4,300}"
        r"|from \w+, the free .{4,30}|.{2,10},自由的百科全书|(?:19|20)\d\d[^。]{6,20}发表于.{0,40}"
        r"|(?:this page|本页面?|此页面?)(?: was|最后).{0,20}(?:edited|modified|updated|修订|编辑"
        r"|更新)[^。]{0,60}.?|posted (?:on|by|@).{0,80}"
        r"|(?:published|last updated|updated|last modified|modified|posted|created"
        r"|written|revised|accepted|received)(?: on)?:? .{0,50}(?:19|20)\d\d.{0,30}"
        r"|vol(?:ume|\.)? ?\d+,? (?:issue|no\.?|number) ?\d+.{0,40}|you have \d+ free .{0,40}"
        r"|available languages?\s*:.{0,60}"
        r"|view all (?:posts|articles|stories) by.{0,40}"
        r"|.{1,40}(?:于|@)\s*(?:19|20)\d\d-\d\d?-\d\d?\s+\d\d?:\d\d.{0,60}"
    ),
)
"""Lines that are furniture above or below the text, each with a kind of page part behind it."""
LIKELY_LONGEST = 320
