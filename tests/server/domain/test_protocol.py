"""What a protocol may choose: offered check-ins may go, expected ones never; reminders thin a kept diary."""

from server.domain.instants import HOUR, fixed_time
from server.domain.protocol import Options, offered, options_from, reminded
from server.domain.schedule import slots

T0 = 9 * HOUR
LOCAL = fixed_time(0)
EVERY = slots(T0, LOCAL, planned_at=-7 * 24 * HOUR)


def keys(options: Options) -> set[str]:
    return {slot.key for slot in EVERY} - {slot.key for slot in offered(EVERY, options)}


def test_each_choice_takes_its_own_check_ins_away():
    assert keys(Options()) == set()
    assert keys(Options(offer_45=False)) == {"m45"}
    assert keys(Options(impressions=False)) == {"pgic14", "pgic28", "pgic90", "pgic180", "pgic365"}
    assert keys(Options(evenings_before=False)) == {f"d-{day}" for day in range(1, 8)}


def test_no_choice_touches_what_is_expected():
    least = offered(EVERY, Options(offer_45=False, evenings_before=False, impressions=False))
    expected = [slot for slot in EVERY if slot.expected]
    assert [slot for slot in least if slot.expected] == expected
    assert len(least) == len(expected)


def test_reminders_end_after_the_chosen_day_once_the_diary_is_kept():
    options = Options(remind_until_day=28)
    short = reminded(EVERY, options, T0, LOCAL, usable=4)
    assert max(slot.planned for slot in short) == next(slot.planned for slot in EVERY if slot.key == "d28")
    assert reminded(EVERY, options, T0, LOCAL, usable=3) == EVERY, "a diary hardly begun is not left alone"
    assert reminded(EVERY, Options(), T0, LOCAL, usable=99) == EVERY


def test_a_late_injection_does_not_move_the_last_day():
    late = 23 * HOUR
    planned = slots(late, LOCAL)
    short = reminded(planned, Options(remind_until_day=28), late, LOCAL, usable=9)
    assert "d28" in {slot.key for slot in short}
    assert "w5" not in {slot.key for slot in short}


def test_options_of_an_earlier_episode_are_the_products_own():
    assert options_from({}) == Options()
    assert options_from({"offer_45": False, "unknown": 1}) == Options(offer_45=False)
