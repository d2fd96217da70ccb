/** Starts the patient app: store, uploader, screens, offline shell. */
import { versions } from "virtual:safety-versions";
import { render } from "preact";
import { useState, useEffect } from "preact/hooks";
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
import { loadAllParts, loadPart } from "./parts.ts";
import { keepShell } from "./shell.ts";
import { Uploads } from "./uploads.ts";

const LOOK_AGAIN_MS = 60_000;

type Parts = Omit<Services, "language" | "setLanguage">;

function start(host: HTMLElement): void {
  const store = new DiaryStore();
  const uploader = new Uploads(store, loadPart);
  const services: Parts = { store, uploader, installing: new Installing(), load: loadPart, now: Date.now, forms: new Set() };
  // A second link opened in the running app changes only the fragment.
  addEventListener("hashchange", () => void takeLink(store));
  void Promise.all([takeLink(store), begin(chosenLanguage())]).then(() => {
    render(<Root parts={services} />, host);
    uploadWhenItMakesSense(uploader, languageTeller(store));
  });
}

/** The chosen language; where it cannot be loaded, English rather than nothing. */
async function begin(chosen: Language): Promise<void> {
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

/** Takes the token of an enrolment link out of the address bar at once, and keeps it on the phone until it is used. */
async function takeLink(store: DiaryStore): Promise<void> {
  const token = location.hash.slice(1);
  if (location.pathname !== "/enrol" || token === "") return;
  history.replaceState({}, "", "/enrol");
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

function Root({ parts }: { parts: Parts }) {
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
      <App updateReady={updateReady} />
    </ServicesContext.Provider>
  );
}

const host = document.getElementById("app");
if (host) start(host);
