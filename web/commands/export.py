"""`hourstead export`: the whole journal as a file."""

from __future__ import annotations

import click

from ledger.database.unit_of_work import read_books
from ledger.exchange.exports.beancount import beancount
from ledger.exchange.exports.csv_file import csv_rows
from ledger.exchange.exports.hledger import hledger
from ledger.exchange.exports.jsonl import jsonl
from web.commands._output_files import open_output
from web.commands._shared import (
    choose_community,
    community_option,
    current_books,
    json_option,
    print_json,
    show_progress,
)

FORMATS = {"beancount": beancount, "csv": csv_rows, "hledger": hledger, "jsonl": jsonl}


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.option("--out", required=True, help="The file to write; - for standard output.")
@click.option("--at", type=click.IntRange(min=1), metavar="SEQ", help="The books as they stood at this number.")
@click.option("--with-private", is_flag=True, help="With the words of private entries.")
@community_option
@json_option
def command(form: str, out: str, at: int | None, with_private: bool, community: str | None, as_json: bool) -> None:
    """Write the whole journal as FORMAT: beancount, csv, hledger or jsonl, which imports again."""
    with (
        current_books() as engine,
        show_progress("Exporting") as show,
        read_books(engine, choose_community(engine, community), at) as books,
    ):
        lines = 0
        with open_output(out) as file:
            for lines, text in enumerate(FORMATS[form](books, with_private=with_private), 1):
                file.write(text)
                if lines % 1000 == 0:
                    show(min(lines / (books.at + lines), 0.99))
    if as_json and out != "-":
        print_json(
            {"format": form, "out": out, "lines": lines, "head": {"seq": books.at, "hash": books.head.hash.hex()}}
        )
