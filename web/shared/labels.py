"""Display names of people, accounts, funds, programmes and kinds of entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledger.core.amounts import MINUTES, kind_of
from ledger.core.drafts import AccountKey
from ledger.core.messages import N_
from ledger.database.unit_of_work import UnitOfWork
from ledger.kinds import all_kinds
from ledger.registers import members
from ledger.registers.cache import cached
from ledger.registers.records import Account, Fund, Programme
from ledger.registers.registry import ACCOUNTS, FUNDS, PROGRAMMES
from ledger.workflow.budgets import PLANNED
from web.i18n.translation import current_language, gettext
from web.shared.components import Option

FAMILIES = {
    "exchange": N_("Help between members"),
    "community": N_("Community hours"),
    "partner": N_("Hours with other communities"),
    "barter": N_("Barter"),
    "opening": N_("Opening balances"),
    "year-close": N_("Year-end close"),
    "other": N_("Money and the rest"),
}
SCOPES = {
    "form": N_("written down on a page"),
    "shell": N_("typed on the server"),
    "journal": N_("imported from a journal"),
    "peer": N_("sent by another community"),
}


@dataclass(frozen=True)
class Labels:
    """The names that a page needs, read once."""

    people: Mapping[int, str]
    accounts: Mapping[str, Account]
    funds: Mapping[str, Fund]
    programmes: Mapping[str, Programme]

    @classmethod
    def of(cls, uow: UnitOfWork) -> Labels:
        """The names in a unit of work, in the language of the page."""
        return cached(uow, ("labels", current_language().code), lambda: cls._read(uow))

    @classmethod
    def _read(cls, uow: UnitOfWork) -> Labels:
        parties = members.parties(uow)
        people = {number: party.name for number, party in parties.items()}
        people |= {number: gettext("the operator") for number, party in parties.items() if party.kind == "system"}
        return cls(people, ACCOUNTS.all(uow), FUNDS.all(uow), PROGRAMMES.all(uow))

    def person(self, party_id: int | None) -> str:
        """A party's name; the community and the operator have one too."""
        if party_id is None:
            return ""
        if party_id == 0:
            return gettext("the community")
        return self.people.get(party_id) or gettext("former member %(number)s", number=party_id)

    def chart(self, code: str) -> str:
        """A line of the chart of accounts: code and name."""
        account = self.accounts.get(code)
        return f"{code} {account.name}" if account else code

    def account(self, leaf: AccountKey) -> str:
        """An account: its chart line, and its owner if it has one."""
        if not leaf.owner:
            return self.chart(leaf.chart)
        return gettext("%(account)s: %(owner)s", account=self.chart(leaf.chart), owner=self.person(leaf.owner))

    def fund(self, code: str) -> str:
        """A fund's name."""
        fund = self.funds.get(code)
        return fund.name if fund and fund.name else code

    def programme(self, code: str | None) -> str:
        """A programme's name; empty for None."""
        programme = self.programmes.get(code or "")
        return programme.name if programme and programme.name else code or ""

    def fund_options(self) -> list[Option]:
        """Every fund, after “all funds”."""
        return [_any_option(gettext("All funds")), *(Option(value=code, label=self.fund(code)) for code in self.funds)]

    def programme_options(self) -> list[Option]:
        """Every programme, after “all programmes”."""
        named = (Option(value=code, label=self.programme(code)) for code in self.programmes)
        return [_any_option(gettext("All programmes")), *named]

    def chart_options(self) -> list[Option]:
        """Every chart line, after “all accounts”."""
        named = (Option(value=code, label=self.chart(code)) for code in sorted(self.accounts))
        return [_any_option(gettext("All accounts")), *named]

    def planned_options(self) -> list[Option]:
        """The chart lines that a plan has lines for, after “choose”."""
        groups = {gettext("Income"): "income", gettext("Costs"): "expense"}
        money_options = [
            Option(value=code, label=self.chart(code), group=group)
            for group, kind in groups.items()
            for code, account in sorted(self.accounts.items())
            if account.kind == kind and kind_of(account.unit) == "money"
        ]
        hour_options = [
            Option(value=code, label=self.chart(code), group=gettext("Hours"))
            for code, account in sorted(self.accounts.items())
            if account.kind in PLANNED and account.unit == MINUTES
        ]
        return [_any_option(gettext("Choose")), *money_options, *hour_options]

    def planned_fund_options(self) -> list[Option]:
        """The funds that a plan has lines for, after “choose”: those of money and of hours."""
        planned = [code for code, fund in self.funds.items() if fund.class_ != "barter"]
        return [_any_option(gettext("Choose")), *(Option(value=code, label=self.fund(code)) for code in planned)]

    def people_options(self) -> list[Option]:
        """Everyone who can own an account, sorted by name, after “everyone”."""
        people = sorted((name, party_id) for party_id, name in self.people.items() if name and party_id > 1)
        return [
            _any_option(gettext("Everyone")),
            *(Option(value=str(party_id), label=name) for name, party_id in people),
        ]


def kind_title(slug: str) -> str:
    """A kind's title; an unknown slug is shown with spaces for hyphens."""
    kind = all_kinds().get(slug)
    return gettext(kind.title) if kind else slug.replace("-", " ")


def kind_options(used: Iterable[str]) -> list[Option]:
    """The kinds used in the books, after “all kinds”."""
    return [_any_option(gettext("All kinds")), *(Option(value=slug, label=kind_title(slug)) for slug in sorted(used))]


def _any_option(label: str) -> Option:
    return Option(value="", label=label)


PURPOSES = {
    "unrestricted-general": N_("anything the assembly decides"),
    "unrestricted-designated": N_("set aside by the assembly"),
    "restricted": N_("the givers’ purpose only"),
    "endowment": N_("kept for ever"),
    "co-op": N_("the co-operative’s own business"),
}
