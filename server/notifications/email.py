"""E-mail over SMTP: plain text with an HTML version, and one Message-ID however often it is sent."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from server.config import MailSettings
from server.errors import DeliveryError, DeliveryRefusedError
from server.notifications.port import Message

PATIENCE = 20
"""Seconds to wait for the mail server at each step."""
PERMANENT = 500


@dataclass(frozen=True, slots=True)
class Mailer:
    """Sends through the clinic's mail server. A new connection each time: nothing to go stale."""

    settings: MailSettings

    def send(self, address: str, message: Message, at: datetime) -> None:
        """Hand one message to the mail server, see `Port`."""
        made = self._compose(address, message, at)
        try:
            with self._connect() as server:
                _hand_over(server, made)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            if codes and min(codes) >= PERMANENT:
                raise DeliveryRefusedError("The mail server does not take this address.") from error
            raise DeliveryError("The mail server does not take the message now.") from error
        except (OSError, smtplib.SMTPException) as error:
            # Also a 5xx after DATA or at sign-in: the server is set up wrongly, and somebody may mend it.
            raise DeliveryError("The mail server cannot be used now.") from error

    def _connect(self) -> smtplib.SMTP:
        host, port = self.settings.host, self.settings.port
        trusted = ssl.create_default_context()
        if self.settings.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=trusted)
        else:
            server = smtplib.SMTP(host, port, timeout=PATIENCE)
        try:
            if self.settings.security == "starttls":
                server.starttls(context=trusted)
            if self.settings.user:
                server.login(self.settings.user, self.settings.password)
        except BaseException:
            server.close()
            raise
        return server

    def _compose(self, address: str, message: Message, at: datetime) -> EmailMessage:
        domain = parseaddr(self.settings.sender)[1].rpartition("@")[2]
        made = EmailMessage()
        made["From"] = self.settings.sender
        try:
            made["To"] = address
        except Exception as error:  # what the library raises for an address it cannot read varies
            raise DeliveryRefusedError("This address cannot stand in a message.") from error
        made["Subject"] = message.subject
        made["Date"] = format_datetime(at)
        made["Message-ID"] = f"<{message.id}@{domain}>"
        made["Auto-Submitted"] = "auto-generated"  # keeps out-of-office replies away
        made.set_content(message.text)
        if message.html is not None:
            made.add_alternative(message.html, subtype="html")
        return made


def _hand_over(server: smtplib.SMTP, made: EmailMessage) -> None:
    try:
        server.send_message(made)
    except smtplib.SMTPNotSupportedError as error:
        raise DeliveryRefusedError("The mail server takes no address with such letters.") from error
