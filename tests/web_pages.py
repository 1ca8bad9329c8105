"""Pages of many kinds around an article, and how much of each survives reading and cleaning."""
# ruff: noqa: E501

from collections.abc import Callable
from dataclasses import dataclass

from rag.cleaning import clean
from rag.loaders.html import load
from tests.web_articles import Article

Skeleton = Callable[[Article], str]


@dataclass(frozen=True)
class Outcome:
    """Characters that are not blank."""

    content: int
    lost: int
    furniture: int
    left: int
    leftover: tuple[str, ...]
    missing: tuple[str, ...]


def measure(page: str, article: Article) -> Outcome:
    """Read and clean a page; whatever is not the article's is furniture."""
    extracted = load(page.encode(), "'page.html'")
    text = clean(extracted.text, asides=extracted.asides, marks=extracted.marks).text
    missing = []
    for line in sorted(article.lines, key=len, reverse=True):
        if line not in text:
            missing.append(line)
        text = text.replace(line, "\n", 1)
    content = sum(map(_count, article.lines))
    leftover = tuple(line.strip() for line in text.split("\n") if line.strip())
    return Outcome(
        content=content,
        lost=sum(map(_count, missing)),
        furniture=_count(extracted.text) - content,
        left=sum(map(_count, leftover)),
        leftover=leftover,
        missing=tuple(missing),
    )


def _count(text: str) -> int:
    return sum(1 for letter in text if not letter.isspace())


def modern(a: Article) -> str:
    return f"""<!doctype html><html lang="{a.language}"><head><meta charset=utf-8>
<title>{a.title} | {a.source}</title><meta property="og:title" content="{a.title}">
<meta property="article:published_time" content="{a.date}"></head><body>
<a class="skip-link" href="#main">Skip to content</a>
<header class="site-header"><a href="/" class="logo">{a.source}</a>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/about">About</a></li></ul></nav>
<form role="search"><label>Search</label><input name=q><button>Go</button></form></header>
<main id="main"><article><header><h1>{a.title}</h1><p class="byline">By <a href="/staff/1">Chen Wei</a> · <time datetime="{a.date}">{a.date}</time> · 4 min read</p></header>
<div class="share"><button>Share on Facebook</button><button>Copy link</button></div>
{a.body()}
<footer><p>Filed under: <a href="/t/1">Policy</a>, <a href="/t/2">Local</a></p></footer></article>
<section class="related"><h2>Related stories</h2><ul><li><a href="/1">A first story about something</a></li><li><a href="/2">Another story</a></li></ul></section></main>
<aside><h3>Newsletter</h3><p>Sign up to get the week's most important stories in your inbox every Friday morning, free.</p><form><input type=email><button>Subscribe</button></form></aside>
<footer><ul><li><a href="/privacy">Privacy</a></li><li><a href="/terms">Terms of use</a></li></ul><p>© 2025 {a.source}. All rights reserved.</p></footer></body></html>"""


def old_tables(a: Article) -> str:
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{a.title}</title></head>
<body bgcolor=#ffffff><table width=960 align=center><tr><td colspan=2><img src=top.jpg></td></tr>
<tr><td colspan=2 bgcolor=#003399><font color=white><a href=/>网站首页</a> | <a href=/a>机构设置</a> | <a href=/b>政务公开</a> | <a href=/c>办事指南</a> | <a href=/d>公众互动</a></font></td></tr>
<tr><td width=200 valign=top><table><tr><td bgcolor=#cccccc><font size=2><b>栏目导航</b></font></td></tr><tr><td><a href=/x1>工作动态</a></td></tr><tr><td><a href=/x2>通知公告</a></td></tr><tr><td><a href=/x3>政策法规</a></td></tr></table></td>
<td valign=top><table width=100%><tr><td>您现在的位置：<a href=/>首页</a> &gt;&gt; <a href=/x1>工作动态</a> &gt;&gt; 正文</td></tr>
<tr><td align=center><font size=5 color=red><b>{a.title}</b></font></td></tr>
<tr><td align=center><font size=2>来源：{a.source}　发布时间：{a.date}　点击数：1286　【字体：<a href="javascript:f(1)">大</a> <a href="javascript:f(2)">中</a> <a href="javascript:f(3)">小</a>】</font></td></tr>
<tr><td>{a.body("<p><font size=3>　　{}</font></p>", "<p><strong>{}</strong></p>")}</td></tr>
<tr><td align=right>【<a href="javascript:print()">打印本页</a>】【<a href="javascript:close()">关闭窗口</a>】</td></tr></table></td></tr>
<tr><td colspan=2 align=center><hr><font size=2>主办：{a.source}　技术支持：信息中心<br>地址：人民路1号　邮编：430000　电话：027-12345678<br>ICP备案号：鄂ICP备05001234号</font></td></tr></table></body></html>"""


def soup(a: Article) -> str:
    return f"""<!DOCTYPE html><html><head><title>{a.title}_{a.source}</title><meta name="ArticleTitle" content="{a.title}"><meta name="PubDate" content="{a.date}"><meta name="ContentSource" content="{a.source}"></head><body>
<div class="top"><div class="w1200"><div class="fl">欢迎访问{a.source}网站</div><div class="fr"><a href="/wza">无障碍</a><a href="/zz">长者模式</a><a href="/en">English</a></div></div></div>
<div class="logo"><a href="/"><img src="logo.png"></a></div><div class="nav"><ul><li><a href="/1">首页</a></li><li><a href="/2">要闻动态</a></li><li><a href="/3">政务公开</a></li><li><a href="/4">政务服务</a></li><li><a href="/5">互动交流</a></li></ul></div>
<div class="w1200"><div class="mbx">当前位置：<a href="/">首页</a>&gt;<a href="/2">要闻动态</a>&gt;<a href="/21">部门信息</a></div>
<div class="xl_con"><div class="xl_title">{a.title}</div><div class="xl_info"><span>发布时间：{a.date}</span><span>来源：{a.source}</span><span>浏览次数：<i id="hits">332</i>次</span><div class="share"><span>分享到：</span><a href="javascript:;">微信</a><a href="javascript:;">微博</a></div><div class="fontsize">字号：<a href="javascript:;">[大]</a><a href="javascript:;">[中]</a><a href="javascript:;">[小]</a></div></div>
<div class="TRS_Editor" id="zoom">{a.body("<p style='text-indent:2em'>{}</p>", "<p><b>{}</b></p>")}</div>
<div class="xl_bottom"><div class="ewm"><img src="q.png"><p>扫一扫在手机打开当前页</p></div><a href="javascript:print()">【打印】</a><a href="javascript:close()">【关闭】</a></div>
<div class="xgwz"><div class="tit">相关文章</div><ul><li><a href="/a1">关于做好汛期安全工作的通知</a><span>2025-02-11</span></li><li><a href="/a2">我局召开党组扩大会议</a><span>2025-02-10</span></li></ul></div></div></div>
<div class="yqlj"><span>友情链接：</span><select><option>--省级部门网站--</option><option>省水利厅</option><option>省住建厅</option></select></div>
<div class="foot"><p><a href="/about">关于我们</a> | <a href="/map">网站地图</a> | <a href="/law">法律声明</a></p><p>主办单位：{a.source}　承办单位：信息中心</p><p>网站标识码：4201000012　鄂公网安备42010202000001号　鄂ICP备05001234号-1</p></div></body></html>"""


def bare(a: Article) -> str:
    return f"""<html><head><title>{a.title}</title></head><body>
<div><a href="/">{a.source}</a></div><div><a href="/n">新闻</a> <a href="/p">图片</a> <a href="/v">视频</a> <a href="/m">更多</a></div>
<div>{a.title}</div><div>{a.date} {a.source}</div>
{a.body("<div>{}</div>", "<div>{}</div>")}
<div>上一篇：<a href="/1">前一篇文章的标题</a></div><div>下一篇：<a href="/2">后一篇文章的标题</a></div>
<div><div>热门推荐</div><div><a href="/h1">十件小事看一座城市的变化</a></div><div><a href="/h2">周末去哪儿</a></div></div>
<div>Copyright © 2019-2025 {a.source} 版权所有</div></body></html>"""


def english_news(a: Article) -> str:
    return f"""<!doctype html><html lang=en><head><title>{a.title} - {a.source}</title><meta property="og:site_name" content="{a.source}"><script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{a.title}","datePublished":"{a.date}","author":[{{"@type":"Person","name":"Dana Reed"}}],"publisher":{{"@type":"Organization","name":"{a.source}"}}}}</script></head><body>
<div id="cookie-banner" class="cookie-consent"><p>We and our partners use cookies to give you the best experience. By clicking accept, you agree to the storing of cookies on your device.</p><button>Accept all</button><button>Manage settings</button></div>
<div class="ad-slot"><span>Advertisement</span></div>
<div class="masthead"><ul class="topnav"><li><a href="/us">U.S.</a></li><li><a href="/world">World</a></li><li><a href="/biz">Business</a></li><li><a href="/sport">Sports</a></li></ul><a class="subscribe" href="/sub">Subscribe for $1</a></div>
<div class="page"><div class="story"><div class="kicker"><a href="/local">Local news</a></div><h1 class="headline">{a.title}</h1><div class="byline-block"><span>By Dana Reed</span><span>Staff writer</span><span>Updated {a.date}</span></div>
<div class="social-tools"><a href="fb">Facebook</a><a href="x">X</a><a href="mail">Email</a></div>
<div class="story-body">{_amid(a.body(), '<div class="newsletter-promo"><h4>Get the Morning Brief</h4><p>The stories you need to start your day, delivered weekdays at 6 a.m.</p><a href="/nl">Sign up</a></div>', '<p class="inline-related">Read more: <a href="/r1">What the last flood cost the city</a></p>')}</div>
<div class="author-bio"><p>Dana Reed covers city hall for the paper. Reach her at dana@example.com.</p></div></div>
<div class="comments" id="comments"><h3>Comments (2)</h3><div class="comment"><b>river_rat</b><p>About time. My commute has been awful since they closed it, honestly.</p></div><div class="comment"><b>Jo</b><p>Nonsense.</p></div></div>
<div class="rail"><h3>Most read</h3><ol><li><a href="/m1">Storm closes three schools</a></li><li><a href="/m2">New bakery opens on Mill Street</a></li><li><a href="/m3">Letters to the editor</a></li></ol></div></div>
<div class="footer"><a href="/c">Contact us</a><a href="/p">Privacy policy</a><a href="/t">Terms of service</a><p>Copyright 2025 The {a.source} Company. This material may not be published, broadcast, rewritten or redistributed without permission.</p></div></body></html>"""


def taiwan(a: Article) -> str:
    return f"""<!DOCTYPE html><html lang="zh-Hant-TW"><head><title>{a.title}-{a.source}</title><meta name="DC.Title" content="{a.title}"/><meta name="DC.Date" content="{a.date}"/><meta name="DC.Publisher" content="{a.source}"/></head><body>
<noscript>您的瀏覽器不支援JavaScript功能</noscript><a class="sr-only" href="#C" accesskey="C">跳到主要內容區塊</a>
<div class="header"><a accesskey="U" href="#U" title="上方">:::</a><ul><li><a href="/">回首頁</a></li><li><a href="/map">網站導覽</a></li><li><a href="/mail">縣長信箱</a></li><li><a href="/en">English</a></li></ul><div class="fontSize">字級：<a href="#">小</a><a href="#">中</a><a href="#">大</a></div><div class="search">搜尋 <input type=text><input type=submit value=搜尋></div></div>
<div class="menu"><ul><li><a href="/1">機關介紹</a></li><li><a href="/2">訊息公告</a></li><li><a href="/3">便民服務</a></li><li><a href="/4">政府資訊公開</a></li></ul></div>
<div id="C" class="main"><a accesskey="C" href="#C">:::</a><div class="path">現在位置 <a href="/">首頁</a> / <a href="/2">訊息公告</a> / <a href="/21">新聞稿</a></div>
<div class="function"><ul><li><a href="#" onclick="p()">友善列印</a></li><li><a href="#">轉寄友人</a></li></ul></div>
<h2>{a.title}</h2><div class="cp">{a.body()}</div>
<ul class="info"><li>發布單位：{a.source}</li><li>發布日期：{a.date}</li><li>更新日期：{a.date}</li><li>瀏覽人次：215</li></ul><div class="back"><a href="javascript:history.back()">回上一頁</a> <a href="#top">回頁首</a></div></div>
<div class="footer"><a accesskey="Z" href="#Z">:::</a><ul><li><a href="/p">隱私權及安全政策</a></li><li><a href="/o">政府網站資料開放宣告</a></li></ul><p>地址：某縣某市中正路100號　電話：(03)1234567</p><p>最佳瀏覽解析度1024x768以上</p></div></body></html>"""


def wordpress(a: Article) -> str:
    return f"""<!DOCTYPE html><html lang="en-US"><head><title>{a.title} &#8211; {a.source}</title><link rel="canonical" href="https://example.org/2024/05/post/"></head><body class="post-template-default single single-post has-sidebar">
<div id="page" class="site"><a class="skip-link screen-reader-text" href="#content">Skip to content</a><header id="masthead" class="site-header"><p class="site-title"><a href="/">{a.source}</a></p><p class="site-description">Notes from a small desk</p><nav id="site-navigation" class="main-navigation"><button>Menu</button><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li><li><a href="/contact">Contact</a></li></ul></nav></header>
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main"><article id="post-12" class="post type-post hentry"><header class="entry-header"><h1 class="entry-title">{a.title}</h1><div class="entry-meta"><span class="posted-on">Posted on <a href="/2024"><time class="entry-date" datetime="{a.date}">{a.date}</time></a></span> <span class="byline">by <a href="/author/lin">Lin</a></span></div></header>
<div class="entry-content">{a.body()}<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="?share=twitter">Twitter</a></li><li><a href="?share=facebook">Facebook</a></li></ul></div></div>
<footer class="entry-footer"><span class="cat-links">Posted in <a href="/c/1">Notes</a></span><span class="tags-links">Tagged <a href="/t/1">winter</a>, <a href="/t/2">work</a></span></footer></article>
<nav class="navigation post-navigation"><h2 class="screen-reader-text">Post navigation</h2><div class="nav-previous"><a href="/p">Previous: An older post</a></div><div class="nav-next"><a href="/n">Next: A newer post</a></div></nav>
<div id="comments" class="comments-area"><h2 class="comments-title">One thought on “{a.title}”</h2><ol class="comment-list"><li class="comment"><b class="fn">Ann</b> says: <p>Thank you for this, I had been wondering for years whether it mattered.</p><a class="comment-reply-link" href="#r">Reply</a></li></ol><div id="respond"><h3>Leave a Reply</h3><form><p>Your email address will not be published. Required fields are marked *</p><label>Comment *</label><textarea></textarea><label>Name *</label><button>Post Comment</button></form></div></div></main></div>
<aside id="secondary" class="widget-area"><section class="widget"><h2>Recent Posts</h2><ul><li><a href="/r1">On pencils</a></li><li><a href="/r2">A walk in March</a></li></ul></section><section class="widget"><h2>Archives</h2><ul><li><a href="/2024/05">May 2024</a></li></ul></section></aside></div>
<footer id="colophon" class="site-footer"><div class="site-info">Proudly powered by <a href="https://example.org/">WordPress</a></div></footer></div></body></html>"""


def forum(a: Article) -> str:
    return f"""<!DOCTYPE html><html><head><title>{a.title} - 技术讨论 - {a.source}</title></head><body><div id="toptb"><a href="/">设为首页</a><a href="/">收藏本站</a></div>
<div id="hd"><form><input name=user><a href="/reg">立即注册</a><a href="/lost">找回密码</a></form><div id="nv"><ul><li><a href="/forum">论坛</a></li><li><a href="/guide">导读</a></li><li><a href="/rank">排行榜</a></li></ul></div></div>
<div id="pt"><a href="/">{a.source}</a> › <a href="/f">论坛</a> › <a href="/f2">技术讨论</a> › {a.title}</div>
<div id="ct"><div class="pgs"><a href="/new">发新帖</a><a href="/re">回复</a></div><table><tr><td class="pls">查看: <span>1024</span> | 回复: <span>3</span></td><td><h1><a href="/t">[分享]</a> <span id="thread_subject">{a.title}</span></h1></td></tr></table>
<div id="post_1"><table><tr><td class="pls" rowspan=2><div class="authi"><a href="/u">老木匠</a></div><p>主题 32</p><p>积分 1180</p></td><td class="plc"><div class="pi">发表于 {a.date} | <a href="/only">只看该作者</a></div><div class="pct"><div class="t_f" id="postmessage_1">{a.body("<div>{}</div>", "<div><b>{}</b></div>")}</div></div></td></tr><tr><td class="plc"><div class="po"><a href="/f1">收藏</a> <a href="/f2">评分</a> <a href="/f3">举报</a></div></td></tr></table></div>
<div class="pgs"><a href="/back">返回列表</a></div></div><div id="ft"><p>Powered by <a href="/">BBS Engine</a> X3.4</p><p>© 2001-2024</p><p>GMT+8, 2024-6-1 20:12 , Processed in 0.03 second(s), 12 queries .</p></div></body></html>"""


def encyclopaedia(a: Article) -> str:
    return f"""<!DOCTYPE html><html lang="{a.language}"><head><title>{a.title} - {a.source}</title></head><body class="mediawiki skin-vector">
<div id="mw-page-base" class="noprint"></div><div id="content" class="mw-body" role="main"><h1 id="firstHeading">{a.title}</h1><div id="bodyContent"><div id="siteSub">来自{a.source}，自由的百科全书</div><div id="jump-to-nav"><a href="#mw-head">跳到导航</a><a href="#p-search">跳到搜索</a></div>
<div class="mw-parser-output">{a.body("<p>{}</p>", '<h2><span class="mw-headline">{}</span><span class="mw-editsection"><span>[</span><a href="/w?edit">编辑</a><span>]</span></span></h2>')}</div>
<div class="printfooter">取自“<a href="/w">https://example.org/w/index.php?title=1</a>”</div><div id="catlinks"><div><a href="/c">分类</a>：<ul><li><a href="/c1">城市</a></li><li><a href="/c2">水利</a></li></ul></div></div></div></div>
<div id="mw-navigation"><h2>导航菜单</h2><div id="mw-head"><div id="p-personal" role="navigation"><h3>个人工具</h3><ul><li>没有登录</li><li><a href="/talk">讨论</a></li><li><a href="/login">登录</a></li></ul></div><div id="p-views" role="navigation"><ul><li><a href="/r">阅读</a></li><li><a href="/e">编辑</a></li><li><a href="/h">查看历史</a></li></ul></div></div><div id="mw-panel"><div role="navigation" class="portal"><h3>导航</h3><ul><li><a href="/m">首页</a></li><li><a href="/rand">随机条目</a></li></ul></div></div></div>
<div id="footer" role="contentinfo"><ul><li>本页面最后修订于2024年5月6日 (星期一) 10:02。</li><li>本站的全部文字在知识共享 署名-相同方式共享 4.0协议之条款下提供，附加条款亦可能应用。</li></ul><ul><li><a href="/p">隐私政策</a></li><li><a href="/d">免责声明</a></li></ul></div></body></html>"""


def webforms(a: Article) -> str:
    return f"""<html><head><title>{a.source}</title></head><body><form name="aspnetForm" method="post" action="Show.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="x">
<div id="header"><div id="menu"><a href="Default.aspx">首页</a><a href="List.aspx?id=1">新闻中心</a><a href="List.aspx?id=2">信息公开</a></div></div>
<div id="left" class="sidebar"><div class="login">用户登录<br>用户名：<input><br>密码：<input type=password><input type=submit value=登录></div><div><h4>点击排行</h4><ul><li><a href="Show.aspx?id=9">关于五一放假的通知</a></li><li><a href="Show.aspx?id=8">办事大厅迁址公告</a></li></ul></div></div>
<div id="right"><div class="position">您的位置：<a href="Default.aspx">首页</a> > <a href="List.aspx">新闻中心</a></div><h1><span id="lblTitle">{a.title}</span></h1><div>作者：<span>办公室</span> 发布时间：<span>{a.date}</span> 浏览：<span>77</span></div>
<div id="divContent">{a.body()}</div><div><a id="btnPrint" href="javascript:__doPostBack('p','')">打印</a> <a href="javascript:window.close()">关闭</a></div></div>
<div id="footer">版权所有：{a.source}　ICP备案：鄂ICP备05001234号<br>您是第 <span>120934</span> 位访问者</div></form></body></html>"""


def column_layout(a: Article) -> str:
    """The whole page in elements whose names say navigation, form and sidebar."""
    return f"""<html><head><title>{a.title}</title></head><body class="nav-open sidebar-layout"><div class="sidebar-layout"><div class="has-nav with-footer"><header><h1>{a.title}</h1><p>{a.date}</p>
<section class="text-block">{a.body()}</section></header></div></div></body></html>"""


def _amid(body: str, *extras: str) -> str:
    """The parts of a body with something between its paragraphs."""
    pieces = body.split("\n")
    for offset, extra in enumerate(extras, 1):
        places = [i for i, piece in enumerate(pieces) if i >= offset and piece.startswith("<p>")]
        pieces.insert(places[0] if places else len(pieces), extra)
    return "\n".join(pieces)


SKELETONS: tuple[Skeleton, ...] = (
    *(modern, old_tables, soup, bare, english_news, taiwan, wordpress, forum, encyclopaedia),
    *(webforms, column_layout),
)
