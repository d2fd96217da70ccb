/** One thing the app has to tell: entries that wait too long, a diary that had to be fetched again, ways to be reminded, or the home screen. */
import { later } from "../../i18n/later.ts";
import { t } from "../../i18n/index.ts";
import type { Meta } from "../../store/schema.ts";
import { useServices } from "../context.ts";
import { exportUnsent } from "../exporting.ts";
import type { Way } from "../install.ts";
import type { Model } from "../model.ts";
import type { Note } from "../notes.ts";
import { Elsewhere, IphoneSteps } from "./InstallGuide.tsx";
import { Unreminded } from "./Unreminded.tsx";

export function Notes({ model, note, way }: { model: Model; note: Note; way: Way | null }) {
  if (note === "waiting") return <Waiting model={model} />;
  if (note === "unreminded" || note === "unset") return model.meta.unreminded ? <Unreminded trouble={model.meta.unreminded} /> : null;
  return note === "recovered" ? <Recovered /> : <Install way={way} />;
}

function Waiting({ model }: { model: Model }) {
  const { now } = useServices();
  return (
    <section class="card warn">
      <h2>{later.notes.waiting}</h2>
      <p>{later.notes.waitingText}</p>
      <button type="button" class="secondary" onClick={() => exportUnsent(model.unsent, now())}>{later.phone.export}</button>
    </section>
  );
}

function Recovered() {
  const { store } = useServices();
  const read = () => void store.change((tx) => tx.objectStore("meta").delete("recovered_at"));
  return (
    <section class="card warn">
      <h2>{later.notes.recovered}</h2>
      <p>{later.notes.recoveredText}</p>
      <button type="button" class="secondary" onClick={read}>{t.common.close}</button>
    </section>
  );
}

function Install({ way }: { way: Way | null }) {
  const { store, now, installing } = useServices();
  const put = (key: keyof Meta, value: number) => store.change((tx) => tx.objectStore("meta").put(value, key));
  const notNow = <button type="button" class="link" onClick={() => void put("install_put_off_at", now())}>{later.install.notNow}</button>;
  if (way === "elsewhere") return <><Elsewhere link={location.origin} /><p>{notNow}</p></>;
  return (
    <section class="card">
      <h2>{later.install.title}</h2>
      <p>{later.install.text}</p>
      {way === "prompt" && <button type="button" class="secondary" onClick={() => void installing.ask()}>{later.install.go}</button>}
      {way === "share" && (
        <>
          <p>{later.install.iphone}</p>
          <IphoneSteps />
          <p class="muted small">{later.install.fresh}</p>
        </>
      )}
      <p>{notNow}</p>
    </section>
  );
}
