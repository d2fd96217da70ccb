import pytest

from server.domain.codes import SIDE_EFFECTS, SKIPS
from server.exports.fhir import codes


def test_every_code_of_another_system_is_one_a_source_confirmed():
    """Codes are checked by nobody offline, so this table says which were seen and where none fits."""
    assert codes.PAIN["code"] == "72514-3"
    confirmed = {
        "nausea": "422587007",
        "headache": "25064002",
        "lightheadedness": "386705008",
        "flushing": "238810007",
        "itching": "418363000",
    }
    assert {name: code for name, (code, _) in codes.SYMPTOMS.items()} == confirmed
    for name in SIDE_EFFECTS:
        systems = [coding["system"] for coding in codes.symptom(name)["coding"]]
        assert systems[-1] == "urn:afterblock:codes:side-effect"
        assert (codes.SNOMED in systems) is (name in confirmed)


@pytest.mark.parametrize("code", sorted({code for code, _ in codes.SYMPTOMS.values()}))
def test_snomed_codes_carry_a_right_check_digit(code: str):
    """SNOMED CT identifiers end with a Verhoeff check digit: a slip of a finger is found."""
    check = 0
    for place, digit in enumerate(reversed(code)):
        check = D[check][P[place % 8][int(digit)]]
    assert check == 0


def test_loinc_codes_carry_a_right_check_digit():
    """LOINC numbers end with a mod 10 (Luhn) check digit."""
    number, _, digit = codes.PAIN["code"].partition("-")
    doubled = str(2 * int(number[::-1][::2][::-1]))
    total = sum(map(int, doubled)) + sum(map(int, number[::-1][1::2]))
    assert (-total) % 10 == int(digit)


def test_every_way_of_skipping_has_a_reason_why_the_score_is_absent():
    assert set(codes.ABSENT_REASONS) == set(SKIPS)


D = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 0, 6, 7, 8, 9, 5], [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7], [4, 0, 1, 2, 3, 9, 5, 6, 7, 8], [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2], [7, 6, 5, 9, 8, 2, 1, 0, 4, 3], [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
]  # fmt: skip
P = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 5, 7, 6, 2, 8, 3, 0, 9, 4], [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
    [8, 9, 1, 6, 0, 4, 3, 5, 2, 7], [9, 4, 5, 3, 1, 2, 6, 8, 7, 0], [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
    [2, 7, 9, 3, 8, 0, 6, 4, 1, 5], [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
]  # fmt: skip
