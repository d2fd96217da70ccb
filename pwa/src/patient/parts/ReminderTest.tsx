/** A test reminder: it goes the whole way through the server's queue, and the screen follows it. */
import { useEffect, useState } from "preact/hooks";
import type { LaterTexts } from "../../i18n/enLater.ts";
import { later } from "../../i18n/later.ts";
import { Refused, type ReminderState, sendTest, stateOf } from "../../sync/reminders.ts";

const LOOK_MS = 2_000;
const PATIENCE_MS = 90_000;
const OVER = new Set(["shown", "undelivered", "expired"]);

type Step = keyof LaterTexts["reminders"]["testSteps"];

export function ReminderTest() {
  const [test, setTest] = useState<ReminderState | null>(null);
  const [began, setBegan] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!test || OVER.has(test.state) || Date.now() - began > PATIENCE_MS) return;
    const timer = setTimeout(() => stateOf(test.id).then(setTest, () => setTest({ ...test })), LOOK_MS);
    return () => clearTimeout(timer);
  }, [test]);
  const send = async () => {
    setProblem(null);
    setBegan(Date.now());
    await sendTest().then(setTest, (error: unknown) => {
      const code = error instanceof Refused ? error.code : null;
      setProblem(code === "no-channel" ? later.reminders.testSteps.none : later.reminders.unreachable);
    });
  };
  return (
    <section class="card">
      <button type="button" class="secondary" onClick={send}>{later.reminders.test}</button>
      <p class="muted small">{later.reminders.testNote}</p>
      <p role="status">{test && later.reminders.testSteps[stepOf(test, Date.now() - began)]}</p>
      {problem && <p class="error" role="alert">{problem}</p>}
    </section>
  );
}

function stepOf(test: ReminderState, waited: number): Step {
  if (test.state === "shown") return "shown";
  if (test.state === "undelivered" || test.state === "expired") return "failed";
  const last = test.deliveries.filter((one) => one.state === "sent").at(-1);
  if (last?.channel === "email") return "sentEmail";
  if (last?.channel === "sms") return "sentSms";
  if (waited > PATIENCE_MS) return "late";
  return last ? "sent" : "waiting";
}
