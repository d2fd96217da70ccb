"""A real SMTP server on loopback, which keeps what it takes and refuses what it is told to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from server.config import MailSettings


@dataclass
class Mailbox:
    """What arrived, and the answers the server gives instead of taking a message."""

    port: int = 0
    arrived: list[EmailMessage] = field(default_factory=list)
    refuse_recipient: str | None = None
    refuse_data: str | None = None

    async def handle_RCPT(  # noqa: N802  # aiosmtpd fixes the name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[Any]
    ) -> str:
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  # aiosmtpd fixes the name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.refuse_data:
            return self.refuse_data
        content = cast("bytes", envelope.content)
        self.arrived.append(cast("EmailMessage", message_from_bytes(content, policy=policy.default)))
        return "250 OK"

    def settings(self) -> MailSettings:
        return MailSettings("127.0.0.1", self.port, "none", "Afterblock <diary@clinic.example>")


class AnyPort(Controller):
    """Listens where the machine has room; aiosmtpd itself would then knock on port 0."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def running_mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    controller = AnyPort(box, hostname="127.0.0.1", port=0)
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop()
