"""A budget report of Willow for March 2026 as a story, with the figures of the golden year, for looking at pages."""

from __future__ import annotations

from decimal import Decimal

from reports.story.chart_specs import (  # fmt: skip
    BalanceLine,
    ChartLabel,
    FundFlow,
    FundMove,
    MonthEnd,
    PairedBars,
    PartsOfWhole,
    PlanActual,
    Ruler,
)
from reports.story.elements import (  # fmt: skip
    BigFigure,
    BigFigures,
    Body,
    Chart,
    Column,
    Fact,
    Facts,
    Lead,
    Number,
    PageBreak,
    PageFoot,
    Proposal,
    Proposals,
    Section,
    SideBySide,
    Signer,
    SignOff,
    Status,
    Story,
    Strong,
    Table,
    TableRow,
    Title,
)
from reports.story.header_footer import HeaderFooter
from tests.reports.sample_more import MONTHS, more, statement, sustainability

HEAD = "6c6406fc7af433eca78a5be56c0a2e41f658c14d39f1eef53047b462c1b249b4"
HEADER_FOOTER = HeaderFooter(
    community="Willow", report="Monthly budget report", period="March 2026", edition="Standard edition",
    report_id="W26-03-B", state="Draft until it is signed.", entry=70, chain_head=HEAD,
    address="willow.example/r/W26-03-B", link="https://willow.example/r/W26-03-B")


def money(shown: str) -> Number:
    """An amount of euros as it is shown."""
    return Number(shown, Decimal(shown.replace(",", "").replace("−", "-").replace("+", "")))


def amount(shown: str) -> Decimal:
    """The value of an amount as it is shown."""
    return Decimal(str(money(shown).value))


def cells(name: str, figures: str) -> tuple[str | Number, ...]:
    """A row written as its figures with spaces between; a dash stays a dash."""
    return name, *(text if text in ("–", "") else money(text) for text in figures.replace("_", "").split(" "))


def mark(name: str, shown: str) -> ChartLabel:
    """A named amount."""
    return ChartLabel(name, amount(shown), shown)


def glance() -> Story:
    """Page 1."""
    parts = PartsOfWhole(marks=(mark("General, free to use", "4,845.00"), mark("Kept for a purpose", "7,720.00"),
                         mark("Farm co-op", "6,820.30")))
    ruler = Ruler(value=Decimal("7.9"), targets=(ChartLabel("3 at least", 3, "3"), ChartLabel("6 our aim", 6, "6")))
    return (
        Title(text="March 2026 at a glance"),
        Lead("Our general money would pay our usual costs for 12 months. Nobody needed the emergency fund this month."),
        Section("Money"),
        BigFigures(slug="money", figures=(BigFigure(label="Came in", value=money("2,150.00")),
                                       BigFigure(label="Went out", value=money("6,920.00")),
                                       BigFigure(label="Left on 31 March", value=money("19,385.30")))),
        Chart(picture=parts, alt="Of 19,385.30 left, 4,845.00 is general money, 7,720.00 is kept for a purpose and "
                                 "6,820.30 is the farm co-op's."),
        SideBySide(
            left=(Section("Emergency fund"),
                  BigFigures(slug="cover", figures=(BigFigure(label="Holds 3,100.00, enough for", value="7.9",
                                                        unit="months of usual costs"),)),
                  Chart(picture=ruler, alt="7.9 months of cover; at least 3 are needed, 6 are our aim.")),
            right=(Section("Hours"),
                   BigFigures(slug="hours", figures=(
                       BigFigure(label="Given, January to March", value=Number("22:00", 1320)),
                       BigFigure(label="Help promised", value=Number("7:47", 467)))),
                   Body("None were logged in March. The community has promised 7:47 of future help."))),
        SideBySide(
            left=(Section("Three largest differences"),
                  Facts(slug="differences", facts=(
                      Fact(name="Farm", value=money("−244.70"), sub="more spent than planned"),
                      Fact(name="Garden", value=money("+200.00"), sub="less spent than planned"),
                      Fact(name="Kitchen", value=money("−180.00"), sub="more spent than planned")))),
            right=(Section("To decide today"), Proposals((
                Proposal(text=("Buy a wood chipper with Riverbend. Our half is ", Strong("300.00"), "."),
                         by="Tools circle", choices=("agreed", "later")),
                Proposal(text=("Open a petty-cash tin with ", Strong("100.00"), "."), by="Treasurer",
                         choices=("agreed", "later")),
                Proposal(text=("Pay the federation levy, 1 % of the 2025 surplus: ", Strong("10.00"), "."),
                         by="Farm circle", choices=("agreed", "later")))))),
        PageFoot("Amounts in euros. Hidden, because fewer than 5 people: 0. Plan and decisions are samples."),
    )


PLAN = (
    ("Farm", "3,120.00 3,364.70 −244.70 −7.8 3,300.00 – −64.70", (),
     "Real: 64.70 over the plan for the year, after a repair paid in vegetables."),
    ("Garden", "2,300.00 2,100.00 +200.00 +8.7 3,400.00 600.00 700.00", (), ""),
    ("Kitchen", "300.00 480.00 −180.00 −60.0 3,000.00 900.00 1,620.00", (3, 4),
     "Timing: work began in March, with a loan until the appeal pays out."),
    ("House and energy", "150.00 108.00 +42.00 +28.0 500.00 – 392.00", (), ""),
    ("Outreach", "60.00 0.00 +60.00 +100.0 120.00 45.00 75.00", (3, 4), "Timing: the leaflet is printed in April."),
    ("Crafts", "30.00 35.00 −5.00 −16.7 80.00 – 45.00", (), ""),
    ("Shared costs", "30.00 0.00 +30.00 +100.0 420.00 – 420.00", (), ""),
    ("Peer support", "15.00 0.00 +15.00 +100.0 60.00 – 60.00", (), ""),
    ("Tools", "0.00 0.00 0.00  200.00 – 200.00", (), ""),
    ("Training", "0.00 0.00 0.00  400.00 350.00 50.00", (), ""),
)


def plan() -> Story:
    """Page 2."""
    spring, year = "January to March", "Whole year"
    columns = (Column(head="Costs in euros", kind="name"), Column(head="Plan", group=spring),
               Column(head="Actual", group=spring), Column(head="Better + worse −", group=spring),
               Column(head="%", group=spring), Column(head="Plan", group=year), Column(head="Promised", group=year),
               Column(head="Left", group=year))
    rows = tuple(TableRow(cells=cells(name, figures), strong=strong, note=note) for name, figures, strong, note in PLAN)
    total = TableRow(cells=cells("All lines", "6,005.00 6,087.70 −82.70 −1.4 11,480.00 1,895.00 3,497.30"))
    pairs = tuple(PlanActual(name, amount(figures.split()[0]), amount(figures.split()[1]), figures.split()[1])
                  for name, figures, _, _ in PLAN[:8])
    return (
        PageBreak(), Title(text="Plan and actual"),
        Lead("Kitchen and Outreach are far from plan. Other lines are close."),
        Table(slug="plan-costs", columns=columns, rows=rows, total=total,
              sentence="We planned to spend 6,005.00 and spent 6,087.70: 82.70 more than planned."),
        Section("Side by side, January to March"),
        Chart(picture=PairedBars(lines=pairs, plan_word="plan", actual_word="actual, with its amount"),
              alt="The farm is the largest line: 3,364.70 spent, 3,120.00 planned."),
    )


FUNDS = (
    ("General", "free to use", "9,305.00 – −108.00 +1,200.00 – 10,397.00"),
    ("Emergency", "set aside by us", "3,000.00 – – +100.00 – 3,100.00"),
    ("Education", "set aside by us", "500.00 – – +100.00 – 600.00"),
    ("Garden grant", "only for its purpose", "5,000.00 – −1,800.00 −1,200.00 – 2,000.00"),
    ("Kitchen appeal", "only for its purpose", "0.00 – −480.00 – – −480.00"),
    ("Farm co-op", "owned by its members", "5,314.30 +230.00 −662.00 −200.00 −200.00 4,482.30"),
)


def funds() -> Story:
    """Page 3."""
    columns = (Column(head="Fund", kind="name"), Column(head="1 March"), Column(head="Came in"),
               Column(head="Went out"), Column(head="Moved"), Column(head="To members"),
               Column(head="31 March", kind="result"))
    rows = tuple(TableRow(cells=cells(name, figures), sub=sub) for name, sub, figures in FUNDS)
    flow = FundFlow(
        funds=tuple(mark(name, figures.split()[-1]) for name, _, figures in FUNDS),
        moved=(FundMove("Garden grant", "General", 1200, "1,200.00"),
               FundMove("Farm co-op", "Emergency", 100, "100.00"),
               FundMove("Farm co-op", "Education", 100, "100.00")),
        lent=(FundMove("General", "Kitchen appeal", 500, "500.00"), FundMove("General", "Farm co-op", 72, "72.00")),
        fund_word="Fund, and what it holds", moved_word="Moved for good", lent_word="Lent, comes back")
    return (
        PageBreak(), Title(text="Funds"), Lead("Together our funds are worth 20,099.30."),
        Table(slug="funds", columns=columns, rows=rows,
              total=TableRow(cells=cells("All funds", "23,119.30 +230.00 −3,050.00 0.00 −200.00 20,099.30")),
              sentence=(("That is 3,020.00 less than on 1 March: 19,385.30 in money and 6,245.00 in things, less "
                        "5,531.00 owed. "), Strong("Garden grant:"), (" 2,000.00 is left of 5,000.00; another 2,000.00 "
                        "is ours once we raise our share. "), Strong("Kitchen appeal:"), (" 480.00 below zero until it "
                        "pays out in April; 500.00 is lent to it."))),
        Section("Between our own funds in March"),
        Chart(picture=flow, alt="Garden grant gave General 1,200.00. General lent Kitchen appeal 500.00."),
    )


def emergency() -> Story:
    """Page 4."""
    early = tuple(MonthEnd(name, None) for name in MONTHS[3:])
    months = (*early, MonthEnd("Jan", 3000), MonthEnd("Feb", 3000), MonthEnd("Mar", 3100))
    scale = tuple(ChartLabel("", value, shown) for value, shown in ((0, "0"), (1000, "1,000"), (2000, "2,000"),
                                                              (3000, "3,000")))
    line = BalanceLine(months=months, last="3,100.00", scale=scale,
                       targets=(mark("6 months, our aim", "2,340.00"), mark("3 months, the least", "1,170.00")),
                       why_empty=("No data: the books", "began on 1 January 2026"))
    return (
        PageBreak(), Title(text="Emergency fund"), Lead("The fund holds 3,100.00. Nobody needed it in March."),
        Chart(picture=line, alt="The fund holds 3,100.00, above our aim of 2,340.00."),
        Section("How far it reaches"),
        Facts(slug="emergency", facts=(
            Fact(name="In the fund today", value=money("3,100.00")),
            Fact(name="Usual costs of one month, from the plan", value=money("390.00")),
            Fact(name="The fund would last", value=Number("7.9 months", Decimal("7.9"))),
            Fact(name="Above our aim by", value=money("760.00")), Fact(name="Help given in March", value="none"),
            Fact(name="Added in March, from the 2025 surplus", value=money("100.00"))),
            sentence="The fund would pay our usual costs for 7.9 months. Our least is 3, our aim is 6. The general "
                     "fund refills what is given as help, in 12 equal monthly steps."),
        PageFoot("Who was helped is never printed. Numbers hidden here: 0. The plan is a sample."),
    )


CHECKS = (
    ("Every entry adds up to zero, in each unit and fund", "70 of 70"),
    ("Hours of all members and the pot together", "0:00"), ("Money of unknown origin", "0.00"),
    ("Card money, barter and bulk buying in transit", "0.00"),
    ("Lent between funds, and owed between funds", "572.00 each"), ("Moved between funds, in and out", "0.00"),
    ("Funds below zero: Kitchen appeal", "1"), ("Bank matched by someone who does not pay (sample)", "31 March"),
    ("Payments still waiting for a second approval (sample)", "0"),
)


def checks() -> Story:
    """Page 5."""
    rows = tuple(TableRow(cells=(name, shown, Status("talk about it" if n == 6 else "holds", n == 6)))
                 for n, (name, shown) in enumerate(CHECKS))
    table = Table(
        slug="checks", columns=(Column(head="", kind="words"), Column(head=""), Column(head="", kind="status")),
        rows=rows, sentence="The kitchen appeal has spent money before it came in. The loan from the general fund "
                            "covers it; the appeal is due to repay it on 9 April.")
    sign = ("Name", "Term ends", "Date and signature")
    return (
        PageBreak(), Title(text="Checks and sign-off"), Lead("8 of 9 checks hold. One needs a word at the assembly."),
        table, Section("Sign-off"),
        SignOff(signers=(Signer(act="Prepared by", who="treasurer", lines=sign),
                         Signer(act="Checked by", who="someone who is not treasurer", lines=sign),
                         Signer(act="Seen by the assembly", who="decision number",
                                lines=("Number", "Date", "Signed for the assembly"))),
                remarks="Objections and remarks",
                check=(Strong("Check these books yourself."), (" Scan the square, or open willow.example/r/W26-03-B. "
                       "The mark of the books up to entry 70 must read:"))),
    )


STORY: Story = (*glance(), *plan(), *funds(), *emergency(), *checks(), *sustainability(), *statement(), *more())
