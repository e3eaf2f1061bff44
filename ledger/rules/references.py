"""Rules about what is named: accounts, funds, programmes and decisions come from the community's lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ledger.core.errors import FieldWrong, UnknownAccount, UnknownDecision, UnknownFund, UnknownProgramme
from ledger.core.messages import make_message
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import FieldSpec, account_fits, fields_of, fund_fits
from ledger.rules.proposal import Proposal


def names_what_there_is(case: Proposal) -> None:
    """Every code is in its list, and of the sort that the question asks for."""
    for spec, code in _codes(case.kind):
        _CHECKS[spec.type](spec, code, case.books)


def _codes(filled: Any) -> Iterator[tuple[FieldSpec, str]]:
    for spec in fields_of(type(filled)):
        answer = getattr(filled, spec.name)
        if spec.type == "rows":
            for row in answer:
                yield from _codes(row)
        elif spec.type in _CHECKS and answer is not None:
            yield spec, answer


def _account(spec: FieldSpec, code: str, books: BooksView) -> None:
    found = books.find_account(code)
    if found is None:
        raise UnknownAccount(
            make_message("There is no account “%(code)s” in the chart of accounts.", code=code), spec.name
        )
    if not account_fits(spec, found):
        raise FieldWrong(
            spec.name, make_message("This account is not of the kind that is asked for: %(name)s", name=found.name)
        )


def _fund(spec: FieldSpec, code: str, books: BooksView) -> None:
    found = books.find_fund(code)
    if found is None:
        raise UnknownFund(make_message("There is no fund “%(code)s”.", code=code), spec.name)
    if not fund_fits(spec, found):
        raise FieldWrong(
            spec.name, make_message("This fund is not of the kind that is asked for: %(name)s", name=found.name)
        )


def _programme(spec: FieldSpec, code: str, books: BooksView) -> None:
    if books.find_programme(code) is None:
        raise UnknownProgramme(make_message("There is no programme “%(code)s”.", code=code), spec.name)


def _decision(spec: FieldSpec, code: str, books: BooksView) -> None:
    if not books.has_decision(code):
        raise UnknownDecision(make_message("There is no decision “%(code)s”.", code=code), spec.name)


_CHECKS = {"account": _account, "fund": _fund, "programme": _programme, "decision": _decision}
