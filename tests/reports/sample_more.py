"""More of the sample story: how Willow fares, what a member gets, and what the sample pages do not show."""

from __future__ import annotations

from reports.story.chart_specs import Bands, Bars, ChartLabel, MeterMonths, MonthEnd, SmallMultiples, YearLine
from reports.story.elements import (
    Address,
    BigFigure,
    BigFigures,
    Body,
    Chart,
    Column,
    Element,
    Form,
    Lead,
    Note,
    Number,
    PageBreak,
    PageFoot,
    Points,
    Section,
    Sentence,
    SideBySide,
    Story,
    Strong,
    Table,
    TableRow,
    Title,
    WritingLine,
)

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def quarter(title: str, icon: str, figures: tuple[BigFigure, ...], text: str) -> tuple[Element, ...]:
    """One of the four quarters."""
    return Section(title, icon), BigFigures(slug=title.lower(), figures=figures), Body(text)  # type: ignore[arg-type]


def sustainability() -> Story:
    """Pages 6 and 7."""
    power = MeterMonths(name="Electricity", unit="kWh a month", shown="190", first_month="Apr", last_month="Mar",
                   now=(168, 150, 138, 131, 136, 149, 176, 201, 232, 236, 214, 190),
                   before=(182, 166, 149, 140, 143, 160, 190, 221, 254, 251, 238, 213))
    water = MeterMonths(name="Water", unit="m³ a month", shown="18", first_month="Apr", last_month="Mar",
                   now=(16, 19, 24, 27, 25, 20, 17, 16, 17, 17, 16, 18),
                   before=(17, 21, 27, 31, None, 23, 18, 17, 18, 19, 18, 18))
    waste = MeterMonths(name="Waste", unit="kg a month", shown="102", first_month="Apr", last_month="Mar",
                   now=(128, 121, 118, 116, 112, 115, 110, 108, 119, 109, 101, 102),
                   before=(131, 134, 128, 130, 127, 126, 122, 125, 138, 124, 120, 121))
    first = "First year: nothing to compare yet"
    return (
        PageBreak(), Title(text="Our three months", kicker="Sustainability report, January to March 2026"),
        Lead("Nearly everyone took part. Grants still carry us more than our own income. We used less of everything "
             "we measure."),
        SideBySide(left=quarter("People", "people", (BigFigure(label="Took part", value="8 of 9", trend=first),
                                                 BigFigure(label="Gave and received", value="6 of 8")),
                            "8 of 9 members gave or received help, and most of them did both."),
               right=quarter("Time", "clock", (BigFigure(label="Hours given", value=Number("22:00", 1320), trend=first),
                                               BigFigure(label="Help promised", value=Number("7:47", 467))),
                             "Members gave 22 hours. The community has promised 7:47 of future help.")),
        SideBySide(left=quarter("Money", "coins", (BigFigure(label="Income we earned", value="12.1 %", trend=first),
                                               BigFigure(label="Emergency cover", value="7.9", unit="months")),
                            "Of 5,687.00 income, 687.00 was our own: sales, fees and dues."),
               right=quarter("Planet", "leaf",
                             (BigFigure(label="Electricity", value="640", unit="kWh", trend="8.8 % less",
                                     direction="down"),
                              BigFigure(label="Water", value="51", unit="m³", trend="7.3 % less", direction="down")),
                             "62 kWh and 4 m³ less than a year ago. Meter readings are samples.")),
        PageFoot("Hidden, because fewer than 5 people: 2 (how many joined, how many left)."),
        PageBreak(), Title(text="Resources"),
        Lead("Electricity, water and waste all fell against the same three months of last year."),
        Chart(picture=SmallMultiples(charts=(power, water, waste), recent_word="January to March",
                                earlier_word="earlier months", before_word="the year before"),
              alt="Electricity, water and waste fell."),
        Section("January to March in figures"), resources(),
        PageFoot("780 nights were spent here, guests counted (sample)."),
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
        rows=tuple(TableRow(cells=row[:5], step=row[5]) for row in rows),
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
        BigFigures(slug="mine", figures=(BigFigure(label="You gave", value="3:30"),
                                      BigFigure(label="You received", value="2:33"),
                                      BigFigure(label="Balance", value="+0:27", is_result=True))),
        Table(slug="statement", columns=(Column(head="Day", kind="words"), Column(head="What", kind="words"),
                                         Column(head="With", kind="words"), Column(head="Change"),
                                         Column(head="Balance", kind="result")),
              rows=tuple(TableRow(cells=row) for row in rows),
              sentence="You gave 3:30, received 2:33 and made a gift of 0:30. Your balance is +0:27."),
        Section("Is something not right?"),
        Body("Tell anyone in the time circle, or write on this sheet and hand it in. Nothing is changed in secret: a "
             "wrong entry is taken back and written again, and both stay visible to you."),
    )


def more() -> Story:
    """Page 9: what the sample pages do not show."""
    hours = YearLine(months=tuple(MonthEnd(name, value) for name, value in zip(
        MONTHS, (7, 9, 6, 4, 0, 3, 11, 12, 8, 5, 4, 6), strict=True)), last="6:00",
        scale=(ChartLabel("", 0, "0"), ChartLabel("", 5, "5"), ChartLabel("", 10, "10")))
    return (
        PageBreak(), Title(text="Time together"), Lead("Most hours went to the garden and the kitchen."),
        Chart(picture=Bars(marks=(ChartLabel("Garden", 640, "10:40"),
                                  ChartLabel("Kitchen and common meals", 420, "7:00"),
                                  ChartLabel("Peer support", 95, "1:35"), ChartLabel("Crafts", 0, "0:00"))),
              alt="The garden had 10:40 hours."),
        Chart(picture=hours, alt="6 hours in December."),
        Chart(picture=Bands(marks=(ChartLabel("Gave more", 3, "3"),
                                   ChartLabel("Gave about as much as they received", 5, "5"),
                                   ChartLabel("Received more", 1, "1"))),
              alt="Five gave about as much as they received."),
        Note("Bands hold five people or more in the public edition."),
        Section("What we change"),
        Points(items=("We log hours on the day.", ("We ask ", Strong("everyone"), (" once a month what they need, and "
                      "write down what could not be found so that the next circle can look for it."))),
               is_numbered=True),
        Sentence("Two things to try before the next report."),
        Form(((WritingLine("Name", 2), WritingLine("Date")), (WritingLine("What I would change"),))),
    )
