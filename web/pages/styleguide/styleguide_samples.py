"""One of each part, with the golden year's people and figures: what the style guide shows and its tests look at."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from web.i18n.formats import day, day_in_full, decimal_text, hours_column, hours_short
from web.i18n.translation import gettext as _
from web.shared.components import (
    ActionItem,
    Cell,
    Column,
    Fact,
    Group,
    Half,
    Link,
    Neighbour,
    Option,
    Row,
    StatusBadge,
    Table,
    single_group,
)
from web.shared.diagrams import Tally, TallyPart, Variance, VarianceLine, build_tally, build_variance
from web.shared.form_state import Form
from web.shared.stylesheet import contrast_ratio, load_palette

HERE = "#main"


@dataclass(frozen=True, kw_only=True)
class Swatch:
    """One colour of the palette, and how it stands out from the paper in both schemes."""

    name: str
    use: str
    light: str
    dark: str
    ratios: tuple[str, str]


def swatches() -> list[Swatch]:
    """The palette of the screen, in its own order."""
    light, dark = load_palette()["light"], load_palette()["dark"]
    return [
        Swatch(
            name=name,
            use=_uses().get(name, ""),
            light=light[name],
            dark=dark[name],
            ratios=(_ratio(light, name), _ratio(dark, name)),
        )
        for name in light
    ]


def _ratio(colours: Mapping[str, str], name: str) -> str:
    return decimal_text(round(contrast_ratio(colours[name], colours["paper"]) * 10), 1)


def _uses() -> dict[str, str]:
    return {
        "paper": _("The ground. Ledger paper, a little green."),
        "sheet": _("Where someone writes: fields, choices, receipts."),
        "wash": _("Foot of the page, row under the pointer."),
        "ink": _("Text, rules that carry weight, what was received."),
        "soft": _("Dates, hints, second lines."),
        "hair": _("Rules between rows. Never the only border of a control."),
        "line": _("Borders of fields and choices."),
        "willow": _("What you can do: links, buttons, what was given."),
        "willow-deep": _("The same, under the pointer."),
        "on-willow": _("Words on a filled button."),
        "rubric": _("The book’s own hand: side-heads, margin rule, errors."),
        "rubric-wash": _("Behind a notice that asks."),
    }


def given_more() -> Tally:
    """A tally open on the lower side: more given than received."""
    return build_tally(
        [TallyPart(label=_("You gave"), amount=210, shown=hours_short(210), tone="gave", href=HERE)],
        [
            TallyPart(label=_("You received"), amount=153, shown=hours_short(153), tone="got", href=HERE),
            TallyPart(label=_("You passed on as a gift"), amount=30, shown=hours_short(30), tone="gift", href=HERE),
        ],
        "min",
    )


def received_more() -> Tally:
    """A tally open on the upper side: more received than given."""
    return build_tally(
        [TallyPart(label=_("You gave"), amount=180, shown=hours_short(180), tone="gave")],
        [TallyPart(label=_("You received"), amount=243, shown=hours_short(243), tone="got")],
        "min",
    )


def halves() -> list[Half]:
    """A trade of two things, both brought."""
    agreed = (
        _("agreed at %(value)s", value=decimal_text(3000, 2)),
        _("agreed at %(value)s", value=decimal_text(2500, 2)),
    )
    brought = StatusBadge(_("delivered"), "done")
    return [
        Half(heading=_("You give"), what=_("20 kg of apples"), detail=agreed[0], chip=brought),
        Half(heading=_("%(name)s gives", name="Eli"), what=_("Your bicycle, repaired"), detail=agreed[1], chip=brought),
    ]


def chips() -> list[StatusBadge]:
    """Every status."""
    return [
        StatusBadge(_("waiting")),
        StatusBadge(_("partly done"), "part"),
        StatusBadge(_("confirmed"), "done"),
        StatusBadge(_("needs a look"), "ask"),
        StatusBadge(_("closed"), "shut"),
    ]


def rows(today: datetime.date) -> list[Row]:
    """Lines of what happened lately."""

    def line(days_ago: int, text: str, amount: str = "", chip: StatusBadge | None = None, note: str = "") -> Row:
        when = today - datetime.timedelta(days=days_ago)
        href = None if note else HERE
        return Row(
            when=day(when, today), day=when.isoformat(), text=text, href=href, amount=amount, chip=chip, note=note
        )

    gift, circle = _("%(time)s passed on", time=hours_column(30)), _("%(time)s given", time=hours_column(120))
    return [
        line(2, _("%(name)s says you were helped for 1 hour", name="Gus"), chip=StatusBadge(_("to confirm"))),
        line(71, _("A round of three with %(names)s", names="Bea, Eli"), _("even")),
        line(106, _("You made %(name)s a gift of hours", name="Eli"), gift),
        line(110, _("You led the circle"), circle, note=_("Only you see this line.")),
    ]


def facts(today: datetime.date) -> list[Fact]:
    """Answers to check."""
    return [
        Fact(term=_("What"), detail=_("Pruning young trees"), change=HERE),
        Fact(term=_("Day"), detail=day_in_full(today), change=HERE),
        Fact(term=_("Led by"), detail="Dee"),
    ]


def steps() -> list[ActionItem]:
    """A month being closed, open at the second step."""
    return [
        ActionItem(
            title=_("Match every bank line"), chip=StatusBadge(_("done"), "done"), text=_("Books and bank agree.")
        ),
        ActionItem(title=_("Explain what is in between"), chip=StatusBadge(_("partly done"), "part"), is_open=True),
        ActionItem(
            title=_("Check the whole book"),
            chip=StatusBadge(_("not yet")),
            text=_("Every sum, every fund, every seal."),
        ),
    ]


def needs() -> list[ActionItem]:
    """What waits for a treasurer."""
    came = _("%(amount)s came in and nobody knows from whom", amount=decimal_text(3500, 2))
    return [
        ActionItem(
            title=came,
            chip=StatusBadge(_("needs a look"), "ask"),
            text=_("It waits in suspense."),
            link=Link(label=_("Explain it"), href=HERE),
        )
    ]


def neighbours() -> list[Neighbour]:
    """A slip of the pen, reversed and written again."""
    one, two = (Link(label=_("Entry %(number)s", number=n), href=HERE) for n in (15, 16))
    return [
        Neighbour(link=one, text=_("5 hours were written where 30 minutes were meant."), seal="a7bd 884d 896d 8fd8"),
        Neighbour(link=two, text=_("Reversed, with the reason."), seal="9134 1757 c4bd 42c3"),
        Neighbour(text=_("Written again, 30 minutes."), seal="2871 10ca dda1 71c6", is_current=True),
    ]


def funds() -> Table:
    """A table with links, a wide column and a total."""
    lines = [
        (_("General"), _("anything the assembly decides"), 504210),
        (_("Emergency"), _("set aside by the assembly"), 225120),
        (_("Garden grant"), _("the funder’s purpose only"), 400000),
    ]
    return Table(
        caption=_("Money at hand by fund"),
        columns=[Column(label=_("Fund")), Column(label=_("For"), wide=True), Column(label=_("At hand"), numeric=True)],
        groups=single_group([[Cell(text=name, href=HERE), use, decimal_text(held, 2)] for name, use, held in lines]),
        totals=[[_("Together"), "", decimal_text(1129330, 2)]],
        sentence=_("Of %(all)s at hand, %(free)s is free.", all=decimal_text(1129330, 2), free=decimal_text(504210, 2)),
    )


def plan() -> Variance:
    """A plan against what happened."""
    lines = [(_("Garden and path"), -25000), (_("Kitchen"), 13500), (_("House"), 5700), (_("Fees"), -3450)]
    return build_variance([VarianceLine(label=name, less=less, shown=_more_or_less(less)) for name, less in lines])


def _more_or_less(less: int) -> str:
    figure = decimal_text(abs(less), 2)
    return _("%(amount)s less", amount=figure) if less >= 0 else _("%(amount)s more", amount=figure)


def pairs() -> Table:
    """What to do, and what not."""
    return Table(
        caption=_("Pairs"),
        columns=[Column(label=_("Do")), Column(label=_("Don’t"), wide=True)],
        groups=[Group(heading=_("Words"), rows=_word_pairs()), Group(heading=_("Drawing"), rows=_drawing_pairs())],
    )


def _word_pairs() -> list[list[str]]:
    return [
        [_("“Give 2 hours to Ana”"), _("“Submit”")],
        [_("“You received 33 minutes more than you gave”"), _("“Balance: −0:33” in red")],
        [_("“35.00 came in and nobody knows from whom”"), _("“1 unreconciled item”")],
    ]


def _drawing_pairs() -> list[list[str]]:
    return [
        [_("A rule between rows"), _("A box around each row")],
        [_("Filled or hollow shape, and a word"), _("A coloured dot")],
        [_("The fold of the page holds the answer"), _("A grid of tiles with a number each")],
    ]


def what_options() -> list[Option]:
    """What it was, as last time."""
    return [
        Option(value="bea", label=_("I helped %(name)s", name="Bea"), hint=_("Garden, as on Mon 5 January")),
        Option(value="other", label=_("Something else"), hint=_("You say who and what on the next page")),
    ]


def day_options(today: datetime.date) -> list[Option]:
    """Today and yesterday."""
    yesterday = today - datetime.timedelta(days=1)
    return [
        Option(value=today.isoformat(), label=_("Today"), hint=day(today, today)),
        Option(value=yesterday.isoformat(), label=_("Yesterday"), hint=day(yesterday, today)),
    ]


def report_options() -> list[Option]:
    """Reports, each with its length."""
    return [
        Option(value="budget", label=_("Budget report"), hint=_("plan, actual, funds"), aside=_("6 pages")),
        Option(value="funds", label=_("Fund statement"), hint=_("what came in and went out"), aside=_("3 pages")),
    ]


def refused_form() -> Form:
    """A form that came back."""
    values = {"what": ("bea",), "day_own": ("31 May",), "amount": ("1,5",), "who": ("Ana",)}
    errors = {
        "duration": _("Choose how long it took, or write it"),
        "day": _("Write the day as a date in the past, such as 1 May"),
    }
    return Form(values=values, errors=errors, key="specimen")
