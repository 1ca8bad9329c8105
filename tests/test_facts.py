"""What is known of documents without their texts: kept by SQLite, current for every reader."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rag.editing import set_fields
from rag.embedding_cache import QUESTIONS as KEPT
from rag.facts import FIELDS, KnownFacts
from rag.store import Store
from tests.fakes import HashEmbedder
from tests.libraries import open_store, put, write_files


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_store(tmp_path / "资料库")
    put(made, write_files(tmp_path / "files"))
    return made


def require_current(store: Store) -> None:
    """The facts are those of the records, however they are asked for."""
    documents = store.documents()
    found = store.facts()
    assert [one.id for one in found] == [document.id for document in documents]
    for one, document in zip(found, documents, strict=True):
        for name in ("id", *FIELDS):
            assert getattr(one, name) == getattr(document, name), name
    ids = [document.id for document in documents]
    asked = KnownFacts(store.database.rows)
    for _ in range(5):
        assert asked.of([*ids, "nobody"]) == {one.id: one for one in found}
    assert store.facts_by_id(ids[:1]) == {ids[0]: found[0]}


def test_they_follow_every_change(store: Store, tmp_path: Path) -> None:
    require_current(store)
    set_fields(store, store.documents()[0], {"publisher": "环境局", "title": "新題目 New title"})
    assert "环境局" in {one.publisher for one in store.facts()}
    require_current(store)
    put(store, write_files(tmp_path / "files", {"more 更多.md": "# 更多\n\n2019年的报告。"}))
    require_current(store)
    (tmp_path / "files" / "harbour report.md").unlink()
    put(store, tmp_path / "files", mirror=True)
    require_current(store)


def test_they_follow_another_process(store: Store, tmp_path: Path) -> None:
    other = open_store(store.directory)
    require_current(other)
    put(store, write_files(tmp_path / "more", {"施政 2.txt": "施政報告二\n\n民國114年。"}))
    require_current(other)
    set_fields(store, store.documents()[0], {"publisher": "Harbour Board"})
    require_current(other)


def test_nothing_is_read_again_where_nothing_changed(store: Store) -> None:
    one, other = store.facts(), store.facts()
    assert all(first is second for first, second in zip(one, other, strict=True))
    store.embed(["a text that is not in the cache", "不在缓存中的文字"])
    assert store.facts()[0] is one[0]


@pytest.mark.parametrize("state", ["none", "older", "fewer"])
@pytest.mark.parametrize("read_only", [False, True])
def test_a_library_of_another_version_gets_its_facts(
    store: Store, monkeypatch: pytest.MonkeyPatch, state: str, read_only: bool
) -> None:
    store.close()
    with closing(sqlite3.connect(store.directory / "library.db")) as connection, connection:
        connection.execute("UPDATE meta SET value = 'date' WHERE key = 'facts_made_by'")
        if state == "none":
            for name in ("facts_put", "facts_revised", "facts_forgotten"):
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute("DROP TABLE facts")
        elif state == "fewer":
            connection.execute("UPDATE facts SET fields = '[null]'")
    monkeypatch.setattr("rag.schema._writable", lambda path: not read_only)
    again = open_store(store.directory)
    assert again.database.read_only == read_only
    require_current(again)
    again.close()


def test_the_table_holds_no_texts(store: Store) -> None:
    for (fields,) in store.database.rows("SELECT fields FROM facts"):
        assert len(json.loads(fields)) == len(FIELDS)
        assert len(fields) < 500


class Counting(HashEmbedder):
    """Counts the questions it embeds."""

    asked = 0

    def embed_query(self, input: list[str]) -> list[object]:  # type: ignore[override]  # noqa: A002
        self.asked += len(input)
        return list(super().embed_query(input))


def test_a_question_is_embedded_once(tmp_path: Path) -> None:
    embedder = Counting()
    store = open_store(tmp_path / "library", lambda: embedder)
    first = store.embed_question("渔港 harbour")
    assert store.embed_question("渔港 harbour") is first
    assert embedder.asked == 1
    assert not first.flags.writeable
    assert (first == HashEmbedder().embed_query(["渔港 harbour"])[0]).all()
    for number in range(KEPT):
        store.embed_question(str(number))
    assert (store.embed_question("渔港 harbour") == first).all()
    assert embedder.asked == KEPT + 2


def test_facts_with_the_same_years_are_about_the_same(store: Store) -> None:
    one = store.facts()[0]
    assert replace(one, years=(2021,), event_date=None).all_years == {2021}
    assert replace(one, years=(2021,), event_date="2022-01").all_years == {2021, 2022}
    assert replace(one, years=(), event_date=None, date="2020").all_years == {2020}
