"""The drawings show the sums they are given, on one scale."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from web.shared.diagrams import MAX_NOTCHES, TallyPart, VarianceLine, build_tally, build_variance, notch_size


def stretch(amount: int) -> TallyPart:
    return TallyPart(label="", amount=amount, shown="", tone="gave")


def test_the_open_end_is_the_difference() -> None:
    drawn = build_tally([stretch(210)], [stretch(153), stretch(30)], "min")
    assert drawn.open_end == "M183 27H210V47H183"
    assert drawn.joints == "M153 26v22"


def test_the_open_end_is_on_the_side_that_has_less() -> None:
    assert build_tally([stretch(180)], [stretch(243)], "min").open_end == "M180 1H243V21H180"
    assert build_tally([stretch(60)], [stretch(60)], "min").open_end == ""


def test_nothing_given_and_nothing_received_still_draws() -> None:
    drawn = build_tally([], [], "min")
    assert (drawn.bars, drawn.notches, drawn.width) == ((), "", 1.02)


def test_every_second_notch_is_deeper() -> None:
    assert build_tally([stretch(70)], [], "min").notches == "M30 0v6M60 0v12"


def test_a_notch_is_half_an_hour_or_five() -> None:
    assert [notch_size(210, "min"), notch_size(3000, "NV"), notch_size(3000, "EUR")] == [30, 500, 500]


@given(st.integers(1, 10**15), st.sampled_from(["min", "NV", "EUR"]))
def test_a_stick_is_never_cut_to_pieces(longest: int, unit: str) -> None:
    assert longest / notch_size(longest, unit) <= MAX_NOTCHES


@given(st.lists(st.integers(-(10**12), 10**12), max_size=6))
def test_every_variance_bar_fits_the_scale(amounts: list[int]) -> None:
    drawn = build_variance([VarianceLine(label="", less=amount, shown="") for amount in amounts])
    assert all(-drawn.reach <= bar.x and bar.x + bar.width <= drawn.reach for _line, bar in drawn.lines)
    assert drawn.reach // drawn.step <= 5


def test_more_than_planned_is_hatched_toward_the_start() -> None:
    drawn = build_variance(
        [VarianceLine(label="Garden", less=-25000, shown=""), VarianceLine(label="Kitchen", less=13500, shown="")]
    )
    assert [(bar.x, bar.width, bar.tone) for _line, bar in drawn.lines] == [
        (-25000, 25000, "over"),
        (0, 13500, "under"),
    ]
    assert (drawn.reach, drawn.step) == (30000, 10000)
