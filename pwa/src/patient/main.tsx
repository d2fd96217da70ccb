/** Starts the patient app: store, uploader, screens, offline shell. */
import { versions } from "virtual:safety-versions";
import { render } from "preact";
import { useState, useEffect } from "preact/hooks";
import { windUp } from "../diary/zone.ts";
import { DiaryStore } from "../store/store.ts";
import { language, speak } from "../i18n/index.ts";
import { speakLater } from "../i18n/later.ts";
import type { Language } from "../i18n/languages.ts";
import { FIRST, LATER } from "../i18n/loading.ts";
import { App } from "./App.tsx";
import { ServicesContext, type Services } from "./context.ts";
import { chosenLanguage, rememberLanguage, wear } from "./language.ts";
import { Installing } from "./install.ts";
import { go, replace } from "./router.ts";
import { connectedMark } from "./mark.ts";
import { loadAllParts, loadPart } from "./parts.ts";
import { keepShell } from "./shell.ts";
import { Uploads } from "./uploads.ts";
import { read, type Beginning } from "./useSnapshot.ts";

const LOOK_AGAIN_MS = 60_000;
/** By then the first screen is drawn: what goes on behind it would hold it up. */
const DRAWN_MS = 50;

type Draw = (draw: () => void) => void;
type Parts = Omit<Services, "language" | "setLanguage">;

function start(host: HTMLElement): void {
  const store = new DiaryStore();
  // Before anything that itself waits for the browser, such as reading its cookies.
  store.openAhead();
  const uploader = new Uploads(store, loadPart);
  const services: Parts = { store, uploader, installing: new Installing(), load: loadPart, now: Date.now, forms: new Set() };
  // A second link opened in the running app changes only the fragment.
  addEventListener("hashchange", () => void takeLink(store, tokenInAddress()));
  void Promise.all([begin(store), startSpeaking(chosenLanguage())]).then(([{ draw, ...beginning }]) => {
    draw(() => render(<Root parts={services} beginning={beginning} />, host));
    setTimeout(() => uploadWhenItMakesSense(uploader, languageTeller(store)), DRAWN_MS);
  });
}

/**
 * A phone that was never connected has no diary to wait for: the way to get one is drawn at once, from the link alone, and
 * the store is opened behind it.
 */
async function begin(store: DiaryStore): Promise<Beginning & { draw: Draw }> {
  const token = tokenInAddress();
  const ready = takeLink(store, token);
  if (connectedMark.isThere()) {
    const own = loadPart("own").catch(() => null);
    // While the browser opens the store.
    void own.then(windUp);
    await ready;
    const [loaded, drafts, part] = await Promise.all([read(store), store.drafts().catch(() => null), own]);
    return { loaded, ready, draw: (draw) => (part ? part.drawWith(drafts, draw) : draw()) };
  }
  await loadPart("join").catch(() => undefined);
  const meta = token === null ? {} : { enrolment: { token, opened_at: Date.now() } };
  return { loaded: { kind: "ready", snapshot: { meta, revisions: [], queued: [], aside: [] } }, ready, draw: (draw) => draw() };
}

/** The chosen language; where it cannot be loaded, English rather than nothing. */
async function startSpeaking(chosen: Language): Promise<void> {
  await speak(chosen).catch(() => speak("en"));
  wear(language);
}

/** Both parts of the new language are here before any word changes. */
async function change(next: Language): Promise<void> {
  await Promise.all([FIRST[next](), LATER[next]()]);
  await speak(next);
  await speakLater(next);
  wear(next);
  rememberLanguage(next);
}

/** The token of an enrolment link, taken out of the address bar at once. */
function tokenInAddress(): string | null {
  const token = location.hash.slice(1);
  if (location.pathname !== "/enrol" || token === "") return null;
  history.replaceState({}, "", "/enrol");
  return token;
}

/** Keeps the token of a link on the phone until it is used. */
async function takeLink(store: DiaryStore, token: string | null): Promise<void> {
  if (token === null) return;
  // A store that cannot be opened has its own screen; the link can be opened again.
  const fresh = await store.keepEnrolment(token, Date.now()).catch(() => true);
  if (!fresh) replace("/today");
}

/** Tells the clinic of the language, until it knows. */
function languageTeller(store: DiaryStore): () => void {
  let told: Language | null = null;
  return () => {
    const spoken = language;
    if (told === spoken) return;
    hasDiary(store)
      .then((has) => has && loadPart("next").then(({ tellLanguage }) => tellLanguage(store, fetch.bind(globalThis), spoken, versions[spoken] ?? null)))
      .then((known) => known && (told = spoken))
      .catch(() => undefined);
  };
}

async function hasDiary(store: DiaryStore): Promise<boolean> {
  return (await store.snapshot()).meta.diary !== undefined;
}

/** Before the phone has a diary the first screen has a slow line to itself. */
function remindOnceConnected(store: DiaryStore): void {
  let asked = false;
  const look = async () => {
    if (asked || !(await hasDiary(store)) || asked) return;
    asked = true;
    stop();
    (await loadPart("reminders")).keepCheckingIn(store);
  };
  const quietly = () => void look().catch(() => undefined);
  const stop = store.subscribe(quietly);
  quietly();
}

function uploadWhenItMakesSense(uploader: Uploads, tellLanguage: () => void): void {
  const kick = () => {
    void uploader.kick();
    tellLanguage();
  };
  const whenSeen = () => document.visibilityState === "visible" && kick();
  kick();
  addEventListener("online", kick);
  addEventListener("focus", whenSeen);
  document.addEventListener("visibilitychange", whenSeen);
  setInterval(whenSeen, LOOK_AGAIN_MS);
}

function Root({ parts, beginning }: { parts: Parts; beginning: Beginning }) {
  const [updateReady, setUpdateReady] = useState(false);
  const [spoken, setSpoken] = useState(language);
  const setLanguage = (next: Language) => change(next).then(() => setSpoken(next));
  const services: Services = { ...parts, language: spoken, setLanguage };
  useEffect(() => {
    // Without a shell the app still works while there is a network; the next start tries again.
    keepShell(() => setUpdateReady(true), () => parts.forms.size === 0).catch(() => undefined);
    remindOnceConnected(parts.store);
    navigator.serviceWorker?.addEventListener("message", ({ data }: MessageEvent<{ open?: string }>) => {
      if (typeof data?.open === "string") go(data.open);
    });
    // Once the worker has everything, the rest costs no network and can no longer go missing.
    navigator.serviceWorker?.ready.then(loadAllParts).catch(() => undefined);
  }, []);
  return (
    <ServicesContext.Provider value={services}>
      <App beginning={beginning} updateReady={updateReady} />
    </ServicesContext.Provider>
  );
}

const host = document.getElementById("app");
if (host) start(host);
