"""E-mail against a real SMTP server on loopback."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from server.errors import DeliveryError, DeliveryRefusedError
from server.notifications.email import Mailer
from server.notifications.port import Message
from tests.server.notifications.mailbox import Mailbox, running_mailbox

NOW = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)
ID = UUID("00000000-0000-4000-8000-000000000001")
MESSAGE = Message(
    ID, "A reminder – Zeit für Ihr Tagebuch", "Bitte öffnen: مذكرة\n", "<p>Bitte öffnen: مذكرة</p>"
)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with running_mailbox() as box:
        yield box


def test_a_message_arrives_as_plain_text_and_html_in_any_script(mailbox: Mailbox):
    Mailer(mailbox.settings()).send("ann@example.org", MESSAGE, NOW)

    [mail] = mailbox.arrived
    assert mail["To"] == "ann@example.org"
    assert mail["From"] == "Afterblock <diary@clinic.example>"
    assert mail["Subject"] == MESSAGE.subject
    assert mail["Message-ID"] == f"<{ID}@clinic.example>"
    assert mail["Date"].datetime == NOW
    assert mail["Auto-Submitted"] == "auto-generated"
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().strip() == MESSAGE.text.strip()
    assert html.get_content().strip() == MESSAGE.html


def test_the_same_message_sent_again_has_the_same_message_id(mailbox: Mailbox):
    for _ in range(2):
        Mailer(mailbox.settings()).send("ann@example.org", MESSAGE, NOW)

    assert len({mail["Message-ID"] for mail in mailbox.arrived}) == 1


def test_an_address_the_server_does_not_know_is_refused_for_good(mailbox: Mailbox):
    mailbox.refuse_recipient = "550 no such user"

    with pytest.raises(DeliveryRefusedError):
        Mailer(mailbox.settings()).send("ann@example.org", MESSAGE, NOW)


def test_an_address_that_would_break_the_head_of_a_message_is_refused_for_good(mailbox: Mailbox):
    for address in ("=?utf-8?b?YQ0KQmNjOiB4QHkueg0K?=@b.de", "a\r\nBcc: x@y.z"):
        with pytest.raises(DeliveryRefusedError):
            Mailer(mailbox.settings()).send(address, MESSAGE, NOW)
    assert mailbox.arrived == []


@pytest.mark.parametrize(
    ("where", "answer"),
    [
        ("refuse_recipient", "451 greylisted"),
        ("refuse_data", "452 disk full"),
        ("refuse_data", "554 looks like spam"),
    ],
)
def test_any_other_trouble_is_worth_another_try(mailbox: Mailbox, where: str, answer: str):
    setattr(mailbox, where, answer)

    with pytest.raises(DeliveryError) as raised:
        Mailer(mailbox.settings()).send("ann@example.org", MESSAGE, NOW)
    assert not isinstance(raised.value, DeliveryRefusedError)


def test_a_mail_server_that_is_away_is_worth_another_try(mailbox: Mailbox):
    settings = replace(mailbox.settings(), port=1)

    with pytest.raises(DeliveryError):
        Mailer(settings).send("ann@example.org", MESSAGE, NOW)


def test_a_server_without_the_encryption_it_should_have_gets_nothing(mailbox: Mailbox):
    settings = replace(mailbox.settings(), security="starttls")

    with pytest.raises(DeliveryError):
        Mailer(settings).send("ann@example.org", MESSAGE, NOW)
    assert mailbox.arrived == []


def test_neither_errors_nor_settings_show_the_address_or_the_password(mailbox: Mailbox):
    mailbox.refuse_recipient = "550 no such user"
    settings = replace(mailbox.settings(), password="hush")

    with pytest.raises(DeliveryError) as raised:
        Mailer(settings).send("ann@example.org", MESSAGE, NOW)
    assert "ann@" not in raised.value.detail
    assert "hush" not in repr(settings)
