/** The words of the first screens, in English. Short, plain, no blame, no promise; before the window closes no drug is named. */
import { plural } from "./plural.ts";
import type { Words } from "./words.ts";

const count = plural("en");

const SITES = { arm: "arm", leg: "leg", trunk: "side" } as const;
const PAIRS = { arm: "both arms", leg: "both legs", trunk: "both sides" } as const;

export type Site = keyof typeof SITES;
export type Side = "left" | "right" | "both";

function indexPain(site: Site, side: Side): string {
  if (side === "both") return `Pain in ${PAIRS[site]}`;
  return `${side === "left" ? "Left" : "Right"} ${SITES[site]} pain`;
}

export const en = {
  app: "Afterblock",
  tabs: { label: "Parts of the app", today: "Today", diary: "Diary", phone: "This phone" },
  common: { yes: "Yes", no: "No", notSure: "Not sure", cancel: "Cancel", back: "Back", done: "Done", close: "Close", pair: (first: string, second: string) => `${first}, ${second}` },
  language: { title: "Language", failed: "This language could not be loaded. Open this page again with a network." },

  place: {
    planned: "Before your injection",
    ended: "Your diary is complete",
    minutes: (n: number) => (n === 0 ? "Just after your injection" : `${count(n, { one: "# minute", other: "# minutes" })} after your injection`),
    hours: (n: number) => `${count(n, { one: "# hour", other: "# hours" })} after your injection`,
    days: (n: number) => `Day ${n} after your injection`,
    weeks: (n: number) => `${count(n, { one: "# week", other: "# weeks" })} after your injection`,
  },

  sync: {
    allReceived: "All received",
    waiting: (n: number) => `${n} on this phone`,
    sending: "Sending",
    help: (n: number) => count(n, { one: "# needs help", other: "# need help" }),
    reconnect: "Reconnect",
    details: "Open This phone",
  },

  pain: {
    index: indexPain,
    now: (site: Site, side: Side) => `${indexPain(site, side)}, right now`,
    nowAsk: "Move the way that usually hurts, then choose.",
    thenAsk: "As it was at that time.",
    at: (site: Site, side: Side, time: string) => `${indexPain(site, side)}, ${time}`,
    average: (site: Site, side: Side) => `${indexPain(site, side)}, on average`,
    averageAsk: "Over the last 24 hours.",
    worst: (site: Site, side: Side) => `${indexPain(site, side)} at its worst`,
    worstAsk: "In the last 24 hours. Only if you like.",
    alsoNow: (site: Site, side: Side) => `${indexPain(site, side)}, right now`,
    alsoNowAsk: "Only if you like.",
    axial: (region: string) => (region === "cervical" ? "Neck pain, right now" : "Back pain, right now"),
    axialAverage: (region: string) => (region === "cervical" ? "Neck pain, on average" : "Back pain, on average"),
    axialAsk: "Only if you like.",
    low: "0 no pain",
    high: "10 worst imaginable",
    spoken: (n: number) => (n === 0 ? "0 of 10, no pain" : n === 5 ? "5 of 10, moderate pain" : n === 10 ? "10 of 10, worst imaginable pain" : `${n} of 10`),
  },

  today: {
    add: "Add a score",
    nothingDue: "Nothing to do right now",
    plannedTitle: "Your injection is planned",
    plannedOn: (day: string) => `Your injection is planned: ${day}`,
    planned: "Save a score shortly before it. Your clinic sets the time of the injection, and your check-ins start then.",
    endedTitle: "Your diary is complete",
    ended: "Thank you. You can still add a score, and your diary stays on this phone.",
    nextAt: (time: string) => `Next check-in at ${time}.`,
    nextFrom: (day: string, time: string) => `Next check-in ${day}, from ${time}.`,
    answered: "You have answered this check-in already. Thank you.",
    evening: "How was the pain today?",
    eveningNote: "One number each evening helps your clinic. Only if you like.",
    eveningAdd: "Give today's average",
    anyTime: "You can add a score at any time.",
    missed: (n: number) => count(n, { one: "# earlier check-in can still be filled in.", other: "# earlier check-ins can still be filled in." }),
    openDiary: "Open the diary",
    clockWrong: "Your phone's clock is wrong. Set it to automatic.",
  },

  form: {
    more: "Anything else?",
    moreHint: "Only if you noticed it",
    showMore: "More",
    showLess: "Less",
    severity: { mild: "mild", moderate: "moderate", severe: "severe" },
    chipOn: (name: string, severity: string) => `${name}, ${severity}. Tap to change`,
    cycle: "Tap again for moderate, severe, or to take it back.",
    painkiller: "Took a painkiller",
    usual: (drug: string, mg: number | null) => (mg === null ? `Took ${drug}` : `Took ${drug}, ${mg} mg`),
    helping: "I am helping",
    helpingHint: "You write for the patient. Write what they tell you.",
    check: "Check now",
    when: "When was this?",
    whenNow: "Now",
    ago: (minutes: number) => `${minutes} min ago`,
    pick: "Pick a time",
    pickLabel: "Date and time",
    fromMemory: "From memory",
    fromMemoryHint: (time: string) => `For the check-in of ${time}. It is marked as from memory.`,
    asleep: "I was asleep",
    nothing: "Nothing to report",
    cannot: "I can't answer now",
    save: "Save",
    saveChanges: "Save changes",
    safe: "Works without network. Kept safe here.",
    choose: "Choose a number first.",
    future: "This time has not come yet. Choose an earlier one.",
    longBefore: (days: number) => `This is ${count(days, { one: "# day", other: "# days" })} before your injection. Is the date right?`,
    longAgo: (days: number) => `This is ${count(days, { one: "# day", other: "# days" })} ago. Is the date right?`,
    badTime: "Choose a date and a time.",
    draft: (time: string) => `You began this at ${time}. It is not saved yet.`,
    draftNow: "If you change the score, it counts as of now.",
    startAgain: "Start again",
    keptHidden: "Your saved score stays hidden for now. Choose a number only to change it.",
    failed: "This could not be saved. Please tap Save again.",
    full: "This phone has no space left. Free some space, then tap Save again.",
  },

  effects: {
    injection_site_pain: "Sore where it went in",
    increased_radicular_pain: (site: Site) => (site === "trunk" ? "More pain than before" : `More ${SITES[site]} pain`),
    increased_spinal_pain: (region: string) => (region === "cervical" ? "More neck pain" : "More back pain"),
    lightheadedness: "Light-headed",
    nausea: "Nausea",
    vomiting: "Vomiting",
    headache: "Headache",
    flushing: "Hot flushes",
    poor_sleep: "Poor sleep",
    raised_blood_sugar: "High blood sugar",
    itching: "Itching",
    other: "Something else",
  },

  saved: {
    title: "Saved",
    onPhone: "Not sent yet. It is safe on this phone.",
    undone: "Taken back. Nothing is lost: your answers are in the form again.",
  },

  flags: {
    button: "Something feels wrong",
    buttonGo: "Check now",
    title: "What do you notice?",
    call: (number: string) => `Call ${number}`,
    callClinic: (name: string) => `Call ${name}`,
    noNumber: "Call the emergency number of your country.",
    noClinicNumber: "Call your clinic. Its number is on your papers.",
    notTold: "Your clinic has NOT been told. Call now.",
  },

  enrol: {
    title: "Connect this phone",
    intro: "Your clinic reads you a 6-digit code. It is not in the message or on the screen with the link.",
    code: "6-digit code",
    connect: "Connect",
    connecting: "Connecting",
    inert: "Nothing is sent before you tap Connect.",
    again: "This phone already holds a diary. Go on only if the link is for the same person.",
    shortCode: "The code has 6 digits.",
    unreachable: "No answer from your clinic. Check your network and tap Connect again. The same code still works.",
    problems: {
      "enrolment-unknown": "This link does not work. Ask your clinic for a new one.",
      "enrolment-code-wrong": "This is not the right code. Ask your clinic to read it again.",
      "enrolment-dead": "The code was wrong too often. Ask for a new link.",
      "enrolment-expired": "This link is too old. Ask for a new one.",
      "enrolment-used": "This link was already used. Call your clinic for a new one.",
      "too-many-attempts": "Too many tries. Wait a minute, then tap Connect again.",
      "language-not-accepted": "Your clinic has not approved this language yet. Choose another one above, or call your clinic.",
      "rate-limited": "Too many tries. Wait a minute, then tap Connect again.",
    },
    otherProblem: "This did not work. Tap Connect again, or call your clinic.",
    attempts: (n: number) => count(n, { one: "# try left.", other: "# tries left." }),
  },

  welcome: {
    title: "Welcome to Afterblock",
    text: "This is your diary after the injection. To start, open the link from your clinic on this phone, or point your camera at the code they show you.",
    signedOut: "This phone is signed out. Your diary was deleted from it.",
    recovering: "This phone's browser has emptied the app. Your diary comes back as soon as there is a network.",
    paste: "Have you copied a link? Paste it here.",
    pasteGo: "Go on",
    pasteBad: "This is not a link from your clinic.",
    leaving: "Your clinic does not know it yet. Open this app again with a network.",
  },

  problem: {
    title: "The diary could not be opened",
    text: "Nothing was deleted. Close this app and open it again. If this goes on, call your clinic.",
    retry: "Try again",
    waiting: "This part needs a network the first time. It is tried again by itself.",
    urgent: "If it is urgent, call now.",
    copy: "Save a copy of unsent entries",
    nothing: "No unsent entry was found on this phone.",
    notFound: "This page does not exist.",
    home: "Go to Today",
  },
};

export type Texts = Words<typeof en>;
