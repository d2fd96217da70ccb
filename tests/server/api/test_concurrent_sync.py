"""Phones that write at the same moment: the cursor misses no change and repeats none."""

import threading
from functools import partial

from flask.testing import FlaskClient

from tests.factories.racing import at_once, times
from tests.factories.world import CLINIC, HEADERS, Clinic, Phone, procedure


def second_phone(clinic: Clinic, phone: Phone) -> Phone:
    other = Phone(clinic.app.test_client(), phone.episode_id)
    assert other.enrol(clinic.invite(phone.episode_id)).status_code == 201
    return other


def test_a_reader_with_a_cursor_sees_every_change_of_concurrent_writers_once(clinic: Clinic, phone: Phone):
    writers = [phone, second_phone(clinic, phone), clinic.phone(clinic.episode())]
    reader = second_phone(clinic, phone)
    done = threading.Event()
    seen: list[str] = []

    def write(writer: Phone) -> list[str]:
        sent = []
        for _ in range(times(12, 300)):
            batch = [writer.put() for _ in range(3)]
            assert writer.statuses(*batch) == ["stored"] * 3
            sent += [record["rev_id"] for record in batch]
        return sent

    def read() -> None:
        cursor = None
        while True:
            last = done.is_set()
            page = reader.sync(cursor=cursor).json
            seen.extend(change["rev_id"] for change in page["changes"])
            cursor = page["cursor"]
            if last and not page["more"] and not page["changes"]:
                return

    reading = threading.Thread(target=read)
    reading.start()
    sent = at_once([partial(write, writer) for writer in writers])
    done.set()
    reading.join()
    assert sorted(seen) == sorted(sent[0] + sent[1])
    assert len(seen) == len(set(seen))


def test_the_same_batch_sent_twice_at_the_same_moment_is_stored_once(clinic: Clinic, phone: Phone):
    cookie = phone.client.get_cookie("afterblock-device")
    assert cookie is not None

    def twin() -> Phone:
        client: FlaskClient = clinic.app.test_client()
        client.set_cookie("afterblock-device", cookie.value)
        return Phone(client, phone.episode_id, phone.key)

    for _ in range(times(5, 200)):
        batch = [phone.put() for _ in range(4)]
        answers = at_once([partial(twin().statuses, *batch) for _ in range(3)])
        assert sorted(map(tuple, answers)) == [("duplicate",) * 4] * 2 + [("stored",) * 4]


def test_staff_correct_a_record_while_its_phones_write(clinic: Clinic, phone: Phone):
    """Both lock the clinic's numbers first and then the episode: neither has to give way to the other."""

    def write() -> list[int]:
        return [phone.sync(phone.put(), phone.put()).status_code for _ in range(times(15, 300))]

    def correct() -> list[int]:
        client, path = clinic.client(), f"{CLINIC}/episodes/{phone.episode_id}"
        record = {"status": "performed", "procedure": procedure(), "reason": "weighed again"}
        said = []
        for revision in range(1, times(15, 300) + 1):
            form = record | {"baseline": {"pain": 6 + revision % 2}, "revision": revision}
            said.append(client.put(path, json=form, headers=HEADERS).status_code)
        return said

    clinic.client()
    assert at_once([write, correct]) == [[200] * times(15, 300)] * 2
