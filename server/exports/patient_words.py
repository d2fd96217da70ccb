"""What the patient's own page says, in the languages of the app: no drug, no diagnosis, no promise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

Sided = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class PageWords:
    """The sentences of one language; `{}` is filled in."""

    title: str
    kind: str
    pains: Sided
    injection: str
    before: str
    first_day: str
    days: str
    dashed: str
    scale: str
    lowest: str
    highest: str
    last: str
    day: str
    written: str
    score: str
    in_numbers: str
    about: str
    call: str
    made: str
    months: tuple[str, ...]
    date: str
    """Day, month and year in their order."""
    direction: str = "ltr"
    comma: str = ", "

    def on(self, at: datetime) -> str:
        """A day as people write it."""
        return self.date.format(day=at.day, month=self.months[at.month - 1], year=at.year)


_EN: Final = PageWords(
    title="My pain diary",
    kind="The patient's own copy",
    pains={
        "arm": {"left": "Left arm pain", "right": "Right arm pain", "both": "Pain in both arms"},
        "leg": {"left": "Left leg pain", "right": "Right leg pain", "both": "Pain in both legs"},
        "trunk": {"left": "Left side pain", "right": "Right side pain", "both": "Pain in both sides"},
    },
    injection="Injection on {}",
    before="Before the injection",
    first_day="First day, in hours",
    days="Days, average of each day",
    dashed="Dashed line: before the injection.",
    scale="0 is no pain, 10 is the worst imaginable.",
    lowest="Lowest on the first day",
    highest="Highest average of a day",
    last="Last average of a day",
    day="day {}",
    written="Entries you wrote",
    score="{} of 10",
    in_numbers="In numbers",
    about="This page shows what you wrote in your diary. It says nothing about the cause of your pain. "
    "Talk about it with your clinic.",
    call="Questions? Call your clinic:",
    made="Made on {}",
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    date="{day} {month} {year}",
)
_ES: Final = PageWords(
    title="Mi diario de dolor",
    kind="Copia para el paciente",
    pains={
        "arm": {
            "left": "Dolor en el brazo izquierdo",
            "right": "Dolor en el brazo derecho",
            "both": "Dolor en ambos brazos",
        },
        "leg": {
            "left": "Dolor en la pierna izquierda",
            "right": "Dolor en la pierna derecha",
            "both": "Dolor en ambas piernas",
        },
        "trunk": {
            "left": "Dolor en el costado izquierdo",
            "right": "Dolor en el costado derecho",
            "both": "Dolor en ambos costados",
        },
    },
    injection="Inyección del {}",
    before="Antes de la inyección",
    first_day="Primer día, en horas",
    days="Días, media de cada día",
    dashed="Línea discontinua: antes de la inyección.",
    scale="0 es ningún dolor, 10 es el peor imaginable.",
    lowest="Valor más bajo del primer día",
    highest="Media más alta de un día",
    last="Última media de un día",
    day="día {}",
    written="Registros que escribió",
    score="{} de 10",
    in_numbers="En números",
    about="Esta página muestra lo que usted escribió en su diario. No dice nada sobre la causa de su dolor. "
    "Coméntelo con su clínica.",
    call="¿Preguntas? Llame a su clínica:",
    made="Hecha el {}",
    months=("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
    date="{day} {month} {year}",
)
_DE: Final = PageWords(
    title="Mein Schmerztagebuch",
    kind="Für Sie zum Mitnehmen",
    pains={
        "arm": {
            "left": "Schmerz im linken Arm",
            "right": "Schmerz im rechten Arm",
            "both": "Schmerz in beiden Armen",
        },
        "leg": {
            "left": "Schmerz im linken Bein",
            "right": "Schmerz im rechten Bein",
            "both": "Schmerz in beiden Beinen",
        },
        "trunk": {
            "left": "Schmerz in der linken Seite",
            "right": "Schmerz in der rechten Seite",
            "both": "Schmerz in beiden Seiten",
        },
    },
    injection="Spritze am {}",
    before="Vor der Spritze",
    first_day="Erster Tag, in Stunden",
    days="Tage, Durchschnitt jedes Tages",
    dashed="Gestrichelte Linie: vor der Spritze.",
    scale="0 ist kein Schmerz, 10 ist der stärkste vorstellbare.",
    lowest="Niedrigster Wert am ersten Tag",
    highest="Höchster Durchschnitt eines Tages",
    last="Letzter Durchschnitt eines Tages",
    day="Tag {}",
    written="Einträge von Ihnen",
    score="{} von 10",
    in_numbers="In Zahlen",
    about="Diese Seite zeigt, was Sie in Ihr Tagebuch geschrieben haben. Sie sagt nichts über die Ursache "
    "Ihres Schmerzes. Sprechen Sie mit Ihrer Praxis darüber.",
    call="Fragen? Rufen Sie Ihre Praxis an:",
    made="Erstellt am {}",
    months=("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
    date="{day}. {month} {year}",
)
_AR: Final = PageWords(
    title="يوميات ألمي",
    kind="نسخة المريض",
    pains={
        "arm": {"left": "ألم الذراع اليسرى", "right": "ألم الذراع اليمنى", "both": "ألم الذراعين"},
        "leg": {"left": "ألم الساق اليسرى", "right": "ألم الساق اليمنى", "both": "ألم الساقين"},
        "trunk": {"left": "ألم الجانب الأيسر", "right": "ألم الجانب الأيمن", "both": "ألم الجانبين"},
    },
    injection="الحقنة في {}",
    before="قبل الحقنة",
    first_day="اليوم الأول، بالساعات",
    days="الأيام، متوسط كل يوم",
    dashed="الخط المتقطع: قبل الحقنة.",
    scale="0 يعني لا ألم، و10 أسوأ ألم يمكن تخيله.",
    lowest="أقل درجة في اليوم الأول",
    highest="أعلى متوسط في يوم",
    last="آخر متوسط في يوم",
    day="اليوم {}",
    written="ما كتبته من تسجيلات",
    score="{} من 10",
    in_numbers="بالأرقام",
    about="تعرض هذه الصفحة ما كتبته في يومياتك. وهي لا تقول شيئًا عن سبب ألمك. تحدث عنها مع عيادتك.",
    call="لديك أسئلة؟ اتصل بعيادتك:",
    made="أُعدت في {}",
    months=(
        *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"),
        *("يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
    ),
    date="{day} {month} {year}",
    direction="rtl",
    comma="، ",
)

WORDS: Final[Mapping[str, PageWords]] = {"en": _EN, "es": _ES, "de": _DE, "ar": _AR}


def words_of(language: str) -> PageWords:
    """The words of a language; English where there are none."""
    return WORDS.get(language, _EN)
