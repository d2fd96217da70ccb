"""Clock and zone changes on the phone: nothing is lost or moved, and each entry says which clock it was."""

from datetime import UTC, datetime

import pytest

from tests.e2e.browsers import PHONE
from tests.e2e.conftest import OpenContext
from tests.e2e.patient_phone import PatientPhone
from tests.e2e.stage import Stage
from tests.e2e.ward import Ward

SPRING = (
    "2026-03-28T20:00:00+01:00",
    [("2026-03-29T00:50", "01:50", 60), ("2026-03-29T01:10", "03:10", 120)],
)
AUTUMN = (
    "2026-10-24T20:00:00+02:00",
    [("2026-10-25T00:30", "02:30", 120), ("2026-10-25T01:30", "02:30", 60)],
)
ATLANTIC = ("America/New_York", -240)


@pytest.mark.parametrize(("performed_at", "moments"), [SPRING, AUTUMN], ids=["spring", "autumn"])
def test_a_night_with_a_clock_change_and_a_flight_after_it(
    stage: Stage,
    ward: Ward,
    open_context: OpenContext,
    performed_at: str,
    moments: list[tuple[str, str, int]],
):
    stage.go_to(datetime.fromisoformat(f"{moments[0][0]}:00").replace(tzinfo=UTC))
    episode = ward.episode(performed_at)
    pocket, _ = open_context("phone", PHONE, kept=True)
    phone = ward.connect(pocket.new_page(), episode)
    for score, (instant, _local, _offset) in enumerate(moments, start=3):
        stage.go_to(datetime.fromisoformat(f"{instant}:00").replace(tzinfo=UTC))
        phone.follow()
        phone.log(score)
        phone.expect_all_received()
    pocket.close()

    zone, _ = ATLANTIC
    stage.go_to(datetime.fromisoformat(f"{moments[-1][0]}:00").replace(hour=20, tzinfo=UTC))
    abroad, _ = open_context("phone", PHONE, kept=True, timezone_id=zone)
    phone = PatientPhone(abroad.new_page(), stage)
    phone.open("/today")
    phone.expect_connected()
    phone.log(6)
    phone.expect_all_received()

    heads = [entry["head"] for entry in ward.entries(episode)]
    assert [head["body"]["pain"] for head in heads] == [3, 4, 6]
    for head, (instant, local, offset) in zip(heads, moments, strict=False):
        taken = datetime.fromisoformat(head["body"]["taken_at"])
        assert taken.astimezone(UTC).isoformat().startswith(instant)
        assert taken.strftime("%H:%M") == local
        assert taken.utcoffset().total_seconds() / 60 == offset
    last = datetime.fromisoformat(heads[-1]["body"]["taken_at"])
    assert last.utcoffset().total_seconds() / 60 == ATLANTIC[1]
