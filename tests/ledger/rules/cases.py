"""Cases on paper: a kind, who writes it down with which offices, and Willow's registers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ledger.journal.idempotency import Actors
from ledger.kinds import fill
from ledger.kinds.barter.legs import Leg
from ledger.rules import POSTING_RULES, apply
from ledger.rules.approval import Asked, asked
from ledger.rules.proposal import Proposal
from tests.ledger.kinds.willow import ANA, BEA, DEE, ELI, GUS, Pages

TODAY = dt.date(2026, 3, 20)
ORGANISER, TREASURER = frozenset({"member", "organiser"}), frozenset({"member", "treasurer"})
CHECKER, PANEL = frozenset({"member", "checker"}), frozenset({"member", "emergency panel"})
MEMBER = frozenset({"member"})

HELP: dict[str, Any] = {"helpers": (ANA,), "receiver": BEA, "minutes": 60}
COST: dict[str, Any] = {
    "what": "Paper",
    "amount": 4000,
    "fund": "GEN",
    "account": "6340",
    "paid_from": "1000",
}
AID: dict[str, Any] = {"amount": 5000, "paid_from": "1010"}
JAM, CHAIR = Leg(giver=ANA, receiver=BEA, what="Jam"), Leg(giver=BEA, receiver=ANA, what="A chair")
TRANSFER: dict[str, Any] = {
    "amount": 4000,
    "from_fund": "GEN",
    "from_place": "1000",
    "to_fund": "EDU",
    "to_place": "1000",
    "decision": "A-01",
}


def pages(**told: Any) -> Pages:
    """Willow with an organiser (Gus), a treasurer (Eli) and a checker (Dee)."""
    offices = {GUS: ORGANISER, ELI: TREASURER, DEE: CHECKER}
    return Pages(**{"today": TODAY, "offices": offices, **told})


def case(slug: str, by: int, books: Pages | None = None, **answers: Any) -> Proposal:
    """What someone wants to post today."""
    there = books or pages()
    behalf = answers.pop("on_behalf_of", None)
    kind = fill(slug, **{"day": there.today, **answers})
    roles = answers.pop("roles", there.roles(by, there.today))
    return Proposal(kind=kind, draft=kind.draft(there), actors=Actors(by, behalf), roles=roles, books=there)


def tried(slug: str, by: int, books: Pages | None = None, **answers: Any) -> Asked:
    """Ask every rule, and then whose yes is needed."""
    tried_case = case(slug, by, books, **answers)
    apply(POSTING_RULES, tried_case)
    return asked(tried_case)
