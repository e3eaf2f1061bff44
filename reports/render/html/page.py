"""A story as HTML: headings, tables, lists and charts, accessible to screen readers.

All texts of the story are escaped. The fragment has no inline styles and no scripts, so it passes a strict content
security policy.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from markupsafe import Markup

from reports.language.page_labels import ENGLISH_LABELS, PageLabels
from reports.render import charts
from reports.render.charts.icons import draw_icon
from reports.render.charts.qr_code import qr_code
from reports.render.html.markup import join, rich_text, tag
from reports.render.html.tables import facts_table, ledger_table
from reports.render.pdf.sign_off_blocks import groups_of_four
from reports.render.typography import fonts
from reports.render.typography.errors import PageRefused
from reports.render.typography.style import LIVE_WIDTH
from reports.story.elements import (  # fmt: skip
    Address,
    BigFigure,
    BigFigures,
    Body,
    Chart,
    Element,
    Facts,
    Form,
    KeepTogether,
    Lead,
    Note,
    Number,
    PageBreak,
    PageFoot,
    Points,
    Proposal,
    Proposals,
    Section,
    Sentence,
    SideBySide,
    Signer,
    SignOff,
    Table,
    Title,
)
from reports.story.header_footer import HeaderFooter

FOLDER: Final = Path(__file__).parent
HALF: Final = 320.0
PARAGRAPH_CLASSES: Final = {Lead: "report-lead", Body: "", Sentence: "report-said", Note: "report-note"}


def render_fragment(story: Iterable[Element]) -> Markup:
    """The story for a page that has its own main heading: titles are `h2`, sections `h3`."""
    fonts.register_fonts()
    return tag("div", [_element(element, LIVE_WIDTH) for element in story], class_="report")


def render_html(story: Iterable[Element], header_footer: HeaderFooter, labels: PageLabels = ENGLISH_LABELS) -> str:
    """The story as a complete page, to keep as a file or to print from a browser."""
    title = f"{header_footer.report}, {header_footer.period}"
    head = tag(
        "head",
        Markup('<meta charset="utf-8">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", f"{title}, {header_footer.community}"),
        tag("style", stylesheet()),
    )
    banner = tag(
        "header",
        tag("p", header_footer.community, class_="report-community"),
        tag("h1", title),
        tag("p", header_footer.edition, class_="report-note"),
    )
    body = tag("body", tag("main", banner, render_fragment(story), _books(header_footer, labels)))
    return "<!doctype html>\n" + str(tag("html", head, body, lang=header_footer.language, dir=header_footer.direction))


def stylesheet() -> Markup:
    """The style sheet of a complete page, with the light and dark palette."""
    screen = json.loads((FOLDER.parent / "typography" / "palette.json").read_text("utf-8"))["screen"]
    light, dark = ("".join(f"--{name}:{color};" for name, color in screen[way].items()) for way in ("light", "dark"))
    css = (
        f":root{{color-scheme:light dark;--serif:Georgia,'Noto Serif',serif;{light}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        "body{background:var(--sheet);color:var(--ink);font:1.125rem/1.5 system-ui,'Noto Sans',sans-serif;"
        "margin:0 auto;padding:1.5rem 1rem 3rem;max-width:54rem}"
        "h1{font:600 1.25rem/1.3 var(--serif);margin:0}"
    ) + (FOLDER / "html.css").read_text("utf-8")
    return Markup(css)  # noqa: S704 (only our own files)


def _books(header_footer: HeaderFooter, labels: PageLabels) -> Markup:
    """The footer: report id, last entry, full chain head, and where to check them."""
    address = labels.address % {"address": header_footer.address}
    lines = [
        labels.report % {"report": header_footer.report_id, "state": header_footer.state},
        labels.entry_line(header_footer),
        labels.head % {"head": " ".join(groups_of_four(header_footer.chain_head))},
        address if header_footer.address else "",
    ]
    code = ""
    if header_footer.link:
        code = charts.svg(qr_code(header_footer.check(), 88), address)
    return tag("footer", code, [tag("p", line) for line in lines if line], class_="report-books")


def _chart(chart: Chart, width: float) -> Markup:
    """The chart as SVG, or its finding as text where the fonts lack a letter.

    A wide chart is drawn a second time for phones; the style sheet shows one of the two.
    """
    try:
        if width <= HALF:
            return tag("figure", _drawn(chart, width))
        narrow = tag("p", chart.alt) if charts.has_no_narrow_form(chart.picture) else _drawn(chart, HALF)
        return tag("figure", _drawn(chart, width), class_="report-wide") + tag("figure", narrow, class_="report-narrow")
    except PageRefused:
        return tag("p", chart.alt)


def _drawn(chart: Chart, width: float) -> Markup:
    return charts.svg(charts.draw(chart.picture, width), chart.alt)


def _element(element: Element, width: float) -> Markup:
    match element:
        case Table():
            return ledger_table(element)
        case Facts():
            return facts_table(element)
        case BigFigures():
            return tag("dl", [_figure(figure) for figure in element.figures], class_="report-figures")
        case Chart():
            return _chart(element, width)
        case SideBySide():
            halves = (tag("div", [_element(part, HALF) for part in half]) for half in (element.left, element.right))
            return tag("div", list(halves), class_="report-halves")
        case KeepTogether():
            return join(_element(part, width) for part in element.elements)
        case Points():
            return tag("ol" if element.is_numbered else "ul", [tag("li", rich_text(item)) for item in element.items])
        case Proposals():
            return tag("ol", [_proposal(item) for item in element.items], class_="report-proposals")
        case SignOff():
            return _sign_off(element)
        case Form():
            return tag("div", [tag("p", blank.label, class_="report-line") for row in element.rows for blank in row])
        case PageBreak():
            return Markup("")
        case _:
            return _words(element)


def _words(element: Title | Lead | Section | Body | Sentence | Note | PageFoot | Address) -> Markup:
    match element:
        case Title():
            kicker = tag("p", element.kicker, class_="report-kicker") if element.kicker else ""
            return join([kicker, tag("h2", element.text)])
        case Section():
            picture = charts.svg(draw_icon(element.icon, 40), "") if element.icon else ""
            return tag("h3", picture, " " if picture else "", element.title)
        case Lead() | Body() | Sentence() | Note():
            return tag("p", rich_text(element.text), class_=PARAGRAPH_CLASSES[type(element)])
        case PageFoot():
            return tag("p", element.text, class_="report-foot")
        case _:
            return tag("address", join(tag("span", line) + Markup("<br>") for line in element.lines))


def _figure(figure: BigFigure) -> Markup:
    value = figure.value.shown if isinstance(figure.value, Number) else figure.value
    arrow = {"up": "↑ ", "down": "↓ ", "": ""}[figure.direction]
    return tag(
        "div",
        tag("dt", figure.label),
        tag(
            "dd",
            tag("span", value, class_="value result" if figure.is_result else "value"),
            f" {figure.unit}" if figure.unit else "",
        ),
        tag("dd", arrow + figure.trend, class_="report-note") if figure.trend else "",
    )


def _proposal(proposal: Proposal) -> Markup:
    choices = [tag("span", choice, class_="report-choice") for choice in proposal.choices]
    return tag(
        "li",
        rich_text(proposal.text),
        tag("p", proposal.by, class_="report-by") if proposal.by else "",
        tag("p", choices) if choices else "",
    )


def _sign_off(sign_off: SignOff) -> Markup:
    return join(
        [
            tag("div", [_signer(signer) for signer in sign_off.signers], class_="report-signs"),
            tag("p", sign_off.note, class_="report-note") if sign_off.note else "",
            tag("p", sign_off.remarks, class_="report-line"),
            tag("p", rich_text(sign_off.check)),
        ]
    )


def _signer(signer: Signer) -> Markup:
    lines: Sequence[Markup] = [tag("p", line, class_="report-line") for line in signer.lines]
    return tag("div", tag("p", tag("strong", signer.act), tag("span", signer.who, class_="report-sub")), lines)
