"""A rule about limits on a form: text in, a record out."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate

from ledger.core.messages import N_
from ledger.limits.limit_rules import RULE_KEYS
from ledger.registers.records import LimitRule
from web.shared.fields import Duration, StrictSchema, TextLine

_WHOSE = r"^(" + "|".join(RULE_KEYS) + r"|owner/\d{1,9})$"


class LimitSchema(StrictSchema):
    """Whose hours, from where on one talks, where it stops, and what that rests on; `do` strikes the rule."""

    whose = fields.String(
        required=True,
        validate=validate.Regexp(_WHOSE, error=N_("Choose whose hours")),
        error_messages={"required": N_("Choose whose hours"), "invalid": N_("Choose whose hours")},
    )
    talk_low = Duration()
    talk_high = Duration()
    stop_low = Duration()
    stop_high = Duration()
    decision = TextLine()
    why = TextLine()
    do = fields.String(load_default="")

    @post_load
    def read(self, sent: dict[str, Any], **_: Any) -> tuple[str, LimitRule | None]:
        """Whose rule, and the rule; none where it shall be struck."""
        if sent["do"] == "strike":
            return sent["whose"], None
        low = {f"{name}_minutes": -sent[name] for name in ("talk_low", "stop_low") if name in sent}
        high = {f"{name}_minutes": sent[name] for name in ("talk_high", "stop_high") if name in sent}
        rule = LimitRule(**low, **high, decision=sent.get("decision"), why=sent.get("why", ""))
        return sent["whose"], rule
