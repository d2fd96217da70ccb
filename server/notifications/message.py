"""What reminders say: fixed sentences without a name, a clinic, a body part, a drug or a score."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import Final
from uuid import UUID

from server.notifications.port import Message

DEFAULT_LANGUAGE: Final = "en"


@dataclass(frozen=True, slots=True)
class Texts:
    """The sentences of one language."""

    title: str
    reminder: str
    test: str
    open: str
    why: str
    direction: str = "ltr"


TEXTS: Final[dict[str, Texts]] = {
    "en": Texts(
        "Afterblock",
        "It is time for your check-in.",
        "This is the test reminder you asked for.",
        "Open",
        "You get this message because you asked to be reminded. You can change that in the app.",
    ),
    "es": Texts(
        "Afterblock",
        "Es la hora de su control.",
        "Este es el aviso de prueba que ha pedido.",
        "Abrir",
        "Recibe este mensaje porque pidió que se le avisara. Puede cambiarlo en la aplicación.",
    ),
    "de": Texts(
        "Afterblock",
        "Es ist Zeit für Ihren Eintrag.",
        "Das ist die Test-Erinnerung, die Sie wollten.",
        "Öffnen",
        "Sie bekommen diese Nachricht, weil Sie erinnert werden möchten. In der App können Sie das ändern.",
    ),
    "ar": Texts(
        "Afterblock",
        "حان وقت تسجيلك.",
        "هذا هو التذكير التجريبي الذي طلبته.",
        "فتح",
        "تصلك هذه الرسالة لأنك طلبت التذكير. يمكنك تغيير ذلك في التطبيق.",
        "rtl",
    ),
}


def texts(language: str) -> Texts:
    """The sentences of a language such as "de" or "de-AT"; English where there are none."""
    return TEXTS.get(language.partition("-")[0].lower(), TEXTS[DEFAULT_LANGUAGE])


def push_payload(language: str, *, reminder: UUID, tag: UUID, link: str, test: bool) -> str:
    """What the service worker gets: the text to show, where a tap leads, and ids that say nothing."""
    words = texts(language)
    return json.dumps(
        {
            "id": str(reminder),
            "tag": str(tag),
            "title": words.title,
            "body": words.test if test else words.reminder,
            "url": link,
            "lang": language,
            "dir": words.direction,
        }
    )


def letter(language: str, *, reminder: UUID, link: str, test: bool) -> Message:
    """The same as an e-mail."""
    words = texts(language)
    sentence = words.test if test else words.reminder
    html = (
        f'<!doctype html><html lang="{escape(language)}" dir="{words.direction}">'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<body style="margin:0;padding:24px;background:#FAF9F6;color:#18212B;'
        'font:18px/1.5 system-ui,sans-serif"><div style="max-width:32em;margin:0 auto">'
        f"<p>{escape(sentence)}</p>"
        f'<p><a href="{escape(link)}" style="display:inline-block;padding:12px 24px;border-radius:12px;'
        f'background:#0A625E;color:#FFFFFF;text-decoration:none">{escape(words.open)}</a></p>'
        f'<p style="color:#4F5B67;font-size:14px">{escape(words.why)}</p></div></body></html>'
    )
    return Message(reminder, sentence, f"{sentence}\n\n{link}\n\n{words.why}\n", html)


def short(language: str, *, reminder: UUID, link: str, test: bool) -> Message:
    """The same as a text message."""
    words = texts(language)
    sentence = words.test if test else words.reminder
    return Message(reminder, words.title, f"{sentence} {link}")
