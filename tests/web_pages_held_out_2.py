"""A second set of pages that no rule was tuned on; those whose structure invites a loss come last."""
# ruff: noqa: E501

from tests.web_articles import Article
from tests.web_pages import Skeleton


def court(a: Article) -> str:
    return f"""<html><head><meta name="keywords" content="x"><title>{a.source} {a.title}</title></head><body><div class="wrapper1"><div class="dttop"><span>今天是：2025年3月7日</span><span><a href="/login">登录</a>｜<a href="/reg">注册</a></span></div><div class="dh"><ul><li><a href="/">网站首页</a></li><li><a href="/a">审务公开</a></li><li><a href="/b">裁判文书</a></li></ul></div><div class="ssk"><input value="请输入关键字"><a href="javascript:s()">搜索</a></div>
<div class="weizhi">当前位置: <a href="/">首页</a> / <a href="/n">新闻</a></div><div class="b_title">{a.title}</div><div class="b_time">发布时间：{a.date}　　信息来源：{a.source}　　浏览量：2,031</div><div class="txt">{a.body('<p class="MsoNormal"><span lang="EN-US"> </span><span>{}</span></p>', '<p class="MsoNormal"><b><span>{}</span></b></p>')}</div><div class="bdsharebuttonbox">分享：<a href="#">QQ空间</a><a href="#">新浪微博</a></div>
<div class="pages"><p>上一条：<a href="/1">关于公开选聘的公告</a></p><p>下一条：<a href="/2">院长接待日安排</a></p></div></div><div class="db"><div class="db_l"><a href="/gy">关于我们</a><a href="/lx">联系我们</a></div><div class="db_r">{a.source} 版权所有 <br>地址：建设路88号 邮编：100000 总机：010-12345678<br>建议使用IE9.0以上浏览器浏览</div></div></body></html>"""


def magazine(a: Article) -> str:
    return f"""<!doctype html><html lang=en><head><title>{a.title} — {a.source}</title></head><body><div class="o-header"><button class="o-header__menu">Sections</button><a class="o-header__logo" href="/">{a.source}</a><a href="/account">My account</a></div><div class="o-edition"><a href="/ed/uk">UK edition</a><a href="/ed/us">US edition</a></div>
<div class="gs-container"><figure class="lead-image"><img src=a.jpg></figure><span class="flag"><a href="/features">Features</a></span><h1>{a.title}</h1><div class="credits"><a href="/by/dr">D. Reed</a><span>{a.date}</span></div><div class="listen"><button>Listen to this story</button><span>7:42</span></div>
<div class="gs-body">{a.body()}<div class="paywall-fade"></div></div><div class="offer"><h3>Enjoying this story?</h3><p>Get unlimited access to all our journalism for less than the price of a coffee a week.</p><a class="btn" href="/offer">See offers</a></div>
<div class="explore"><h4>Explore more</h4><ul><li><a href="/e1">Cities</a></li><li><a href="/e2">Transport</a></li></ul><p>This article appeared in the print edition under the headline “Back on track”.</p></div><div class="grid"><div class="grid-cell"><a href="/g1"><span>Culture</span><h4>A museum for bread</h4></a></div><div class="grid-cell"><a href="/g2"><span>Science</span><h4>How glaciers whistle</h4></a></div></div></div>
<div class="o-footer"><div><h6>Keep updated</h6><a href="/fb">Facebook</a></div><div><h6>Subscriber services</h6><a href="/faq">Help</a></div><p>Copyright © {a.source} Limited 2025. All rights reserved.</p></div></body></html>"""


def blog_platform(a: Article) -> str:
    return f"""<!DOCTYPE html><html lang="zh-cn"><head><title>{a.title} - 木匠的博客 - {a.source}</title></head><body><div id="top_nav" class="navbar"><ul><li><a href="/">{a.source}</a></li><li><a href="/w">会员</a></li><li><a href="/s">闪存</a></li></ul></div><div id="home"><div id="header"><div id="blogTitle"><h1><a href="/u/mj">木匠的博客</a></h1><h2>慢慢来，比较快</h2></div><div id="navigator"><ul id="navList"><li><a href="/">首页</a></li><li><a href="/new">新随笔</a></li><li><a href="/c">联系</a></li></ul><div class="blogStats"><span>随笔 - 52</span> <span>文章 - 0</span> <span>评论 - 31</span></div></div></div>
<div id="main"><div id="mainContent"><div id="topics"><div class="post"><h1 class="postTitle"><a href="/p/1.html"><span>{a.title}</span></a></h1><div id="cnblogs_post_body" class="blogpost-body">{a.body()}</div><div id="blog_post_info"><div>好文要顶 关注我 收藏该文</div><div><a href="/u">木匠</a><br>粉丝 - 40 关注 - 3</div></div><div class="postDesc">posted @ {a.date} <a href="/u">木匠</a> 阅读(1530) 评论(4) <a href="/edit">编辑</a> 收藏 举报</div></div></div><div id="blog-comments-placeholder"><div class="feedback_area_title">评论列表</div><div class="feedbackItem"><a href="#1">#1楼</a> <a href="/x">小石</a><div class="blog_comment_body">写得很清楚，请问压缩级别再高一些会不会影响查询的速度呢？</div></div></div><div id="comment_form"><div class="login_tips">登录后才能查看或发表评论，立即 <a href="/l">登录</a></div></div></div><div id="sideBar"><div id="sideBarMain"><div class="newsItem"><h3>公告</h3><div>昵称：木匠<br>园龄：6年</div></div><div class="mySearch"><h3>搜索</h3></div><div class="catListTag"><h3>我的标签</h3><ul><li><a href="/t1">存储(8)</a></li><li><a href="/t2">随想(5)</a></li></ul></div></div></div></div><div id="footer">Copyright © 2024 木匠<br>Powered by .NET 8.0 on Kubernetes</div></div></body></html>"""


def university(a: Article) -> str:
    return f"""<!DOCTYPE html><html lang="zh-Hant"><head><title>{a.title} - {a.source}</title></head><body><a class="gotocontent" href="#start-C">跳到主要內容</a><div class="mtop"><div class="mlogo"><h1><a href="/index.php">{a.source}</a></h1></div><div class="mnav"><a href="/map">網站地圖</a><a href="/en">English</a><a href="/fb">粉絲專頁</a></div></div><div class="main"><div class="minner"><div class="row"><div class="col col_01"><div class="mt"><h2 class="mt-title">最新消息</h2></div><div class="module-ptdetail"><div class="mdetail"><h3 class="hdline">{a.title}</h3><ul class="mdetail-date"><li>發布日期：{a.date}</li><li>發布者：行政組</li></ul><div class="meditor">{a.body('<p><span style="font-size:1em">{}</span></p>', "<p><strong>{}</strong></p>")}</div><div class="mptattach"><span>附件</span><ul><li><a href="/f/plan.pdf">plan.pdf</a></li></ul></div><div class="mptviewnum">點閱：98</div></div></div></div><div class="col col_02"><div class="mlist"><a href="/about">單位簡介</a><a href="/people">成員</a><a href="/form">表單下載</a></div></div></div></div></div><div class="mfooter"><p>106 臺北市某路一段1號 TEL：02-1234-5678</p><p>© {a.source} 隱私權政策</p></div></body></html>"""


def press_agency(a: Article) -> str:
    return f"""<html><head><title>{a.title}</title><meta name="publishdate" content="{a.date}"/><meta name="source" content="{a.source}"/></head><body><div class="domPC"><div class="header"><div class="header-top clearfix"><div class="header-time left"><span class="year">2025</span> <span>03</span>/<span>06</span> <span>18:20:33</span></div><div class="header-nav-link"><a href="/en">English</a><a href="/fr">Français</a></div></div><div class="header-cont"><h1><span class="title">{a.title}</span></h1><div class="header-info"><span>来源：{a.source}</span><span>字体：<a href="javascript:;">小</a><a href="javascript:;">中</a><a href="javascript:;">大</a></span><a class="share">分享到：</a></div></div></div><div class="main clearfix"><div class="main-left left"><div id="detail"><span id="detailContent">{a.body("<p>　　{}</p>", "<p>　　<strong>{}</strong></p>")}</span><div class="relatedNews">【纠错】 <span>【责任编辑:周文】</span></div></div><div class="bookList">阅读下一篇：<a href="/n">城市夜航船</a></div></div><div class="main-right right"><div class="columBox"><h2>新闻热榜</h2><ul><li><a href="/1">雨中赶考</a></li><li><a href="/2">山里来了图书车</a></li></ul></div></div></div></div><div class="foot">Copyright © 2000 - 2025 All Rights Reserved. 制作单位：编辑部 版权所有</div></body></html>"""


def answers(a: Article) -> str:
    return f"""<!doctype html><html><head><title>{a.title} - 问答社区</title></head><body><header class="AppHeader"><a href="/">问答社区</a><nav><a href="/follow">关注</a><a href="/hot">热榜</a></nav><div class="SearchBar"><input><button>提问</button></div><button>登录/注册</button></header><div class="QuestionHeader"><div class="tags"><a href="/t/1">城市</a><a href="/t/2">生活</a></div><h1 class="QuestionHeader-title">{a.title}</h1><div class="NumberBoard"><div>关注者<b>120</b></div><div>被浏览<b>8,301</b></div></div><button>关注问题</button><button>写回答</button></div>
<div class="AnswerItem"><div class="AuthorInfo"><a href="/p/1">老木匠</a><div>修了三十年水管</div></div><div class="RichContent"><div class="RichText">{a.body()}</div><div class="ContentItem-time"><a href="/a/1">编辑于 {a.date}</a></div><div class="ContentItem-actions"><button>赞同 96</button><button>12 条评论</button><button>分享</button></div></div></div><aside><div class="Card"><div class="Card-header">相关问题</div><a href="/q1">自来水为什么有时候发白？</a><a href="/q2">老房子换水管要多少钱？</a></div><footer><a href="/u">用户协议</a><span> · </span><a href="/p">隐私政策</a><div>京 ICP 证 110745 号</div></footer></aside></body></html>"""


def sections(a: Article) -> str:
    """Each paragraph in an element whose class has a furniture word."""
    words = (
        "share-holders",
        "comment-on-law",
        "hot-topic",
        "related-work",
        "top",
        "side-effects",
        "tools-used",
        "tag-line",
    )
    pieces = a.body().split("\n")
    body = "".join(
        f'<div class="{words[i % len(words)]}">{piece}</div>' if piece.startswith("<p>") else piece
        for i, piece in enumerate(pieces)
    )
    return f"""<html><head><title>{a.title}</title></head><body><h1>{a.title}</h1>{body}</body></html>"""


def contents_list(a: Article) -> str:
    """A table of contents that repeats nothing of the page's furniture, and an aside with facts."""
    return f"""<html><head><title>{a.title} | {a.source}</title></head><body><nav><a href="/">Home</a> <a href="/all">All reports</a></nav><main><h1>{a.title}</h1>{a.body()}</main><footer>© {a.source}</footer></body></html>"""


def linked_text(a: Article) -> str:
    """Nearly every word of the text is a link."""
    return f"""<html><head><title>{a.title}</title></head><body><ul class="menu"><li><a href="/">Home</a></li><li><a href="/w">Works</a></li></ul><h1>{a.title}</h1>{a.body('<p><a href="/n1">{}</a></p>')}<div class="footer"><a href="/i">Imprint</a></div></body></html>"""


def form_page(a: Article) -> str:
    return f"""<html><head><title>{a.title}</title></head><body><div role="navigation"><form><div class="dialog"><h1>{a.title}</h1>{a.body()}</div></form></div></body></html>"""


HELD_OUT: tuple[Skeleton, ...] = (
    *(court, magazine, blog_platform, university, press_agency, answers),
    *(sections, contents_list, linked_text, form_page),
)
SKELETONS = HELD_OUT
