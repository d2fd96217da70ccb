/** The parts of the app that are not needed to give a first score. Each loads once, when it is asked for. */
import { language } from "../i18n/index.ts";
import { speakLater } from "../i18n/later.ts";

const LOADERS = {
  /** A phone without a diary, and how it gets one. */
  join: () => import("./later/join.ts"),
  /** A phone with a diary: its first screen and the way to every other. */
  own: () => import("./later/own.ts"),
  /** What a form asks beside its score, connecting and uploading. */
  next: () => import("./later/next.ts"),
  /** Symptoms, what to do about them, and what follows a saved entry. */
  help: () => import("./later/help.ts"),
  /** The diary so far, changing an entry and filling in a missed one. */
  diary: () => import("./later/diary.ts"),
  /** What a form asks behind "More". */
  further: () => import("./later/further.ts"),
  /** Between check-ins: where the patient is and what comes next. */
  companion: () => import("./later/companion.ts"),
  /** The patient's own scores as a picture. */
  curve: () => import("./later/curve.ts"),
  /** This phone: its state, what it has to tell, signing out. */
  phone: () => import("./later/phone.ts"),
  /** How and when the patient is reminded. */
  reminders: () => import("./later/reminders.ts"),
};

/** The parts that say nothing but the words of the first screen; every other one waits for the later words. */
const FIRST_WORDS: ReadonlySet<string> = new Set<keyof typeof LOADERS>(["join", "own", "next"]);

export type PartName = keyof typeof LOADERS;
export type Part<Name extends PartName> = Awaited<ReturnType<(typeof LOADERS)[Name]>>;
export type LoadPart = <Name extends PartName>(name: Name) => Promise<Part<Name>>;

const loaded = new Map<PartName, Promise<unknown>>();
const here = new Map<PartName, unknown>();

/** A part that has loaded already, for a screen that need not be drawn twice. */
export function partIfHere<Name extends PartName>(name: Name): Part<Name> | null {
  return (here.get(name) as Part<Name> | undefined) ?? null;
}

/** Rejects while the part cannot be had; the next call tries again. */
export const loadPart: LoadPart = (name) => {
  const known = loaded.get(name) ?? withWords(name);
  loaded.set(name, known);
  known.catch(() => loaded.delete(name));
  return known as Promise<never>;
};

async function withWords(name: PartName): Promise<unknown> {
  const [part] = await Promise.all([LOADERS[name](), !FIRST_WORDS.has(name) && speakLater(language)]);
  here.set(name, part);
  return part;
}

/** Brings every part in, so that a running page needs neither network nor cache any more. */
export async function loadAllParts(): Promise<void> {
  for (const name of Object.keys(LOADERS) as PartName[]) await loadPart(name);
}
