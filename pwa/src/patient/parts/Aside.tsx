/** What is left of another patient's diary on this phone: no screen shows it, a file can carry it to its clinic. */
import { useState } from "preact/hooks";
import type { Revision } from "../../diary/record.ts";
import { later } from "../../i18n/later.ts";
import { useServices } from "../context.ts";
import { exportUnsent } from "../exporting.ts";
import { Confirm } from "./Confirm.tsx";

export function Aside({ revisions }: { revisions: readonly Revision[] }) {
  const { store, now } = useServices();
  const [asking, setAsking] = useState(false);
  if (revisions.length === 0) return null;
  const drop = async () => {
    await store.change((tx) => tx.objectStore("aside").clear());
    setAsking(false);
  };
  return (
    <section class="card">
      <p>{later.phone.aside(revisions.length)}</p>
      <p class="muted small">{later.phone.asideNote}</p>
      <div class="stack">
        <button type="button" class="secondary" onClick={() => exportUnsent(revisions, now())}>{later.phone.export}</button>
        <button type="button" class="link danger" onClick={() => setAsking(true)}>{later.phone.asideDelete}</button>
      </div>
      {asking && <Confirm title={later.phone.asideAsk} text={later.phone.asideLost} yes={later.phone.asideDelete} onYes={drop} onNo={() => setAsking(false)} />}
    </section>
  );
}
