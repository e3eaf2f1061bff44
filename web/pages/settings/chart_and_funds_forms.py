"""What grows a community's lists, on forms: a programme, a fund, an account: text in, a record out."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate

from ledger.core.messages import N_
from ledger.registers.chart import ACCOUNT_SORTS, NewAccount
from ledger.registers.records import Fund, Programme, Restriction
from web.shared.fields import StrictSchema, required_text

DESIGNATED, RESTRICTED = "unrestricted-designated", "restricted"
LONGEST_NAME = 80


def _name() -> fields.String:
    return fields.String(
        required=True,
        validate=validate.Length(max=LONGEST_NAME, error=N_("Write a shorter name")),
        error_messages={"required": N_("Write a name")},
    )


class ProgrammeSchema(StrictSchema):
    """What hours and money are for; the help of a private one is never shown by person."""

    name = _name()
    code = fields.String(load_default="")
    private = fields.String(load_default="")

    @post_load
    def read(self, sent: dict[str, Any], **_: Any) -> Programme:
        """The programme; its code is still empty where it is to be made."""
        return Programme(code=sent["code"], name=sent["name"], private=bool(sent["private"]))


class FundSchema(StrictSchema):
    """A pot of money with a purpose, and who gave it that purpose."""

    name = _name()
    code = fields.String(load_default="")
    purpose = required_text(N_("Say what it is for"))
    sort = fields.String(
        required=True,
        validate=validate.OneOf((DESIGNATED, RESTRICTED), error=N_("Choose who set its purpose")),
        error_messages={"required": N_("Choose who set its purpose")},
    )
    by = fields.String(load_default="")

    @post_load
    def read(self, sent: dict[str, Any], **_: Any) -> Fund:
        """The fund; one that was given for a purpose names its giver."""
        giver = sent["by"] or ("assembly" if sent["sort"] == DESIGNATED else "its givers")
        return Fund(
            code=sent["code"],
            name=sent["name"],
            class_=sent["sort"],
            purpose=sent["purpose"],
            restriction=Restriction(by=giver),
        )


class AccountSchema(StrictSchema):
    """A line of the chart for money: its sort and its name."""

    sort = fields.String(
        required=True,
        validate=validate.OneOf(tuple(ACCOUNT_SORTS), error=N_("Choose its sort")),
        error_messages={"required": N_("Choose its sort")},
    )
    name = _name()
    code = fields.String(load_default="")

    @post_load
    def read(self, sent: dict[str, Any], **_: Any) -> NewAccount:
        """The account that is asked for."""
        return NewAccount(**sent)
