"""Which check-in an entry fills, against the rule written out slot by slot."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from server.domain.filling import NO_OFFERS, Offers, fill
from server.domain.instants import DAY, HOUR, MINUTE, instant, local_time
from server.domain.schedule import Slot, slots_taking_averages, slots_taking_now

LOCAL = local_time("Europe/Berlin")
T0 = instant("2026-03-20T11:30:00+01:00")
HOURS = slots_taking_now(T0, LOCAL)
EVENINGS = slots_taking_averages(LOCAL, LOCAL.day(T0))


def offers(times: Sequence[int], first: int) -> Offers:
    return Offers(range(first, first + len(times)), sorted(times))


def pick(slots: Sequence[Slot], at: int) -> Slot | None:
    held = [slot for slot in slots if slot.opens <= at <= slot.late_until]
    return min(held, key=lambda slot: (at > slot.closes, abs(at - slot.planned)), default=None)


def plainly(given: Offers, slots: Sequence[Slot]) -> dict[str, int]:
    """Each entry tries one slot; of those that try the same, on time goes before late, then the nearest."""
    tried: dict[str, list[tuple[int, int]]] = {}
    for offer in zip(given.times, given.places, strict=True):
        if (slot := pick(slots, offer[0])) is not None:
            tried.setdefault(slot.key, []).append(offer)
    by_key = {slot.key: slot for slot in slots}
    return {
        key: min(
            those, key=lambda offer: (offer[0] > by_key[key].closes, abs(offer[0] - by_key[key].planned))
        )[1]
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
    told, evenings = offers(nows, 0), offers(averages, len(nows))
    places = {slot.key: place for place, slot in fill(told, evenings, HOURS, EVENINGS).items()}
    assert places == plainly(told, HOURS) | plainly(evenings, EVENINGS.slots)


def test_only_check_ins_planned_by_an_end_are_due():
    end = EVENINGS.slots[9].planned
    due = EVENINGS.planned_by(end)
    assert [slot.key for slot in due.slots] == [f"d{day}" for day in range(1, 11)]
    assert [*due.closes] == [slot.closes for slot in due.slots]
    late = due.slots[-1].late_until
    filled = fill(NO_OFFERS, offers([late, late + 1, end + DAY - HOUR], 0), HOURS, due)
    assert [slot.key for slot in filled.values()] == ["d10"]
