"""`hourstead close`: closes a month that is over."""

from __future__ import annotations

from typing import Any

import click

from ledger.closing.close import ClosePreview, close, preview_close
from ledger.core.periods import Month
from ledger.database.unit_of_work import read_books, write_books
from ledger.registers.communities import OPERATOR
from web.commands._params import MONTH
from web.commands._shared import choose_community, community_option, current_books, json_option, print_json


@click.command()
@click.argument("month", type=MONTH)
@community_option
@json_option
def command(month: Month, community: str | None, as_json: bool) -> None:
    """Close MONTH, such as 2026-03: its days take no more entries, and its balances are kept.

    The whole books are checked before. Refused while a check finds something, while an earlier month is open or
    before the month is over. What is worth a look (clearing accounts by age, what waits) is printed and stops nothing.
    """
    with current_books() as engine:
        slug = choose_community(engine, community)
        with read_books(engine, slug) as books:
            preview = preview_close(books, month)
        for finding in preview.verdict.findings:
            click.echo(f"  {finding.says}", err=True)
        with write_books(engine, slug) as books:
            seq = close(books, month, preview.verdict, entered_by=OPERATOR)
    if as_json:
        print_json(_preview_data(preview, seq))
        return
    for notice in preview.notices:
        click.echo(f"  {notice.says}")
    click.echo(f"{month} is closed, by number {seq}. Checked before: {preview.verdict.entries} entries, all holds.")


def _preview_data(preview: ClosePreview, seq: int) -> dict[str, Any]:
    notices = [{"about": notice.slug, "says": str(notice.says), "days": notice.days} for notice in preview.notices]
    return {"month": str(preview.month), "seq": seq, "checked": preview.verdict.head.seq, "notices": notices}
