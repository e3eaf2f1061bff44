"""The worked examples of docs/kinds.md, as answers to each kind's form; the lines they make are worked out here."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ledger.core.drafts import PostingDraft, Quantity
from ledger.kinds import fill
from ledger.kinds.barter.legs import Leg
from ledger.kinds.general.journal_lines import FreeLine
from ledger.kinds.time.time_accounts import clock
from tests.ledger.kinds.willow import ANA, BEA, CAI, DEE, GUS, NAMES, Pages

DAY = dt.date(2026, 5, 5)
BANK, SAVINGS, TIN = "1000", "1010", "1020"

EXAMPLES: dict[str, dict[str, Any]] = {
    "hours": {"helpers": (ANA,), "receiver": BEA, "minutes": 90, "what": "Weeding"},
    "group-session": {
        "what": "Pruning",
        "leaders": (DEE,),
        "minutes": 60,
        "mode": "shared",
        "guests": (ANA, BEA, CAI),
    },
    "community-hours": {"helpers": (GUS,), "minutes": 180, "programme": "KITCHEN"},
    "hours-gift": {"giver": CAI, "minutes": 60},
    "barter": {
        "legs": (
            Leg(giver=ANA, receiver=GUS, what="Jam", value=4000, quantity=Quantity(10000, "jar", "stated")),
            Leg(giver=GUS, receiver=ANA, what="Chair", value=4000),
        )
    },
    "goods-for-hours": {
        "helper": DEE,
        "minutes": 180,
        "work": "Digging",
        "giver": ANA,
        "goods": "Potatoes",
        "quantity": Quantity(12000, "kg", "stated"),
        "value": 2400,
    },
    "sale": {"what": "Tomatoes", "amount": 400, "fund": "COP", "account": "4110", "into": TIN, "programme": "FARM"},
    "cost": {"what": "Twine", "amount": 650, "fund": "COP", "account": "5000", "paid_from": TIN},
    "purchase": {"what": "Tomato seed", "amount": 1200, "fund": "COP", "account": "5000"},
    "payable-paid": {"what": "Tomato seed", "amount": 1200, "fund": "COP", "paid_from": TIN},
    "donation": {"amount": 5000, "fund": "GEN", "into": BANK},
    "grant-received": {"funder": "Meadow Trust", "amount": 500000, "fund": "GRN", "into": BANK, "document": "g-1"},
    "dues-billed": {"asked": 8, "each": 1500, "fund": "GEN"},
    "dues-paid": {"amount": 10500, "fund": "GEN", "into": BANK, "asked": "yes"},
    "solidarity-rate": {"amount": 1500, "fund": "GEN", "decision": "A-04"},
    "fund-transfer": {
        "amount": 30000,
        "from_fund": "GEN",
        "from_place": BANK,
        "to_fund": "TNK",
        "to_place": BANK,
        "decision": "A-14",
    },
    "emergency-contribution": {
        "amount": 20000,
        "from_fund": "GEN",
        "from_place": BANK,
        "to_place": SAVINGS,
        "decision": "A-13",
    },
    "emergency-grant": {"amount": 8000, "paid_from": SAVINGS},
    "opening-balance": {
        "lines": (
            FreeLine(account=BANK, fund="GEN", debit=60000),
            FreeLine(account="2000", fund="GEN", credit=4000),
        )
    },
    "year-close": {"fund": "EMF", "day": dt.date(2026, 12, 31)},
    "journal": {
        "what": "Seed bill paid",
        "lines": (
            FreeLine(account="2000", fund="COP", debit=1200),
            FreeLine(account=TIN, fund="COP", credit=1200),
        ),
    },
}


def lines_of(slug: str) -> str:
    """The lines that a worked example makes, as the docs show them."""
    drafted = fill(slug, **{"day": DAY, **EXAMPLES[slug]}).draft(Pages())
    return ", ".join(told(line) for line in drafted.postings)


def told(line: PostingDraft) -> str:
    """One line: the account, whose it is or which fund's, and the amount."""
    whose = NAMES[line.leaf.owner - 2] if line.leaf.owner else line.leaf.fund
    size = clock(abs(line.amount)) if line.leaf.unit == "min" else f"{abs(line.amount) / 100:,.2f}"
    return f"{line.leaf.chart} {whose} {'+' if line.amount > 0 else '−'}{size}"
