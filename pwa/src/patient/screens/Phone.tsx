/** This phone: the clinic's numbers, what has not arrived yet, a copy of it, and signing out. */
import { useEffect, useState } from "preact/hooks";
import { DAY } from "../../diary/moment.ts";
import { momentFrom, t } from "../../i18n/index.ts";
import { signOff } from "../../sync/account.ts";
import { useServices, useUploadStatus } from "../context.ts";
import { exportUnsent } from "../exporting.ts";
import type { Model } from "../model.ts";
import { CallButton } from "../parts/CallButton.tsx";
import { Confirm } from "../parts/Confirm.tsx";
import { Frame } from "../parts/Frame.tsx";
import { go } from "../router.ts";

declare const __APP_VERSION__: string;

const FLUSH_MS = 8_000;

export function Phone({ model, time, updateReady }: { model: Model; time: number; updateReady: boolean }) {
  const { clinic } = model.diary;
  return (
    <Frame model={model} path="/phone">
      <h1 class="question">{t.phone.title}</h1>
      <section class="card">
        <h2>{t.phone.clinic}</h2>
        <p>{clinic.name}</p>
        {clinic.phone && <CallButton number={clinic.phone} words={t.phone.callClinic(clinic.phone)} />}
        {clinic.emergency_number && <CallButton number={clinic.emergency_number} words={t.phone.emergency(clinic.emergency_number)} />}
        <p class="muted small">{t.phone.notWatched}</p>
      </section>
      <Arrivals model={model} time={time} />
      <About updateReady={updateReady} />
      <SignOut model={model} />
    </Frame>
  );
}

function Arrivals({ model, time }: { model: Model; time: number }) {
  const { store, uploader } = useServices();
  const status = useUploadStatus();
  const { waiting, needHelp, meta, unsent } = model;
  const old = unsent.some((revision) => time - Date.parse(`${revision.recorded.local}`) > DAY);
  const send = async () => {
    await store.retryParked();
    void uploader.kick();
  };
  return (
    <section class="card">
      <h2>{t.phone.entries}</h2>
      {unsent.length === 0 && <p>{t.phone.allReceived}</p>}
      {waiting.size > 0 && <p>{t.phone.waiting(waiting.size)}</p>}
      {waiting.size > 0 && old && <p class="notice">{t.phone.old}</p>}
      {needHelp.size > 0 && <p class="error">{t.phone.help(needHelp.size)}</p>}
      {meta.pause && <p class="notice">{t.phone.pause[meta.pause]}</p>}
      {!meta.pause && status.trouble && waiting.size > 0 && <p class="notice">{t.phone.trouble[status.trouble]}</p>}
      <p class="muted small">{meta.exchanged_at === undefined ? t.phone.never : t.phone.lastSent(momentFrom(time, meta.exchanged_at))}</p>
      {unsent.length > 0 && (
        <div class="stack">
          <button type="button" class="secondary" aria-busy={status.busy} onClick={send}>{t.phone.sendNow}</button>
          <button type="button" class="secondary" onClick={() => exportUnsent(unsent, time)}>{t.phone.export}</button>
          <span class="muted small">{t.phone.exportHint}</span>
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
      <h2>{t.phone.about}</h2>
      <p>{t.phone.version(__APP_VERSION__)}</p>
      {updateReady && <p class="notice">{t.phone.update}</p>}
      {kept !== null && <p class="muted small">{kept ? t.phone.persisted : t.phone.notPersisted}</p>}
    </section>
  );
}

function SignOut({ model }: { model: Model }) {
  const { store, uploader, now } = useServices();
  const [step, setStep] = useState<"closed" | "sending" | "asking">("closed");
  const begin = async () => {
    setStep("sending");
    await Promise.race([uploader.kick(), new Promise((resume) => setTimeout(resume, FLUSH_MS))]);
    setStep("asking");
  };
  const leave = async () => {
    await signOff(fetch.bind(globalThis));
    await store.wipe();
    go("/today", { signedOut: true });
  };
  const left = model.unsent.length;
  return (
    <p class="stack">
      <button type="button" class="link danger" aria-busy={step === "sending"} onClick={begin}>{step === "sending" ? t.phone.signOutTrying : t.phone.signOut}</button>
      {step === "asking" && (
        <Confirm
          title={t.phone.signOutAsk}
          text={left === 0 ? t.phone.signOutSafe : t.phone.signOutUnsent(left)}
          yes={t.phone.signOutYes}
          onYes={leave}
          onNo={() => setStep("closed")}
        >
          {left > 0 && <button type="button" class="primary" onClick={() => exportUnsent(model.unsent, now())}>{t.phone.export}</button>}
        </Confirm>
      )}
    </p>
  );
}
