"""Which check-in an entry fills, against the rule written out slot by slot."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from server.domain.entries import Entry
from server.domain.filling import NO_OFFERS, Offers, fill
from server.domain.instants import DAY, HOUR, MINUTE, instant, local_time
from server.domain.schedule import Slot, slots_taking_averages, slots_taking_now

LOCAL = local_time("Europe/Berlin")
T0 = instant("2026-03-20T11:30:00+01:00")
HOURS = slots_taking_now(T0, LOCAL)
EVENINGS = slots_taking_averages(LOCAL, LOCAL.day(T0))


def offers(scale: str, times: Sequence[int], first: int) -> Offers:
    entries = [Entry(f"{scale}{place}", None, at, None, scale, 5) for place, at in enumerate(sorted(times))]
    return Offers.of(range(first, first + len(entries)), entries)


def pick(slots: Sequence[Slot], at: int) -> Slot | None:
    held = [slot for slot in slots if slot.opens <= at <= slot.late_until]
    return min(held, key=lambda slot: (at > slot.closes, abs(at - slot.planned)), default=None)


def plainly(given: Offers, slots: Sequence[Slot]) -> dict[str, int]:
    """Each entry tries one slot; of those that try the same, on time goes before late, then the nearest."""
    tried: dict[str, list[tuple[int, Entry]]] = {}
    for offer in zip(given.places, given.entries, strict=True):
        if (slot := pick(slots, offer[1].taken_at)) is not None:
            tried.setdefault(slot.key, []).append(offer)
    by_key = {slot.key: slot for slot in slots}
    return {
        key: min(
            those,
            key=lambda offer: (
                offer[1].taken_at > by_key[key].closes,
                abs(offer[1].taken_at - by_key[key].planned),
            ),
        )[0]
        for key, those in tried.items()
    }


early = st.integers(0, 30 * 60).map(lambda minutes: T0 + minutes * MINUTE)
any_evening = st.builds(
    lambda slot, step: slot.planned + step * 30 * MINUTE,
    st.sampled_from(EVENINGS.slots),
    st.integers(-12 * 24, 12 * 24),
)
edges = st.builds(
    lambda slot, edge, step: getattr(slot, edge) + step,
    st.sampled_from((*EVENINGS.slots, *HOURS)),
    st.sampled_from(("opens", "planned", "closes", "late_until")),
    st.integers(-1, 1),
)


@given(st.lists(early | edges, max_size=30), st.lists(any_evening | edges, max_size=40))
def test_each_check_in_is_filled_by_the_entry_that_the_rule_names(nows: list[int], averages: list[int]):
    told, evenings = offers("now", nows, 0), offers("average_24h", averages, len(nows))
    places = {filling.slot.key: place for place, filling in fill(told, evenings, HOURS, EVENINGS).items()}
    assert places == plainly(told, HOURS) | plainly(evenings, EVENINGS.slots)


def test_only_check_ins_planned_by_an_end_are_due():
    end = EVENINGS.slots[9].planned
    due = EVENINGS.planned_by(end)
    assert [slot.key for slot in due.slots] == [f"d{day}" for day in range(1, 11)]
    assert [*due.closes] == [slot.closes for slot in due.slots]
    late = due.slots[-1].late_until
    filled = fill(NO_OFFERS, offers("average_24h", [late, late + 1, end + DAY - HOUR], 0), HOURS, due)
    assert [filling.slot.key for filling in filled.values()] == ["d10"]
