"""`hourstead demo`, `report` and `serve`: a year of Willow, its pages and its server."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from ledger.closing import period_states
from ledger.core.periods import Month
from ledger.database.engine import make_engine
from ledger.database.unit_of_work import read_books
from ledger.registers import communities, roles
from tests.web.commands.conftest import GOLDEN, Shell
from web import demo
from web.identity import passwords


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the demo once for every test that looks at it."""
    place = tmp_path_factory.mktemp("demo")
    shell = Shell("postgresql://nobody@127.0.0.1:1/never-asked", place)
    printed = shell.does("demo", "--dir", place / "here", "--no-serve")
    (place / "printed").write_text(printed)
    return place


def test_the_demo_is_a_verified_past_year_with_pages_and_logins(folder: Path) -> None:
    printed = (folder / "printed").read_text()
    assert "129 entries, 410 postings: all holds" in printed
    pages = sorted(path.name for path in (folder / "here" / "reports").iterdir())
    year = dt.datetime.now(dt.UTC).year - 1
    assert f"willow-budget-review-{year}-03.pdf" in pages
    assert all(path.read_bytes().startswith(b"%PDF") for path in (folder / "here" / "reports").iterdir())
    assert demo.PASSWORD in printed
    assert "treasurer" in printed


def test_the_demo_again_changes_nothing(folder: Path) -> None:
    again = Shell("sqlite://", folder).does("demo", "--dir", folder / "here", "--no-serve")
    assert again == (folder / "printed").read_text()


def test_the_demo_has_its_offices_filled_today(folder: Path) -> None:
    engine = make_engine(f"sqlite:///{folder / 'here' / 'hourstead.db'}")
    with read_books(engine, demo.SLUG) as unit:
        today = communities.today(unit)
        for role in ("treasurer", "organiser", "checker"):
            assert roles.holders(unit, role, today)
    engine.dispose()


def test_the_demos_last_two_months_wait_to_be_closed(folder: Path) -> None:
    engine = make_engine(f"sqlite:///{folder / 'here' / 'hourstead.db'}")
    with read_books(engine, demo.SLUG) as unit:
        december = Month(demo.demo_year(communities.today(unit)), 12)
        open_months = [one.month for one in period_states.month_states(unit, december) if not one.is_closed]
    engine.dispose()
    assert open_months == [december, december.previous()]


def test_the_demos_files_are_the_golden_year() -> None:
    for path in (demo.JOURNAL, demo.REGISTERS):
        assert path.read_bytes() == (GOLDEN / path.name).read_bytes()


def test_years_are_shifted_in_texts_and_never_in_codes_or_amounts() -> None:
    said = {
        "year": 2026,
        "code": "2025",
        "amount": 2026,
        "text": "Budget 2026, by 2027-03-01",
        "offered": {"2026": [2]},
    }
    assert demo.shift_years(said, -1) == {
        "year": 2025,
        "code": "2025",
        "amount": 2026,
        "text": "Budget 2025, by 2026-03-01",
        "offered": {"2025": [2]},
    }
    assert demo.demo_year(dt.date(2027, 1, 1)) == 2026


def test_the_demos_password_could_be_chosen() -> None:
    assert passwords.check_strength(demo.PASSWORD, ["Ana", "ana"]) == demo.PASSWORD


@pytest.fixture
def shell_of_demo(folder: Path) -> Shell:
    return Shell(f"sqlite:///{folder / 'here' / 'hourstead.db'}", folder)


def test_a_report_is_written_in_the_form_of_its_file(shell_of_demo: Shell, tmp_path: Path) -> None:
    asked = ("report", "budget-review", "--period", f"{dt.datetime.now(dt.UTC).year - 1}-03")
    for end, start in ((".pdf", b"%PDF"), (".html", b"<!doctype html"), (".csv", b""), (".json", b"{")):
        path = tmp_path / f"out{end}"
        assert shell_of_demo.does(*asked, "--out", path) == f"Written: {path}\n"
        assert path.read_bytes().lower().startswith(start.lower())
    said = shell_of_demo.data(*asked)
    assert said == json.loads((tmp_path / "out.json").read_text())
    came_in = next(figure for figure in said["figures"] if figure["slug"] == "money-in")
    assert came_in["columns"]["month"]["value"] is not None
    at = shell_of_demo.data(*asked, "--at", "5")
    assert at["figures"] != said["figures"]


def test_a_report_needs_a_name_a_month_and_a_place(shell_of_demo: Shell) -> None:
    assert "There is no report “poem”" in shell_of_demo.refusal("report", "poem", "--period", "2026-03", "--json")
    assert "not “.doc”" in shell_of_demo.refusal("report", "budget-review", "--period", "2026-03", "--out", "a.doc")
    assert "is not a month" in shell_of_demo.refusal("report", "budget-review", "--period", "March", status=2)
    assert "--out" in shell_of_demo.refusal("report", "budget-review", "--period", "2026-03", status=2)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answered(url: str, server: subprocess.Popen[str], seconds: float = 60) -> int:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # an address of this machine
                return int(answer.status)
        except OSError:
            time.sleep(0.2)
    return 0


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_the_server_answers_until_it_is_stopped(folder: Path, command: str) -> None:
    port = free_port()
    program = shutil.which("hourstead", path=str(Path(sys.executable).parent))
    where = ["--dir", str(folder / "here")] if command == "demo" else []
    env = {"HOURSTEAD_DATA_DIR": str(folder / "here"), "PATH": str(Path(sys.executable).parent)}
    asked = [str(program), command, *where, "--port", str(port)]
    with subprocess.Popen(asked, env=env, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert answered(f"http://127.0.0.1:{port}/healthz", server) == 200
        finally:
            server.send_signal(signal.SIGINT)
            said, _ = server.communicate(timeout=30)
    assert server.returncode == 0
    assert f"Serving at http://127.0.0.1:{port} until Ctrl-C." in said


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_port_that_is_taken_is_refused_before_anything_is_built(sqlite_shell: Shell, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        where = ("--dir", sqlite_shell.folder / "never") if command == "demo" else ()
        assert f"Port {port} is taken" in sqlite_shell.refusal(command, *where, "--port", port, status=2)
    assert not (sqlite_shell.folder / "never").exists()


def test_sqlite_is_never_served_by_several_processes(sqlite_shell: Shell) -> None:
    assert "one process" in sqlite_shell.refusal("serve", "--workers", "2", status=2)


def test_a_report_for_a_folder_that_is_not_there_names_it(sqlite_shell: Shell) -> None:
    nowhere = sqlite_shell.folder / "nowhere" / "march.pdf"
    said = sqlite_shell.refusal("export", "csv", "--out", nowhere)
    assert str(nowhere) in said
    assert ".part" not in said
