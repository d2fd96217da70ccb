/** The words of the first screens, in German. "Sie"; short and plain. */
import type { Side, Site, Texts } from "./en.ts";
import { plural } from "./plural.ts";

const count = plural("de");

const SIDED: Record<Site, Record<Side, string>> = {
  arm: { left: "im linken Arm", right: "im rechten Arm", both: "in beiden Armen" },
  leg: { left: "im linken Bein", right: "im rechten Bein", both: "in beiden Beinen" },
  trunk: { left: "in der linken Seite", right: "in der rechten Seite", both: "in beiden Seiten" },
};
const LIMBS = { arm: "Arm", leg: "Bein" } as const;

const indexPain = (site: Site, side: Side) => `Schmerz ${SIDED[site][side]}`;

export const de: Texts = {
  app: "Afterblock",
  tabs: { label: "Teile der App", today: "Heute", diary: "Tagebuch", phone: "Dieses Handy" },
  common: { yes: "Ja", no: "Nein", notSure: "Weiß nicht", cancel: "Abbrechen", back: "Zurück", done: "Fertig", close: "Schließen", dayAndTime: (day, time) => `${day}, ${time}` },
  language: { title: "Sprache", failed: "Diese Sprache konnte nicht geladen werden. Öffnen Sie die Seite noch einmal mit Netz." },

  place: {
    planned: "Vor Ihrer Spritze",
    ended: "Ihr Tagebuch ist vollständig",
    minutes: (n) => (n === 0 ? "Kurz nach Ihrer Spritze" : `${count(n, { one: "# Minute", other: "# Minuten" })} nach Ihrer Spritze`),
    hours: (n) => `${count(n, { one: "# Stunde", other: "# Stunden" })} nach Ihrer Spritze`,
    days: (n) => `Tag ${n} nach Ihrer Spritze`,
    weeks: (n) => `${count(n, { one: "# Woche", other: "# Wochen" })} nach Ihrer Spritze`,
  },

  sync: {
    allReceived: "Alles angekommen",
    waiting: (n) => `${n} auf diesem Handy`,
    sending: "Wird gesendet",
    help: (n) => count(n, { one: "# braucht Hilfe", other: "# brauchen Hilfe" }),
    reconnect: "Neu verbinden",
    details: "Dieses Handy öffnen",
  },

  pain: {
    index: indexPain,
    now: (site, side) => `${indexPain(site, side)}, jetzt`,
    nowAsk: "Bewegen Sie sich so, wie es sonst weh tut. Dann wählen Sie.",
    thenAsk: "So, wie es zu dieser Zeit war.",
    at: (site, side, time) => `${indexPain(site, side)}, ${time}`,
    average: (site, side) => `${indexPain(site, side)}, im Durchschnitt`,
    averageAsk: "In den letzten 24 Stunden.",
    worst: (site, side) => `${indexPain(site, side)}, am stärksten`,
    worstAsk: "In den letzten 24 Stunden. Nur wenn Sie möchten.",
    alsoNow: (site, side) => `${indexPain(site, side)}, jetzt`,
    alsoNowAsk: "Nur wenn Sie möchten.",
    axial: (region) => (region === "cervical" ? "Nackenschmerz, jetzt" : "Rückenschmerz, jetzt"),
    axialAverage: (region) => (region === "cervical" ? "Nackenschmerz, im Durchschnitt" : "Rückenschmerz, im Durchschnitt"),
    axialAsk: "Nur wenn Sie möchten.",
    low: "0 kein Schmerz",
    high: "10 stärkster Schmerz",
    spoken: (n) => (n === 0 ? "0 von 10, kein Schmerz" : n === 5 ? "5 von 10, mittlerer Schmerz" : n === 10 ? "10 von 10, stärkster vorstellbarer Schmerz" : `${n} von 10`),
  },

  today: {
    add: "Wert eintragen",
    nothingDue: "Gerade ist nichts zu tun",
    plannedTitle: "Ihre Spritze ist geplant",
    planned: "Speichern Sie kurz davor einen Wert. Ihre Klinik stellt die Zeit der Spritze ein, dann beginnen Ihre Abfragen.",
    endedTitle: "Ihr Tagebuch ist vollständig",
    ended: "Danke. Sie können weiter Werte eintragen, und Ihr Tagebuch bleibt auf diesem Handy.",
    nextAt: (time) => `Nächste Abfrage um ${time}.`,
    nextFrom: (day, time) => `Nächste Abfrage: ${day}, ab ${time}.`,
    anyTime: "Sie können jederzeit einen Wert eintragen.",
    missed: (n) => count(n, { one: "# frühere Abfrage kann noch ausgefüllt werden.", other: "# frühere Abfragen können noch ausgefüllt werden." }),
    openDiary: "Tagebuch öffnen",
    clockWrong: "Die Uhr Ihres Handys geht falsch. Stellen Sie sie auf automatisch.",
  },

  form: {
    more: "Noch etwas?",
    moreHint: "Nur wenn Sie es bemerkt haben",
    showMore: "Mehr",
    showLess: "Weniger",
    severity: { mild: "leicht", moderate: "mittel", severe: "stark" },
    chipOn: (name, severity) => `${name}, ${severity}. Tippen zum Ändern`,
    cycle: "Noch einmal tippen für mittel, stark oder zum Entfernen.",
    painkiller: "Schmerzmittel genommen",
    painkillerName: "Welches Schmerzmittel",
    painkillerDose: "Wie viel mg",
    badDose: "Diese Menge ist nicht klar. Schreiben Sie sie in mg, wie 400 oder 2 x 500.",
    optional: "freiwillig",
    numb: (site) => (site === "trunk" ? "Ist die Haut taub?" : `Ist Ihr ${LIMBS[site]} taub?`),
    weak: (site) => (site === "trunk" ? "Fühlen sich Ihre Muskeln schwach an?" : `Ist Ihr ${LIMBS[site]} schwach?`),
    weakHint: "Wenn das neu ist, stärker wird oder beide Beine betrifft, prüfen Sie es jetzt.",
    check: "Jetzt prüfen",
    activity: "Was haben Sie gerade getan?",
    activities: { rest: "Ausgeruht", usual: "Das Übliche", provoking: "Was sonst weh tut" },
    note: "Notiz",
    noteHint: "Was Ihre Klinik wissen soll. Ist es dringend, rufen Sie an.",
    when: "Wann war das?",
    whenNow: "Jetzt",
    ago: (minutes) => `Vor ${minutes} min`,
    pick: "Zeit wählen",
    pickLabel: "Datum und Uhrzeit",
    fromMemory: "Aus dem Gedächtnis",
    fromMemoryHint: (time) => `Für die Abfrage von ${time}. Der Eintrag wird als aus dem Gedächtnis gekennzeichnet.`,
    asleep: "Ich habe geschlafen",
    cannot: "Ich kann jetzt nicht",
    save: "Speichern",
    saveChanges: "Änderung speichern",
    safe: "Geht ohne Netz. Bleibt sicher auf dem Handy.",
    choose: "Wählen Sie zuerst eine Zahl.",
    future: "Diese Zeit liegt noch vor Ihnen. Wählen Sie eine frühere.",
    badTime: "Wählen Sie Datum und Uhrzeit.",
    draft: (time) => `Sie haben das um ${time} begonnen. Es ist noch nicht gespeichert.`,
    startAgain: "Neu beginnen",
    keptHidden: "Ihr gespeicherter Wert bleibt vorerst verborgen. Wählen Sie nur eine Zahl, um ihn zu ändern.",
    failed: "Das konnte nicht gespeichert werden. Bitte tippen Sie noch einmal auf Speichern.",
    full: "Auf diesem Handy ist kein Platz mehr. Schaffen Sie Platz, dann tippen Sie noch einmal auf Speichern.",
  },

  effects: {
    injection_site_pain: "Wund an der Einstichstelle",
    increased_radicular_pain: (site) => (site === "trunk" ? "Mehr Schmerz als vorher" : `Mehr Schmerz im ${LIMBS[site]}`),
    increased_spinal_pain: (region) => (region === "cervical" ? "Mehr Nackenschmerz" : "Mehr Rückenschmerz"),
    lightheadedness: "Benommen",
    nausea: "Übelkeit",
    vomiting: "Erbrechen",
    headache: "Kopfschmerz",
    flushing: "Hitzewallungen",
    poor_sleep: "Schlechter Schlaf",
    raised_blood_sugar: "Hoher Blutzucker",
    itching: "Juckreiz",
    other: "Etwas anderes",
  },

  saved: {
    title: "Gespeichert",
    onPhone: "Noch nicht gesendet. Es ist sicher auf diesem Handy.",
    undone: "Zurückgenommen. Nichts ist verloren: Ihre Antworten stehen wieder im Formular.",
  },

  flags: {
    button: "Etwas stimmt nicht",
    buttonGo: "Jetzt prüfen",
    title: "Was bemerken Sie?",
    call: (number) => `${number} anrufen`,
    callClinic: (name) => `${name} anrufen`,
    noNumber: "Rufen Sie die Notrufnummer Ihres Landes an.",
    noClinicNumber: "Rufen Sie Ihre Klinik an. Die Nummer steht auf Ihren Papieren.",
    notTold: "Ihre Klinik weiß es noch NICHT. Rufen Sie jetzt an.",
  },

  problem: {
    title: "Das Tagebuch ließ sich nicht öffnen",
    text: "Nichts wurde gelöscht. Schließen Sie diese App und öffnen Sie sie neu. Hilft das nicht, rufen Sie Ihre Klinik an.",
    retry: "Noch einmal versuchen",
    waiting: "Dieser Teil braucht beim ersten Mal Netz. Es wird von selbst noch einmal versucht.",
    urgent: "Wenn es dringend ist, rufen Sie jetzt an.",
    notFound: "Diese Seite gibt es nicht.",
    home: "Zu Heute",
  },
};
