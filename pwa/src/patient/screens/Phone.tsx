/** This phone: the clinic's numbers, what has not arrived yet, a copy of it, and signing out. */
import { useEffect, useState } from "preact/hooks";
import { DAY } from "../../diary/moment.ts";
import { momentFrom } from "../../i18n/index.ts";
import { later } from "../../i18n/later.ts";
import { unpark } from "../../store/exchange.ts";
import { signOff } from "../../sync/account.ts";
import { usePart, useServices, useUploadStatus } from "../context.ts";
import { exportUnsent } from "../exporting.ts";
import type { Model } from "../model.ts";
import { connectedMark } from "../mark.ts";
import { Aside } from "../parts/Aside.tsx";
import { CallButton } from "../parts/CallButton.tsx";
import { Confirm } from "../parts/Confirm.tsx";
import { Frame } from "../parts/Frame.tsx";
import { LeafletLink } from "../parts/LeafletLink.tsx";
import { OwnPage } from "../parts/OwnPage.tsx";
import { follow, go } from "../router.ts";

declare const __APP_VERSION__: string;

const FLUSH_MS = 8_000;

export function Phone({ model, time, updateReady }: { model: Model; time: number; updateReady: boolean }) {
  const { clinic } = model.diary;
  return (
    <Frame model={model} path="/phone">
      <h1 class="question">{later.phone.title}</h1>
      <section class="card">
        <h2>{later.phone.clinic}</h2>
        <p><bdi>{clinic.name}</bdi></p>
        {clinic.phone && <CallButton number={clinic.phone} words={later.phone.callClinic(clinic.phone)} />}
        {clinic.emergency_number && <CallButton number={clinic.emergency_number} words={later.phone.emergency(clinic.emergency_number)} />}
        <p class="muted small">{later.phone.notWatched}</p>
      </section>
      <LeafletLink model={model} />
      <OwnPage model={model} />
      <section class="card">
        <h2>{later.reminders.title}</h2>
        {model.meta.push === "dead" && <p class="notice warn">{later.reminders.pushDead}</p>}
        <a class="secondary" href="/phone/reminders" onClick={follow}>{later.reminders.open}</a>
      </section>
      <Arrivals model={model} time={time} />
      <Aside revisions={model.aside} />
      <Languages />
      <About updateReady={updateReady} />
      <SignOut model={model} />
    </Frame>
  );
}

/** It is part of the first screen of a phone without a diary, and must not be a file of its own there. */
function Languages() {
  const { part } = usePart("join");
  return part && <section class="card"><part.LanguageChoice /></section>;
}

function Arrivals({ model, time }: { model: Model; time: number }) {
  const { store, uploader } = useServices();
  const status = useUploadStatus();
  const { waiting, needHelp, meta, unsent } = model;
  const old = unsent.some((revision) => time - Date.parse(`${revision.recorded.local}`) > DAY);
  const send = async () => {
    await store.change(unpark);
    void uploader.kick(true);
  };
  return (
    <section class="card">
      <h2>{later.phone.entries}</h2>
      {unsent.length === 0 && <p>{later.phone.allReceived}</p>}
      {waiting.size > 0 && <p>{later.phone.waiting(waiting.size)}</p>}
      {waiting.size > 0 && old && <p class="notice warn">{later.phone.old}</p>}
      {needHelp.size > 0 && <p class="error">{later.phone.help(needHelp.size)}</p>}
      {meta.pause && <p class="notice warn">{later.phone.pause[meta.pause]}</p>}
      {!meta.pause && status.trouble && waiting.size > 0 && <p class="notice warn">{later.phone.trouble[status.trouble]}</p>}
      <p class="muted small">{meta.exchanged_at === undefined ? later.phone.never : later.phone.lastSent(momentFrom(time, meta.exchanged_at))}</p>
      {unsent.length > 0 && (
        <div class="stack">
          <button type="button" class="secondary" aria-busy={status.busy} onClick={send}>{later.phone.sendNow}</button>
          <button type="button" class="secondary" onClick={() => exportUnsent(unsent, time)}>{later.phone.export}</button>
        </div>
      )}
    </section>
  );
}

function About({ updateReady }: { updateReady: boolean }) {
  const [kept, setKept] = useState<boolean | null>(null);
  useEffect(() => {
    void navigator.storage?.persisted?.().then(setKept, () => undefined);
  }, []);
  return (
    <section class="card">
      <h2>{later.phone.about}</h2>
      <p>{later.phone.version(__APP_VERSION__)}</p>
      {updateReady && <p class="notice">{later.phone.update}</p>}
      {kept !== null && <p class="muted small">{kept ? later.phone.persisted : later.phone.notPersisted}</p>}
    </section>
  );
}

function SignOut({ model }: { model: Model }) {
  const { store, uploader, now } = useServices();
  const [step, setStep] = useState<"closed" | "sending" | "asking">("closed");
  const begin = async () => {
    setStep("sending");
    await Promise.race([uploader.kick(true), new Promise((resume) => setTimeout(resume, FLUSH_MS))]);
    setStep("asking");
  };
  const leave = async () => {
    const told = await signOff(fetch.bind(globalThis));
    await store.wipe(!told);
    connectedMark.remove();
    go("/today", { signedOut: true });
  };
  const kept = [...model.unsent, ...model.aside];
  const left = kept.length;
  return (
    <p class="stack">
      <button type="button" class="link danger" aria-busy={step === "sending"} onClick={begin}>{step === "sending" ? later.phone.signOutTrying : later.phone.signOut}</button>
      {step === "asking" && (
        <Confirm
          title={later.phone.signOutAsk}
          text={left === 0 ? later.phone.signOutSafe : later.phone.signOutUnsent(left)}
          yes={later.phone.signOutYes}
          onYes={leave}
          onNo={() => setStep("closed")}
        >
          {left > 0 && <button type="button" class="primary" onClick={() => exportUnsent(kept, now())}>{later.phone.export}</button>}
        </Confirm>
      )}
    </p>
  );
}
