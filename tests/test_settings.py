"""Settings: which origin wins, what a typing mistake says, and that keys stay secret."""

from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.settings import CONFIG_FILE, Settings, load_settings

SECRET = "sk-秘密-0123456789"


def write(text: str) -> None:
    Path(CONFIG_FILE).write_text(text, "utf-8")


def one_line(error: SettingsError) -> str:
    line = str(error)
    assert "\n" not in line
    assert error.hint
    return line


def test_defaults_stand_when_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YINJU_LIBRARY")
    settings = load_settings()
    assert (settings.mode, settings.embedder, settings.base_url) == ("auto", None, None)
    assert settings.library.parts[-2:] == ("yinju", "library")


def test_file_then_environment_then_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    write('top_k = 3\nchunk_tokens = 100\nmodel = "文件-模型"\n')
    monkeypatch.setenv("YINJU_TOP_K", "5")
    monkeypatch.setenv("YINJU_CHUNK_TOKENS", "120")
    settings = load_settings(top_k=7)
    assert (settings.top_k, settings.chunk_tokens, settings.model) == (7, 120, "文件-模型")


def test_none_and_the_empty_variable_override_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    write('model = "模型"\ntop_k = 3\n')
    monkeypatch.setenv("YINJU_MODEL", "")
    assert load_settings(top_k=None, model=None).model == "模型"
    assert load_settings(top_k=None).top_k == 3


def test_the_file_is_the_one_of_the_directory_given(tmp_path: Path) -> None:
    folder = tmp_path / "專案 Project"
    folder.mkdir()
    (folder / CONFIG_FILE).write_text("top_k = 9\n", "utf-8")
    assert load_settings(folder).top_k == 9
    assert load_settings().top_k != 9


def test_paths_lose_the_tilde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    settings = load_settings(library="~/资料库", models="~/models")
    assert settings.library == tmp_path / "资料库"
    assert settings.models == tmp_path / "models"


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("libary", "library"),
        ("topk", "top_k"),
        ("chunk_token", "chunk_tokens"),
        ("embeder", "embedder"),
        ("api_keys", "api_key"),
    ],
)
@pytest.mark.parametrize("origin", ["file", "environment", "argument"])
def test_an_unknown_key_names_the_nearest(
    origin: str, key: str, near: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if origin == "file":
        write(f'{key} = "1"\n')
    if origin == "environment":
        monkeypatch.setenv(f"YINJU_{key.upper()}", "1")
    arguments = {key: "1"} if origin == "argument" else {}
    with pytest.raises(SettingsError) as caught:
        load_settings(**arguments)
    line = one_line(caught.value)
    assert f"Unknown setting {key!r}" in line
    assert repr(near) in line
    assert (CONFIG_FILE if origin == "file" else origin) in line


def test_a_key_like_none_lists_them_all() -> None:
    write('"资料库" = "x"\n')
    with pytest.raises(SettingsError) as caught:
        load_settings()
    line = one_line(caught.value)
    assert "资料库" in line
    for key in Settings.model_fields:
        assert key in line


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("top_k", "0"),
        ("top_k", "八"),
        ("top_k", "1.5"),
        ("chunk_tokens", "9999"),
        ("mode", "離線"),
        ("mode", "ＡＵＴＯ"),
        ("timeout", "-1"),
        ("retries", "many"),
    ],
)
def test_an_unusable_value_names_its_key(
    key: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"YINJU_{key.upper()}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    line = one_line(caught.value)
    assert repr(key) in line
    assert f"YINJU_{key.upper()}" in line


@pytest.mark.parametrize(
    "content",
    [b"top_k = \n", b"= 3", '模型 = "x"'.encode(), "model = '模型'".encode("gbk"), b"\xff\xfe"],
    ids=["no-value", "no-key", "bare-han-key", "gbk", "garbage"],
)
def test_a_file_that_is_not_toml_says_so(content: bytes) -> None:
    Path(CONFIG_FILE).write_bytes(content)
    with pytest.raises(SettingsError, match=CONFIG_FILE) as caught:
        load_settings()
    assert "TOML" in one_line(caught.value)


def test_a_folder_in_place_of_the_file_says_so() -> None:
    Path(CONFIG_FILE).mkdir()
    with pytest.raises(SettingsError, match=CONFIG_FILE):
        load_settings()


@pytest.mark.parametrize("key", ["api_key", "embedding_api_key"])
def test_secrets_are_never_shown(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"YINJU_{key.upper()}", SECRET)
    settings = load_settings()
    shown = [repr(settings), str(settings), f"{settings}", str(settings.model_dump())]
    shown.append(settings.model_dump_json())
    assert not any(SECRET in text for text in shown)
    assert getattr(settings, key).get_secret_value() == SECRET


def test_a_secret_is_not_shown_by_an_error_about_it() -> None:
    write(f'api_key = ["{SECRET}"]\n')
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "api_key" in str(caught.value)
    assert SECRET not in str(caught.value)


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().top_k = 3  # type: ignore[misc]
