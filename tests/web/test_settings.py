"""Settings are read once, checked, and frozen; a wrong one stops the start."""

from __future__ import annotations

import dataclasses
import os
import stat
from pathlib import Path

import pytest

from web.commands.serve import local_url
from web.settings import Settings, SettingWrong, default_data_dir, load_secret


def load(folder: Path, **more: str) -> Settings:
    return Settings.load(
        {"HOURSTEAD_DATA_DIR": str(folder), **{f"HOURSTEAD_{name}": value for name, value in more.items()}}
    )


def test_nothing_set_keeps_the_books_in_a_file_of_the_data_folder(tmp_path: Path) -> None:
    settings = load(tmp_path / "new")
    assert settings.database_url == f"sqlite:///{tmp_path / 'new' / 'hourstead.db'}"
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first, second = load(tmp_path).secret_key, load(tmp_path).secret_key
    assert first == second
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_secret_that_others_can_read_stops_the_start(tmp_path: Path) -> None:
    load_secret(tmp_path)
    (tmp_path / "secret_key").chmod(0o644)
    with pytest.raises(SettingWrong, match="chmod 600"):
        load(tmp_path)


def test_the_secret_is_never_printed(tmp_path: Path) -> None:
    settings = load(tmp_path, OLD_SECRET_KEYS="an old one, an older one")
    assert settings.secret_key not in repr(settings)
    assert settings.old_secret_keys == ("an old one", "an older one")
    assert "an old one" not in repr(settings)


@pytest.mark.parametrize(
    "wrong",
    [
        {"SECRET_KEY": "short"},
        {"PUBLIC_URL": "books.example"},
        {"PUBLIC_URL": "ftp://books.example"},
        {"PROXY_HOPS": "one"},
        {"PROXY_HOPS": "-1"},
        {"SECURE_COOKIES": "perhaps"},
    ],
)
def test_a_wrong_setting_stops_the_start(tmp_path: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(SettingWrong):
        load(tmp_path, **wrong)


def test_a_data_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingWrong, match="data folder"):
        load(tmp_path / "file" / "inside")


def test_a_public_address_on_https_makes_cookies_secure_and_its_host_trusted(tmp_path: Path) -> None:
    settings = load(tmp_path, PUBLIC_URL="https://books.example/")
    assert (settings.public_url, settings.secure_cookies) == ("https://books.example", True)
    assert settings.trusted_hosts[0] == "books.example"


def test_the_address_of_the_server_is_the_public_one_where_none_is_set(tmp_path: Path) -> None:
    here = {"HOURSTEAD_DATA_DIR": str(tmp_path)}
    for host, name in (("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::1", "[::1]")):
        assert Settings.load(here, listening=local_url(host, 8123)).public_url == f"http://{name}:8123"
    set_ = here | {"HOURSTEAD_PUBLIC_URL": "https://books.example.org"}
    assert Settings.load(set_, listening="http://127.0.0.1:8123").public_url == "https://books.example.org"


def test_what_is_set_wins_over_what_is_guessed(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        TRUSTED_HOSTS="a.example, b.example",
        SECURE_COOKIES="no",
        PUBLIC_URL="https://a.example",
        LANGUAGE="de",
        DATABASE_URL="postgresql+psycopg://localhost/books",
        MAX_CONTENT_LENGTH="1000",
        WORKSHOP="on",
    )
    assert settings.trusted_hosts == ("a.example", "b.example")
    assert (settings.secure_cookies, settings.max_content_length, settings.workshop) == (False, 1000, True)
    assert (settings.language, settings.database_url) == ("de", "postgresql+psycopg://localhost/books")


def test_settings_never_change(tmp_path: Path) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        load(tmp_path).language = "de"  # type: ignore[misc]


def test_no_host_and_no_size_below_nought_are_taken(tmp_path: Path) -> None:
    for wrong in ({"trusted_hosts": ()}, {"max_content_length": -1}):
        with pytest.raises(SettingWrong):
            dataclasses.replace(load(tmp_path), **wrong)


@pytest.mark.parametrize(
    ("platform", "variable", "ending"),
    [
        ("darwin", "HOME", "Library/Application Support/Hourstead"),
        ("win32", "LOCALAPPDATA", "Hourstead"),
        ("linux", "XDG_DATA_HOME", "hourstead"),
    ],
)
def test_each_system_has_its_own_place_for_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, variable: str, ending: str
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv(variable, os.fspath(tmp_path))
    assert default_data_dir() == tmp_path / ending
