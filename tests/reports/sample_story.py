"""A budget report of Willow for March 2026 as a story, with the figures of the golden year, for looking at pages."""

from __future__ import annotations

from decimal import Decimal

from reports.pictures import (
    BalanceLine,
    Bands,
    Bars,
    FundFlow,
    Mark,
    MonthEnd,
    Months,
    Move,
    Multiples,
    PairedBars,
    Parts,
    PlanActual,
    Ruler,
    YearLine,
)  # fmt: skip
from reports.story import (
    Address,
    Blank,
    Body,
    Chart,
    Column,
    Element,
    Fact,
    Facts,
    Figure,
    Figures,
    Foot,
    Form,
    Furniture,
    Halves,
    Lead,
    Note,
    Number,
    PageBreak,
    Points,
    Proposal,
    Proposals,
    Row,
    Section,
    Sentence,
    Signer,
    SignOff,
    Status,
    Story,
    Strong,
    Table,
    Title,
)  # fmt: skip

HEAD = "6c6406fc7af433eca78a5be56c0a2e41f658c14d39f1eef53047b462c1b249b4"
FURNITURE = Furniture(
    community="Willow", report="Monthly budget report", period="March 2026", edition="Standard edition",
    report_id="W26-03-B", state="Draft until it is signed.", entry=70, chain_head=HEAD,
    address="willow.example/r/W26-03-B", link="https://willow.example/r/W26-03-B")
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def money(shown: str) -> Number:
    """An amount of euros as it is shown."""
    return Number(shown, Decimal(shown.replace(",", "").replace("−", "-").replace("+", "")))


def amount(shown: str) -> Decimal:
    """The value of an amount as it is shown."""
    return Decimal(str(money(shown).value))


def cells(name: str, figures: str) -> tuple[str | Number, ...]:
    """A row written as its figures with spaces between; a dash stays a dash."""
    return name, *(text if text in ("–", "") else money(text) for text in figures.replace("_", "").split(" "))


def mark(name: str, shown: str) -> Mark:
    """A named amount."""
    return Mark(name, amount(shown), shown)


def glance() -> Story:
    """Page 1."""
    parts = Parts(marks=(mark("General, free to use", "4,845.00"), mark("Kept for a purpose", "7,720.00"),
                         mark("Farm co-op", "6,820.30")))
    ruler = Ruler(value=Decimal("7.9"), targets=(Mark("3 at least", 3, "3"), Mark("6 our aim", 6, "6")))
    return (
        Title(text="March 2026 at a glance"),
        Lead("Our general money would pay our usual costs for 12 months. Nobody needed the emergency fund this month."),
        Section("Money"),
        Figures(slug="money", figures=(Figure(label="Came in", value=money("2,150.00")),
                                       Figure(label="Went out", value=money("6,920.00")),
                                       Figure(label="Left on 31 March", value=money("19,385.30")))),
        Chart(picture=parts, alt="Of 19,385.30 left, 4,845.00 is general money, 7,720.00 is kept for a purpose and "
                                 "6,820.30 is the farm co-op's."),
        Halves(
            left=(Section("Emergency fund"),
                  Figures(slug="cover", figures=(Figure(label="Holds 3,100.00, enough for", value="7.9",
                                                        unit="months of usual costs"),)),
                  Chart(picture=ruler, alt="7.9 months of cover; at least 3 are needed, 6 are our aim.")),
            right=(Section("Hours"),
                   Figures(slug="hours", figures=(
                       Figure(label="Given, January to March", value=Number("22:00", 1320)),
                       Figure(label="Help promised", value=Number("7:47", 467)))),
                   Body("None were logged in March. The community has promised 7:47 of future help."))),
        Halves(
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
        Foot("Amounts in euros. Hidden, because fewer than 5 people: 0. Plan and decisions are samples."),
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
    rows = tuple(Row(cells=cells(name, figures), strong=strong, note=note) for name, figures, strong, note in PLAN)
    total = Row(cells=cells("All lines", "6,005.00 6,087.70 −82.70 −1.4 11,480.00 1,895.00 3,497.30"))
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
    rows = tuple(Row(cells=cells(name, figures), sub=sub) for name, sub, figures in FUNDS)
    flow = FundFlow(
        funds=tuple(mark(name, figures.split()[-1]) for name, _, figures in FUNDS),
        moved=(Move("Garden grant", "General", 1200, "1,200.00"), Move("Farm co-op", "Emergency", 100, "100.00"),
               Move("Farm co-op", "Education", 100, "100.00")),
        lent=(Move("General", "Kitchen appeal", 500, "500.00"), Move("General", "Farm co-op", 72, "72.00")),
        fund_word="Fund, and what it holds", moved_word="Moved for good", lent_word="Lent, comes back")
    return (
        PageBreak(), Title(text="Funds"), Lead("Together our funds are worth 20,099.30."),
        Table(slug="funds", columns=columns, rows=rows,
              total=Row(cells=cells("All funds", "23,119.30 +230.00 −3,050.00 0.00 −200.00 20,099.30")),
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
    scale = tuple(Mark("", value, shown) for value, shown in ((0, "0"), (1000, "1,000"), (2000, "2,000"),
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
        Foot("Who was helped is never printed. Numbers hidden here: 0. The plan is a sample."),
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
    rows = tuple(Row(cells=(name, Number(shown, 0), Status("talk about it" if n == 6 else "holds", n == 6)))
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


def quarter(title: str, icon: str, figures: tuple[Figure, ...], text: str) -> tuple[Element, ...]:
    """One of the four quarters."""
    return Section(title, icon), Figures(slug=title.lower(), figures=figures), Body(text)  # type: ignore[arg-type]


def sustainability() -> Story:
    """Pages 6 and 7."""
    power = Months(name="Electricity", unit="kWh a month", shown="190", first_month="Apr", last_month="Mar",
                   now=(168, 150, 138, 131, 136, 149, 176, 201, 232, 236, 214, 190),
                   before=(182, 166, 149, 140, 143, 160, 190, 221, 254, 251, 238, 213))
    water = Months(name="Water", unit="m³ a month", shown="18", first_month="Apr", last_month="Mar",
                   now=(16, 19, 24, 27, 25, 20, 17, 16, 17, 17, 16, 18),
                   before=(17, 21, 27, 31, None, 23, 18, 17, 18, 19, 18, 18))
    waste = Months(name="Waste", unit="kg a month", shown="102", first_month="Apr", last_month="Mar",
                   now=(128, 121, 118, 116, 112, 115, 110, 108, 119, 109, 101, 102),
                   before=(131, 134, 128, 130, 127, 126, 122, 125, 138, 124, 120, 121))
    first = "First year: nothing to compare yet"
    return (
        PageBreak(), Title(text="Our three months", kicker="Sustainability report, January to March 2026"),
        Lead("Nearly everyone took part. Grants still carry us more than our own income. We used less of everything "
             "we measure."),
        Halves(left=quarter("People", "people", (Figure(label="Took part", value="8 of 9", trend=first),
                                                 Figure(label="Gave and received", value="6 of 8")),
                            "8 of 9 members gave or received help, and most of them did both."),
               right=quarter("Time", "clock", (Figure(label="Hours given", value=Number("22:00", 1320), trend=first),
                                               Figure(label="Help promised", value=Number("7:47", 467))),
                             "Members gave 22 hours. The community has promised 7:47 of future help.")),
        Halves(left=quarter("Money", "coins", (Figure(label="Income we earned", value="12.1 %", trend=first),
                                               Figure(label="Emergency cover", value="7.9", unit="months")),
                            "Of 5,687.00 income, 687.00 was our own: sales, fees and dues."),
               right=quarter("Planet", "leaf",
                             (Figure(label="Electricity", value="640", unit="kWh", trend="8.8 % less",
                                     direction="down"),
                              Figure(label="Water", value="51", unit="m³", trend="7.3 % less", direction="down")),
                             "62 kWh and 4 m³ less than a year ago. Meter readings are samples.")),
        Foot("Hidden, because fewer than 5 people: 2 (how many joined, how many left)."),
        PageBreak(), Title(text="Resources"),
        Lead("Electricity, water and waste all fell against the same three months of last year."),
        Chart(picture=Multiples(charts=(power, water, waste), recent_word="January to March",
                                earlier_word="earlier months", before_word="the year before"),
              alt="Electricity, water and waste fell."),
        Section("January to March in figures"), resources(),
        Foot("780 nights were spent here, guests counted (sample)."),
    )


def resources() -> Table:
    """The table of page 7."""
    rows = (("Electricity, kWh", "640", "0.82", "702", "meter", 0), ("Cost of 1 kWh, euros", "0.28", "–", "no data",
            "ledger", 0), ("Water, m³", "51", "0.065", "55", "meter", 0), ("Waste, kg", "312", "0.40", "365",
            "weighed", 0), ("reused or composted, kg", "198", "0.25", "171", "estimated", 1),
            ("Food grown here, kg", "84", "0.11", "no data", "weighed", 0),
            ("Greenhouse gas, kg CO₂e", "not set", "–", "not set", "no factors yet", 0))
    return Table(
        slug="resources", columns=(Column(head="", kind="name"), Column(head="This year"),
                                   Column(head="A person and night"), Column(head="Last year"),
                                   Column(head="How we know", kind="words")),
        rows=tuple(Row(cells=row[:5], step=row[5]) for row in rows),
        sentence="We used 640 kWh of electricity for 180.00 euros, which is 0.28 a kWh. For greenhouse gas there is "
                 "no number, because the assembly has not chosen factors yet.")


def statement() -> Story:
    """Page 8."""
    rows = (("1 Jan", "Brought forward", "", "", "0:00"), ("5 Jan", "Helped in the garden", "Bea", "+1:30", "+1:30"),
            ("8 Jan", "Learned in a session", "Cai", "−2:00", "−0:30"),
            ("14 Jan", "Led a circle", "the community", "+2:00", "+0:57"), ("18 Jan", "Gift", "Eli", "−0:30", "+0:27"))
    return (
        PageBreak(), Address(("Ana", "Willow", "Lower Lane 3")), Title(text="Your hours"),
        Lead("Your balance on 31 March is +0:27."),
        Figures(slug="mine", figures=(Figure(label="You gave", value="3:30"),
                                      Figure(label="You received", value="2:33"),
                                      Figure(label="Balance", value="+0:27", is_result=True))),
        Table(slug="statement", columns=(Column(head="Day", kind="words"), Column(head="What", kind="words"),
                                         Column(head="With", kind="words"), Column(head="Change"),
                                         Column(head="Balance", kind="result")),
              rows=tuple(Row(cells=row) for row in rows),
              sentence="You gave 3:30, received 2:33 and made a gift of 0:30. Your balance is +0:27."),
        Section("Is something not right?"),
        Body("Tell anyone in the time circle, or write on this sheet and hand it in. Nothing is changed in secret: a "
             "wrong entry is taken back and written again, and both stay visible to you."),
    )


def more() -> Story:
    """Page 9: what the sample pages do not show."""
    hours = YearLine(months=tuple(MonthEnd(name, value) for name, value in zip(
        MONTHS, (7, 9, 6, 4, 0, 3, 11, 12, 8, 5, 4, 6), strict=True)), last="6:00",
        scale=(Mark("", 0, "0"), Mark("", 5, "5"), Mark("", 10, "10")))
    return (
        PageBreak(), Title(text="Time together"), Lead("Most hours went to the garden and the kitchen."),
        Chart(picture=Bars(marks=(Mark("Garden", 640, "10:40"), Mark("Kitchen and common meals", 420, "7:00"),
                                  Mark("Peer support", 95, "1:35"), Mark("Crafts", 0, "0:00"))),
              alt="The garden had 10:40 hours."),
        Chart(picture=hours, alt="6 hours in December."),
        Chart(picture=Bands(marks=(Mark("Gave more", 3, "3"), Mark("Gave about as much as they received", 5, "5"),
                                   Mark("Received more", 1, "1"))), alt="Five gave about as much as they received."),
        Note("Bands hold five people or more in the public edition."),
        Section("What we change"),
        Points(items=("We log hours on the day.", ("We ask ", Strong("everyone"), (" once a month what they need, and "
                      "write down what could not be found so that the next circle can look for it."))),
               is_numbered=True),
        Sentence("Two things to try before the next report."),
        Form(((Blank("Name", 2), Blank("Date")), (Blank("What I would change"),))),
    )


STORY: Story = (*glance(), *plan(), *funds(), *emergency(), *checks(), *sustainability(), *statement(), *more())
