/** No reminder reaches the patient over a way that they wanted: why, and one tap to mend it. */
import { useState } from "preact/hooks";
import { later } from "../../i18n/later.ts";
import type { Meta } from "../../store/schema.ts";
import { useServices } from "../context.ts";
import { canPush, keepState, type PushTrouble, subscribe } from "../pushing.ts";
import { follow } from "../router.ts";

export function Unreminded({ trouble }: { trouble: Meta["unreminded"] }) {
  const { store, now } = useServices();
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState<PushTrouble | null>(null);
  const { why, push_key: key } = trouble;
  const byPush = key !== null && canPush() && (why === "push" || why === "unset");
  const turnOn = async () => {
    setAsking(true);
    setFailed(null);
    try {
      await keepState(store, await subscribe(key ?? ""));
    } catch (error) {
      const told = (error as Error).message;
      setFailed(told in later.reminders.pushTrouble ? (told as PushTrouble) : "failed");
    }
    setAsking(false);
  };
  const notNow = () => void store.change((tx) => tx.objectStore("meta").put(now(), "reminders_put_off_at"));
  const settings = why === "push" || why === "unset" ? later.notes.otherWays : later.notes.correct;
  return (
    <section class={why === "unset" ? "card" : "card warn"}>
      <h2>{later.notes.unreminded[why]}</h2>
      <p>{later.notes.unremindedText[why]}</p>
      {failed && <p class="notice warn" role="alert">{later.reminders.pushTrouble[failed]}</p>}
      {byPush && <button type="button" class="secondary" aria-busy={asking} onClick={turnOn}>{asking ? later.reminders.pushAsking : later.reminders.pushTurnOn}</button>}
      <a class={byPush ? "link" : "secondary"} href="/phone/reminders" onClick={follow}>{settings}</a>
      {why === "unset" && <p><button type="button" class="link" onClick={notNow}>{later.install.notNow}</button></p>}
    </section>
  );
}
