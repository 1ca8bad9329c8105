"""Pages that no rule was tuned on: written before they were first measured, then left alone."""
# ruff: noqa: E501

from tests.web_articles import Article
from tests.web_pages import Skeleton


def ministry(a: Article) -> str:
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{a.title}-{a.source}</title><meta name="SiteName" content="{a.source}"><meta name="ColumnName" content="工作动态"><meta name="PubDate" content="{a.date}"></head><body>
<div class="innerHead"><div class="inHeadTop"><a href="http://www.example.gov.cn">中国政府网</a><a href="/search">高级检索</a><a href="/rss">RSS订阅</a></div><h2 class="logoTxt"><a href="/index.html">{a.source}</a></h2>
<ul class="mainNavUl"><li><a href="/jg">机构职能</a></li><li><a href="/zc">政策文件</a></li><li><a href="/sj">数据公开</a></li><li><a href="/hd">公众参与</a></li></ul></div>
<div class="innerBg"><div class="crumbsNav"><a href="/index.html">首页</a><i>&gt;</i><a href="/xw">新闻发布</a><i>&gt;</i><a href="/xw/gz">工作动态</a></div>
<div class="neiright"><h2 class="neiright_Title">{a.title}</h2><div class="wjkFontBox"><em>{a.date}</em><em>来源：{a.source}</em><div class="share-box"><b>分享到：</b><a class="wx">[微信]</a><a class="wb">[微博]</a><a href="javascript:window.print()">[打印]</a>字号：<i>[大]</i><i>[中]</i><i>[小]</i></div></div>
<div class="neiright_JPZ_GK_CP"><div class="TRS_Editor"><style>.TRS_Editor P{{margin:0}}</style>{a.body('<p align="justify">　　{}</p>', '<p align="center"><strong>{}</strong></p>')}</div></div>
<div class="neiright_xgxw"><h3>相关链接</h3><a href="/l1">图解：一张图看懂今年的工作安排</a><a href="/l2">答记者问</a></div></div></div>
<div class="innerFoot"><div class="link"><dl><dt>链接：</dt><dd><a href="http://a">全国人大</a><a href="http://b">国务院部门</a><a href="http://c">地方政府</a></dd></dl></div><div class="copyRight"><p>{a.source}版权所有</p><p>网站标识码：bm17000009 京ICP备05009132号 <img> 京公网安备 11040102700072号</p></div></div></body></html>"""


def hashed(a: Article) -> str:
    """A single-page application: names that say nothing."""
    return f"""<!doctype html><html lang="{a.language}"><head><title>{a.title}</title><meta property="og:site_name" content="{a.source}"/><meta property="og:title" content="{a.title}"/></head><body><div id="root"><div class="css-1x2y3z"><div class="css-9ab"><div class="css-0"><a href="/"><svg><title>logo</title></svg>{a.source}</a></div><div class="css-77"><a href="/topics">Topics</a><a href="/series">Series</a><a href="/jobs">Jobs</a><button class="css-b">Get started</button></div></div>
<div class="css-k2"><div class="css-q1"><h1 class="css-h">{a.title}</h1><div class="css-r"><div><a href="/@lin">Lin Yue</a><button>Follow</button></div><div><span>6 min read</span> · <span>{a.date}</span></div></div><div class="css-s"><button>128</button><button>4</button><button aria-label="save">Save</button></div>
<div class="css-t">{a.body('<p class="css-p">{}</p>', '<h2 class="css-p2">{}</h2>')}</div>
<div class="css-u"><a href="/tag/1">Storage</a><a href="/tag/2">Engineering</a><a href="/tag/3">City life</a></div>
<div class="css-v"><div><a href="/@lin">Written by Lin Yue</a></div><div>1.2K followers</div><div>Writes about machines, gardens and slow software.</div></div>
<div class="css-w"><h2>More from Lin Yue</h2><div><a href="/p1"><h3>What a broken pump taught me</h3><p>It was a Sunday evening when the basement began to fill with water, and nobody was home.</p></a><span>Mar 2</span></div><div><a href="/p2"><h3>Five small tools</h3><p>They fit in one pocket and I would not leave the house without them any more.</p></a><span>Jan 9</span></div></div></div></div>
<div class="css-z"><a href="/help">Help</a><a href="/status">Status</a><a href="/careers">Careers</a><a href="/privacy">Privacy</a><a href="/terms">Terms</a></div></div></div></body></html>"""


def hong_kong(a: Article) -> str:
    return f"""<html lang="zh-hk"><head><title>{a.title}</title></head><body><div id="wrapper"><table border="0" cellpadding="0" cellspacing="0" width="100%"><tr><td><img src="brand.gif" alt="品牌"></td><td align="right"><a href="/sc">简体版</a> | <a href="/eng">English</a> | <a href="/archives">寄給朋友</a></td></tr></table>
<table width="100%"><tr><td width="170" valign="top"><table><tr><td><a href="/today">今日新聞公報</a></td></tr><tr><td><a href="/list">新聞公報存檔</a></td></tr><tr><td><a href="/photo">今日新聞相片</a></td></tr></table></td>
<td valign="top"><table><tr><td><span id="PRHeadlineSpan"><b>{a.title}</b></span></td></tr><tr><td>＊＊＊＊＊＊＊＊＊＊</td></tr><tr><td><span id="pressrelease">{a.body("{}<br><br>", "<b>{}</b><br><br>")}</span></td></tr><tr><td>完／{a.date}<br>香港時間14時30分</td></tr></table>
<table><tr><td><a href="javascript:print()">列印此頁</a></td><td><a href="#top">返回頁首</a></td></tr></table></td></tr></table><div>即日新聞 | <a href="/rss">RSS訂閱</a> | <a href="/notice">重要告示</a></div></div></body></html>"""


def corporate(a: Article) -> str:
    return f"""<!DOCTYPE html><html lang="{a.language}"><head><title>{a.source} | {a.title}</title></head><body><nav class="navbar navbar-expand-lg fixed-top"><div class="container"><a class="navbar-brand" href="/">{a.source}</a><div class="collapse navbar-collapse"><ul class="navbar-nav"><li class="nav-item"><a class="nav-link" href="/products">Products</a></li><li class="nav-item"><a class="nav-link" href="/solutions">Solutions</a></li><li class="nav-item"><a class="nav-link" href="/company">Company</a></li></ul><a class="btn btn-primary" href="/demo">Request a demo</a></div></div></nav>
<section class="page-header bg-light"><div class="container"><ol class="breadcrumb"><li class="breadcrumb-item"><a href="/">Home</a></li><li class="breadcrumb-item"><a href="/press">Press</a></li><li class="breadcrumb-item active">{a.title}</li></ol><h1>{a.title}</h1><p class="text-muted">{a.date}</p></div></section>
<section class="py-5"><div class="container"><div class="row"><div class="col-lg-8">{a.body()}</div><div class="col-lg-4"><div class="card"><div class="card-header">Media contact</div><div class="card-body">press@example.com<br>+44 20 7946 0000</div></div><div class="card mt-4"><div class="card-header">Latest releases</div><ul class="list-group"><li class="list-group-item"><a href="/r1">A new plant for the north</a></li><li class="list-group-item"><a href="/r2">Results for the third quarter</a></li></ul></div></div></div></div></section>
<section class="cta bg-primary"><div class="container text-center"><h2>Ready to see it in action?</h2><p>Talk to one of our specialists and find out how much time your team could save every week.</p><a class="btn" href="/demo">Book a call</a></div></section>
<footer class="bg-dark"><div class="container"><div class="row"><div class="col"><h5>Company</h5><ul><li><a href="/about">About</a></li><li><a href="/jobs">Careers</a></li></ul></div><div class="col"><h5>Follow us</h5><a href="/li">LinkedIn</a> <a href="/yt">YouTube</a></div></div><small>© 2025 {a.source} Ltd. Registered in England no. 01234567.</small></div></footer></body></html>"""


def journal(a: Article) -> str:
    return f"""<!DOCTYPE html><html><head><title>{a.title} | {a.source}</title><meta name="citation_title" content="{a.title}"><meta name="citation_publication_date" content="{a.date}"><meta name="citation_author" content="Okafor, N."></head><body><div class="u-lazy-ad-wrapper"><aside class="c-ad" aria-label="Advertisement"><p class="c-ad__label">Advertisement</p></aside></div><header class="c-header"><a href="/">{a.source}</a><ul class="c-header__menu"><li><a href="/search">Search</a></li><li><a href="/login">Log in</a></li></ul></header>
<main><article><div class="c-article-header"><ul class="c-article-identifiers"><li>Article</li><li><a href="/oa">Open access</a></li><li>Published: <time datetime="{a.date}">{a.date}</time></li></ul><h1 class="c-article-title">{a.title}</h1><ul class="c-article-author-list"><li><a href="#auth-1">N. Okafor</a><sup><a href="#Aff1">1</a></sup></li><li><a href="#auth-2">Li Min</a><sup><a href="#Aff2">2</a></sup></li></ul><ul class="c-article-metrics-bar"><li>12k Accesses</li><li>31 Citations</li><li><a href="/metrics">Metrics details</a></li></ul></div>
<div class="c-article-body"><section>{a.body('<p>{}<sup><a href="#ref-CR1">1</a></sup></p>')}</section></div></article>
<section class="c-rights"><h2>Rights and permissions</h2><p>Open Access This article is licensed under a Creative Commons Attribution 4.0 International License.</p><p><a href="/reprints">Reprints and permissions</a></p></section></main>
<aside class="c-article-extras"><div class="c-article-pdf-download"><a href="/a.pdf">Download PDF</a></div><h3>Sections</h3><ol><li><a href="#Abs1">Abstract</a></li><li><a href="#Sec1">Main</a></li></ol></aside>
<footer class="c-footer"><ul><li><a href="/a">Journals A-Z</a></li><li><a href="/b">Nature careers</a></li></ul><p>© 2025 {a.source} Limited</p></footer></body></html>"""


def epaper(a: Article) -> str:
    return f"""<html><head><title>{a.source}</title></head><body><div class="ban"><a href="node_2.htm">返回目录</a>　<a href="content_1.htm">上一篇</a>　<a href="content_3.htm">下一篇</a>　<a href="#">放大+</a> <a href="#">缩小-</a> <a href="#">默认o</a></div><div class="lai">{a.date}　星期四　第03版：要闻</div>
<div class="text_c"><h3></h3><h1>{a.title}</h1><h2></h2><h4>本报记者 周文</h4><div id="ozoom">{a.body("<P>　　{}</P>", "<P>　　<b>{}</b></P>")}</div></div><div class="ban">版权声明：凡本报记者署名文章，未经授权不得转载。</div></body></html>"""


def docs(a: Article) -> str:
    return f"""<!DOCTYPE html><html lang="{a.language}"><head><title>{a.title} &mdash; {a.source} documentation</title></head><body><div class="related" role="navigation"><h3>Navigation</h3><ul><li><a href="genindex.html">index</a> |</li><li><a href="next.html">next</a> |</li><li><a href="index.html">{a.source} documentation</a> &raquo;</li></ul></div>
<div class="document"><div class="documentwrapper"><div class="bodywrapper"><div class="body" role="main"><section id="x"><h1>{a.title}<a class="headerlink" href="#x" title="Permalink">¶</a></h1><div class="toctree-wrapper"></div>{a.body("<p>{}</p>", '<h2>{}<a class="headerlink" href="#y">¶</a></h2>')}</section></div></div></div><div class="sphinxsidebar" role="navigation"><h3>Table of Contents</h3><ul><li><a href="intro.html">Introduction</a></li><li><a href="use.html">Usage</a></li></ul><div role="search"><h3>Quick search</h3><form><input><input type=submit value=Go></form></div></div></div>
<div class="footer" role="contentinfo">&copy; Copyright 2024, {a.source}. Created using <a href="https://example.org">a generator</a> 7.2.</div></body></html>"""


def phone(a: Article) -> str:
    """An article of a messaging platform."""
    return f"""<!DOCTYPE html><html><head><title></title><meta property="og:title" content="{a.title}"><meta name="author" content="{a.source}"></head><body id="activity-detail" class="zh_CN"><div id="js_article" class="rich_media"><div class="rich_media_inner"><div id="page-content"><div id="img-content" class="rich_media_wrp"><h1 class="rich_media_title" id="activity-name">{a.title}</h1><div id="meta_content" class="rich_media_meta_list"><span class="rich_media_meta">原创</span><span class="rich_media_meta"><a href="javascript:void(0);">{a.source}</a></span><em id="publish_time">{a.date}</em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden;">{a.body('<section><section><p><span style="font-size:15px">{}</span></p></section></section>', "<section><p><strong>{}</strong></p></section>")}</div></div></div>
<div class="rich_media_tool"><span>阅读 <i>3102</i></span><span>赞 <i>25</i></span><span>在看 <i>9</i></span></div><div class="qr_code_pc"><p>微信扫一扫<br>关注该公众号</p></div></div></div></body></html>"""


def nested_columns(a: Article) -> str:
    return f"""<html><head><title>{a.source}</title></head><body><center><table width=778><tr><td><table width="100%"><tr><td><font size=2>今天是2025年3月7日 星期五</font></td><td align=right><font size=2><a href=/>设为首页</a> <a href=/>加入收藏</a></font></td></tr></table></td></tr>
<tr><td><table width="100%"><tr><td><a href=/a>本局概况</a></td><td><a href=/b>业务公告</a></td><td><a href=/c>下载中心</a></td></tr></table></td></tr>
<tr><td><table><tr><td width=560 valign=top><table width="100%"><tr><td height=40 align=center><b><font size=4>{a.title}</font></b></td></tr><tr><td align=center>[ 作者：佚名 &nbsp; 来源：{a.source} &nbsp; 更新时间：{a.date} &nbsp; 点击：508 ]</td></tr><tr><td>{a.body("&nbsp;&nbsp;&nbsp;&nbsp;{}<br>", "<b>{}</b><br>")}</td></tr><tr><td><li>上一篇文章：<a href=/1>办公楼搬迁公告</a><li>下一篇文章：<a href=/3>没有了</a></td></tr></table></td>
<td width=200 valign=top><table><tr><td><b>热点文章</b></td></tr><tr><td>·<a href=/h1>办理须知（一）</a></td></tr><tr><td>·<a href=/h2>办理须知（二）</a></td></tr></table><table><tr><td><b>在线调查</b></td></tr><tr><td><form>您觉得本站怎么样？<br><input type=radio>很好<br><input type=radio>一般<br><input type=submit value=投票></form></td></tr></table></td></tr></table></td></tr>
<tr><td align=center><hr>| <a href=/s1>关于本站</a> | <a href=/s2>联系站长</a> | <a href=/s3>友情链接</a> |<br>Copyright 2003-2025 <b>{a.source}</b> All Rights Reserved 页面执行时间：15.63毫秒</td></tr></table></center></body></html>"""


def portal(a: Article) -> str:
    return f"""<!doctype html><html><head><title>{a.title}|水务|江城_新闻中心_{a.source}</title></head><body><div class="top-banner" id="top-banner"><div class="ad"><a href="/ad1">限时特惠 全场五折起</a></div></div><div class="main-nav"><a href="/">首页</a><a href="/finance">财经</a><a href="/tech">科技</a><a href="/sports">体育</a><a href="/ent">娱乐</a></div><div class="main-content w1240"><div class="path"><a href="/">新闻中心</a> &gt; <a href="/c">国内</a> &gt; 正文</div><h1 class="main-title">{a.title}</h1><div class="top-bar-wrap"><div class="date-source"><span class="date">{a.date}</span> <a class="source" href="/s">{a.source}</a></div><div class="page-tools"><span>收藏</span><span>评论(12)</span></div></div>
<div class="article-content clearfix"><div class="article-content-left"><div class="article" id="article">{a.body("<p>　　{}</p>", "<p><strong>{}</strong></p>")}<p class="show_author">责任编辑：周文 </p></div><div class="keywords" id="keywords">文章关键词： <a href="/k1">水务</a> <a href="/k2">江城</a></div><div class="article-bottom"><p>我要反馈</p><a class="app" href="/app">打开新闻客户端 提升3倍流畅度</a></div><div class="ct_page_wrap"><h2>相关新闻</h2><ul><li><a href="/x1">一批老旧小区改造完工</a></li><li><a href="/x2">地铁新线开通</a></li></ul></div></div>
<div class="article-content-right"><div class="tit">24小时滚动播报最新的财经资讯和视频，更多粉丝福利扫描二维码关注</div><div class="blk"><h3>股市直播</h3><ul><li><a href="/z1">图文直播间</a></li><li><a href="/z2">视频直播间</a></li></ul></div></div></div></div><div class="page-footer"><a href="/ab">关于我们</a> | <a href="/gg">广告服务</a> | <a href="/lx">联系我们</a><p>客户服务热线：400-000-0000 欢迎批评指正</p></div></body></html>"""


HELD_OUT: tuple[Skeleton, ...] = (
    *(ministry, hashed, hong_kong, corporate, journal, epaper, docs, phone, nested_columns),
    portal,
)
SKELETONS = HELD_OUT
