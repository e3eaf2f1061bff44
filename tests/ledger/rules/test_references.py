"""What an entry names is in the community's lists, and of the sort that is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.core.errors import FieldWrong, LedgerError, UnknownAccount, UnknownDecision, UnknownFund, UnknownProgramme
from ledger.kinds.money import CostLine
from tests.ledger.kinds.willow import ELI
from tests.ledger.rules.cases import COST, TRANSFER, tried


@pytest.mark.parametrize(
    ("slug", "answers", "refusal", "field"),
    [
        ("cost", {**COST, "account": "9999"}, UnknownAccount, "account"),
        ("cost", {**COST, "account": "4110"}, FieldWrong, "account"),
        ("cost", {**COST, "paid_from": "2000"}, FieldWrong, "paid_from"),
        ("cost", {**COST, "fund": "ZZZ"}, UnknownFund, "fund"),
        ("cost", {**COST, "fund": "TB"}, FieldWrong, "fund"),
        ("cost", {**COST, "programme": "MOON"}, UnknownProgramme, "programme"),
        ("cost", {**COST, "decision": "Z-99"}, UnknownDecision, "decision"),
        ("cost", {**COST, "more": (CostLine(account="3030", amount=5),)}, FieldWrong, "account"),
        ("fund-transfer", {**TRANSFER, "decision": "Z-99"}, UnknownDecision, "decision"),
    ],
)
def test_a_name_that_is_in_no_list_is_refused(
    slug: str, answers: dict[str, Any], refusal: type[LedgerError], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        tried(slug, ELI, **answers)
    assert refused.value.field == field


@pytest.mark.parametrize("field", ["from_fund", "to_fund"])
def test_a_transfer_names_funds_that_there_are(field: str) -> None:
    with pytest.raises(UnknownFund) as refused:
        tried("fund-transfer", ELI, **{**TRANSFER, field: "ZZZ"})
    assert refused.value.field == field
