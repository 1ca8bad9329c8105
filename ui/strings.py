"""Every string of the interface, in Chinese and English."""

from collections.abc import Mapping

from rag import KINDS, ORIGINS, REASONS
from ui.ask_strings import ASK
from ui.bilingual import Interface, Text

OWN_NAMES: dict[Interface, str] = {"zh": "中文", "en": "English"}
"""What each language calls itself, whatever the interface speaks."""

SEAL = ("引", "据")
"""The two characters of the name, for the seal beside it."""

STRINGS: dict[str, Text] = {
    **ASK,
    "app.name": Text("引据", "Yinju"),
    "app.tagline": Text("每句话都能查到出处", "Every sentence traced to its source"),
    "app.language": Text("界面语言", "Interface language"),
    "app.library": Text("资料库", "Library"),
    "app.documents": Text("{count} 份文档", "{count} documents"),
    "app.mode": Text("回答方式", "Answered by"),
    "mode.openai": Text("模型接口", "Model endpoint"),
    "mode.llama": Text("内置模型", "Embedded model"),
    "mode.extractive": Text("原文摘录", "Quotes only"),
    "mode.note.openai": Text(
        "问题和检索到的原文会发送到 {host}。", "Questions and passages found are sent to {host}."
    ),
    "mode.note.local": Text("一切都在本机完成。", "Everything stays on this computer."),
    "nav.ask": Text("问答", "Ask"),
    "nav.library": Text("文档", "Library"),
    "nav.summaries": Text("摘要", "Summaries"),
    "nav.evaluation": Text("核对", "Evaluation"),
    "nav.settings": Text("设置", "Settings"),
    "error.line": Text("没有完成：{message}", "Not done: {message}"),
    "document.undated": Text("日期不详", "undated"),
    "library.lead": Text(
        "文件清理后入库；删掉了什么、为什么删，都可以查。",
        "Files are cleaned before they are stored; what was removed, and why, stays on record.",
    ),
    "library.upload": Text("添加文件", "Add files"),
    "library.upload.help": Text(
        "存到资料库的 uploads 文件夹。", "Kept in the library's uploads folder."
    ),
    "library.ingesting": Text("正在处理 {name}", "Reading {name}"),
    "library.ingest": Text("加入资料库", "Add to the library"),
    "library.added": Text(
        "新增 {added}，更新 {changed}，未变 {unchanged}。",
        "{added} added, {changed} changed, {unchanged} unchanged.",
    ),
    "library.failed": Text("{name}：{reason}", "{name}: {reason}"),
    "library.browse": Text("选择文件", "Choose files"),
    "library.none": Text("资料库是空的。", "The library is empty."),
    "library.hint": Text("在表中选一行即可打开。", "Select a row to open it."),
    "library.text": Text("清理后的全文", "Clean text"),
    "library.facts": Text("资料", "Facts"),
    "library.save": Text("保存", "Save"),
    "library.facts.help": Text(
        "空着表示不详。改过的内容在文件重新读入后仍然有效。",
        "Blank means unknown. What you write holds when the file is read again.",
    ),
    "library.origin": Text("取自：{origin}", "from: {origin}"),
    "field.title": Text("标题", "Title"),
    "field.publisher": Text("来源", "Publisher"),
    "field.author": Text("作者", "Author"),
    "field.date": Text("发布日期", "Published"),
    "field.event_date": Text("会议或事件日期", "Date of the event"),
    "field.years": Text("所述年份", "Years it is about"),
    "field.kind": Text("类别", "Kind"),
    "field.language": Text("语言", "Language"),
    "library.sides": Text("原文与清理后对照", "Raw beside clean"),
    "library.whole": Text("也显示没有改动的行", "Show unchanged lines too"),
    "library.more": Text(
        "只显示前 {shown} 行，共 {count} 行。", "The first {shown} of {count} lines."
    ),
    "library.keep": Text("放回被删的行", "Put removed lines back"),
    "library.off": Text("对这份文档停用的规则", "Rules switched off for this document"),
    "library.decide": Text("重新清理", "Clean again"),
    "library.reset": Text("撤销上述决定", "Forget these decisions"),
    "library.event": Text("会议/事件 {date}", "event {date}"),
    "library.copy": Text(
        "与“{title}”几乎相同（{share}）。", "Nearly the same as “{title}” ({share})."
    ),
    "library.removals.none": Text("没有删改任何内容。", "Nothing was removed."),
    "library.remove": Text("从资料库移除", "Remove from the library"),
    "library.remove.sure": Text(
        "移除“{title}”？磁盘上的文件不受影响。",
        "Remove “{title}”? The file on disk stays.",
    ),
    "library.remove.yes": Text("确认移除", "Remove"),
    "library.removed": Text("已移除“{title}”。", "Removed “{title}”."),
    "column.title": Text("标题", "Title"),
    "column.date": Text("发布日期", "Published"),
    "column.event": Text("会议/事件", "Event"),
    "column.publisher": Text("来源", "Publisher"),
    "column.language": Text("语言", "Language"),
    "column.encoding": Text("编码", "Encoding"),
    "column.characters": Text("字数", "Characters"),
    "column.chunks": Text("段落", "Passages"),
    "column.warnings": Text("警告", "Warnings"),
    "column.key": Text("设置项", "Setting"),
    "column.value": Text("当前值", "Value"),
    "column.variable": Text("环境变量", "Variable"),
    "language.zh": Text("中文", "Chinese"),
    "language.en": Text("英文", "English"),
    "summaries.lead": Text(
        "每个要点中英对照，共用同一处引文。",
        "Each point stands in Chinese and English on the same citation.",
    ),
    "summaries.choose": Text("要写摘要的文档", "Documents to summarise"),
    "summaries.points": Text("要点数", "Points"),
    "summaries.write": Text("写摘要", "Write summaries"),
    "summaries.progress": Text(
        "{title}：第 {done} / {total} 点", "{title}: point {done} of {total}"
    ),
    "summaries.missing": Text("（未写出）", "(not written)"),
    "summaries.coverage": Text("读了 {read} / {total} 句", "{read} of {total} sentences read"),
    "summaries.json": Text("下载 JSON", "Download JSON"),
    "summaries.markdown": Text("下载 Markdown", "Download Markdown"),
    "evaluation.lead": Text(
        "把一个回答和它应当依据的原文放在一起，逐句核对。",
        "Check any answer, sentence by sentence, against the texts it should rest on.",
    ),
    "evaluation.one": Text("核对一个回答", "One answer"),
    "evaluation.file": Text("核对一个文件", "A file"),
    "evaluation.answer": Text("回答", "Answer"),
    "evaluation.contexts": Text("依据的原文", "Texts it should rest on"),
    "evaluation.contexts.help": Text("几段原文之间空一行。", "Leave a blank line between texts."),
    "evaluation.check": Text("核对", "Check"),
    "evaluation.upload": Text("JSONL 文件", "JSONL file"),
    "evaluation.upload.help": Text(
        '每行一个对象：{{"id", "answer", "contexts": […]}}',
        'One object a line: {{"id", "answer", "contexts": […]}}',
    ),
    "evaluation.score": Text("可信度", "Faithfulness"),
    "evaluation.unscored": Text("没有可核对的陈述", "Nothing to check"),
    "evaluation.claims": Text("{supported} / {total} 句有依据", "{supported} of {total} supported"),
    "evaluation.evidence": Text("对照的原文", "Judged against"),
    "evaluation.download": Text("下载结果", "Download results"),
    "evaluation.bad": Text(
        "第 {line} 行不是所需的 JSON 对象。", "Line {line} is not the JSON object needed."
    ),
    "evaluation.needed": Text("请填写回答和原文。", "Fill in the answer and the texts."),
    "settings.lead": Text(
        "这里只显示当前生效的设置。要修改，请编辑 {file} 或设置环境变量，然后重新启动。",
        "These are the settings in force. To change one, edit {file} or set its variable, "
        "then start again.",
    ),
    "settings.effective": Text("当前设置", "In force"),
    "settings.models": Text("内置模型", "Embedded models"),
    "settings.pulled": Text("已就绪", "ready"),
    "settings.absent": Text("未下载：{command}", "not pulled: {command}"),
    "settings.hosts": Text("会联系的主机", "Hosts that would be contacted"),
    "settings.hosts.none": Text("没有。一切都在本机完成。", "None. Everything stays here."),
    "settings.unset": Text("（未设置）", "(not set)"),
}

_CORE: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "kind": KINDS,
    "origin": ORIGINS,
    "reason": REASONS,
}
"""Words that the core says itself, in Chinese and English."""


def say(language: Interface, key: str, **values: object) -> str:
    """The string in this language, its placeholders filled in."""
    return getattr(STRINGS[key], language).format(**values)  # type: ignore[no-any-return]


def say_word(language: Interface, group: str, word: str) -> str:
    """A word of the core's, such as a reason for a removal; as it is where we have no other."""
    key = f"{group}.{word}"
    if key in STRINGS:
        return say(language, key)
    chinese, english = _CORE.get(group, {}).get(word, (word.replace("_", " "),) * 2)
    return chinese if language == "zh" else english
