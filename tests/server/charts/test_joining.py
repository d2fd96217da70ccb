from server.charts.course import ChartPoint
from server.charts.joining import joined_averages, joined_now, median_runs
from tests.server.charts.courses import course, episode, evening, evenings, hours, now, reading


def points(entries, as_of: float = 200.0, grades=None):
    return course((episode(entries), reading(as_of), {"grades": grades or {}})).points


def pairs(segments) -> list[tuple[str, str]]:
    return [(one.entry_id, two.entry_id) for one, two in segments]


def test_neighbouring_hours_are_joined():
    assert pairs(joined_now(points(hours("321")))) == [("h0.25", "h0.5"), ("h0.5", "h1")]


def test_no_line_crosses_a_missing_hour():
    assert pairs(joined_now(points([now(2, 3), now(4, 5), now(5, 5)]))) == [("h4", "h5")]


def test_a_late_score_still_fills_its_hour():
    assert pairs(joined_now(points([now(2, 3), now(3.7, 5)]))) == [("h2", "h3.7")]


def test_the_line_from_the_injection_reaches_a_first_score_that_fills_the_first_check_in():
    before = ChartPoint("T0", 0.0, 0, "now", 7, "before")
    for minutes in (10, 21, 22):
        entries = [now(minutes / 60, 3), now(0.5, 3)]
        assert pairs(joined_now([before, *points(entries)]))[0] == ("T0", entries[0]["id"])
    for minutes in (23, 31):
        assert pairs(joined_now([before, *points([now(minutes / 60, 3)])])) == []


def test_a_second_score_of_one_check_in_fills_no_other():
    assert pairs(joined_now(points([now(2, 3), now(2.1, 3), now(4, 3)]))) == [("h2", "h2.1")]


def test_no_line_crosses_a_missing_evening_of_the_first_four_weeks():
    assert pairs(joined_averages(points(evenings("77.66")))) == [("d1", "d2"), ("d4", "d5")]


def test_weeks_and_months_are_joined_at_their_own_pace():
    entries = [evening(day, 3) for day in (28, 35, 43, 58, 65)]
    assert pairs(joined_averages(points(entries))) == [("d28", "d35"), ("d35", "d43"), ("d58", "d65")]
    entries = [evening(day, 3) for day in (84, 122, 150, 250)]
    assert pairs(joined_averages(points(entries, as_of=300))) == [("d84", "d122"), ("d122", "d150")]


def test_of_two_averages_of_one_day_the_last_is_joined():
    entries = [evening(1, 5), {**evening(2, 5), "id": "first"}, {**evening(2, 4), "id": "last"}]
    entries[2]["taken_at"] = entries[1]["taken_at"].replace("20:30", "21:30")
    assert pairs(joined_averages(points(entries))) == [("d1", "last")]


def test_a_long_dense_stretch_is_read_by_its_medians():
    entries = evenings("3" * 80)
    runs = median_runs(points(entries))
    assert len(runs) == 1
    assert {level for _, level in runs[0]} == {3.0}
    later = [pair for pair in pairs(joined_averages(points(entries))) if int(pair[0][1:]) > 15]
    assert len(later) <= 3


def test_one_odd_day_does_not_move_the_median_line():
    scores = ["2"] * 80
    scores[40] = "9"
    assert {level for _, level in median_runs(points(evenings("".join(scores))))[0]} == {2.0}


def test_the_median_line_stops_where_the_diary_thins_out():
    entries = [*evenings("2" * 60), *evenings("7" * 40, first=95)]
    assert len(median_runs(points(entries))) == 2


def test_weekly_entries_have_no_median_line():
    assert median_runs(points([evening(day, 3) for day in range(16, 90, 7)])) == []
