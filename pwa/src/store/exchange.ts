/** How a reply of the server changes the store. Nothing leaves the queue here without the server's word for that one revision. */
import { SHOWN_KINDS } from "../diary/kinds.ts";
import type { Diary, Operation, Revision, Told } from "../diary/record.ts";
import type { Pause, Queued, Write } from "./schema.ts";

export type Answer =
  | { rev_id: string; status: "received" | "checking"; told: Told | null; seq?: number }
  | { rev_id: string; status: "refused"; problem: string }
  | { rev_id: string; status: "erased" };

/** One revision the server holds, from this phone or another source. */
export type Change = Operation & { by: "patient" | "staff"; received_at: string; seq?: number };

export interface Reply {
  epoch: string;
  diary: Diary | null;
  answers: Answer[];
  changes: Change[];
  cursor: number | null;
  skewMs: number | null;
  at: number;
}

const FAILURES_BEFORE_PARKING = 3;

/** The key this phone made for itself; made at the first call. */
export async function deviceKey(tx: Write): Promise<string> {
  const meta = tx.objectStore("meta");
  const known = await meta.get("device_key");
  if (typeof known === "string") return known;
  const made = crypto.randomUUID();
  await meta.put(made, "device_key");
  return made;
}

/**
 * Makes this phone the device of `diary`. Another patient's unsent entries are put aside. `redeemed`: digest of the
 * token that was used up for it.
 */
export async function beginDiary(tx: Write, diary: Diary, redeemed: string | null = null): Promise<void> {
  const meta = tx.objectStore("meta");
  const before = (await meta.get("diary")) as Diary | undefined;
  if (before && before.patient_ref !== diary.patient_ref) await setAside(tx);
  await bringBack(tx, diary);
  await Promise.all([
    meta.put(diary, "diary"),
    meta.put(diary.epoch, "epoch"),
    meta.delete("enrolment"),
    meta.delete("cursor"),
    meta.delete("pause"),
    meta.delete("leaving"),
    redeemed === null ? meta.delete("redeemed") : meta.put(redeemed, "redeemed"),
  ]);
}

/** Notes why the clinic does not take anything from this phone at the moment. */
export async function pause(tx: Write, why: Pause): Promise<void> {
  await tx.objectStore("meta").put(why, "pause");
}

/** Takes in a whole reply: answers, changes, cursor, diary and epoch. */
export async function applyReply(tx: Write, reply: Reply): Promise<void> {
  const meta = tx.objectStore("meta");
  const epoch = await meta.get("epoch");
  const restored = epoch !== undefined && epoch !== reply.epoch;
  if (restored) await offerAgain(tx, reply.epoch);
  // After a restore these answers come from the server as it is now, so they hold.
  for (const answer of reply.answers) await applyAnswer(tx, answer, reply.at);
  if (!restored) for (const change of reply.changes) await applyChange(tx, change);
  if (!restored && reply.cursor !== null) await Promise.all([meta.put(reply.cursor, "cursor"), meta.put(SHOWN_KINDS.join(), "kinds")]);
  if (reply.diary) await meta.put(reply.diary, "diary");
  if (reply.skewMs !== null) await meta.put(reply.skewMs, "skew_ms");
  await Promise.all([meta.put(reply.epoch, "epoch"), meta.put(reply.at, "exchanged_at"), meta.delete("pause")]);
}

/** Every revision of the patient goes back into the queue, in the order of its making; the cursor starts over. */
export async function offerAgain(tx: Write, epoch: string): Promise<void> {
  const [revisions, queued] = await Promise.all([tx.objectStore("revisions").getAll(), tx.objectStore("outbox").getAll()]);
  const waiting = new Map(queued.map((item) => [item.rev_id, item]));
  for (const revision of parentsFirst(revisions.filter(({ by }) => by === "patient"))) {
    const item = waiting.get(revision.rev_id);
    if (item) await tx.objectStore("outbox").put({ ...item, failures: 0, parked: null });
    else await enqueue(tx, revision.rev_id);
    await tx.objectStore("revisions").put({ ...revision, state: "waiting", problem: null });
  }
  await tx.objectStore("meta").put(epoch, "epoch");
  await tx.objectStore("meta").delete("cursor");
}

/** Counts a failure of a revision that was sent alone; the third one parks it with `code` as the reason. */
export async function countFailure(tx: Write, revId: string, code: string): Promise<void> {
  const item = await tx.objectStore("outbox").index("rev_id").get(revId);
  if (!item) return;
  const failures = item.failures + 1;
  await tx.objectStore("outbox").put({ ...item, failures, parked: failures >= FAILURES_BEFORE_PARKING ? code : null });
}

/**
 * Makes room for another patient's diary: what the server holds of the old one goes, what it does not hold is put
 * aside, because it may never be sent or shown as the new patient's.
 */
export async function setAside(tx: Write): Promise<void> {
  const [queue, revisions] = [tx.objectStore("outbox"), tx.objectStore("revisions")];
  const unsent = new Set((await queue.getAll()).map(({ rev_id }) => rev_id));
  for (const revision of await revisions.getAll()) {
    if (unsent.has(revision.rev_id)) await tx.objectStore("aside").put(revision);
  }
  await Promise.all([queue.clear(), revisions.clear(), tx.objectStore("drafts").clear()]);
}

/** What was put aside of the very episodes that are on this phone again goes back into the queue. */
async function bringBack(tx: Write, diary: Diary): Promise<void> {
  const episodes = new Set(diary.episodes.map(({ episode_id }) => episode_id));
  const own = (await tx.objectStore("aside").getAll()).filter((revision) => episodes.has(revision.episode_id));
  for (const revision of parentsFirst(own)) {
    await tx.objectStore("aside").delete(revision.rev_id);
    await tx.objectStore("revisions").put(revision);
    await enqueue(tx, revision.rev_id);
  }
}

/** Offers parked revisions again, as if they had never failed. */
export async function unpark(tx: Write): Promise<void> {
  for (const item of await tx.objectStore("outbox").getAll()) {
    if (item.parked === null) continue;
    await tx.objectStore("outbox").put({ ...item, failures: 0, parked: null });
  }
}

async function applyAnswer(tx: Write, answer: Answer, at: number): Promise<void> {
  const revision = await tx.objectStore("revisions").get(answer.rev_id);
  if (!revision) return;
  if (answer.status === "erased") return eraseEntry(tx, revision.entry_id);
  if (answer.status === "refused") {
    const item = await tx.objectStore("outbox").index("rev_id").get(answer.rev_id);
    if (item) await tx.objectStore("outbox").put({ ...item, parked: answer.problem });
    await tx.objectStore("revisions").put({ ...revision, state: "refused", problem: answer.problem });
    return;
  }
  const received_at = revision.received_at ?? new Date(at).toISOString();
  await markHeld(tx, revision, { state: answer.status, received_at, told: answer.told ?? revision.told, ...numbered(answer) });
}

async function applyChange(tx: Write, change: Change): Promise<void> {
  const known = await tx.objectStore("revisions").get(change.rev_id);
  if (known) {
    // The server names it, so it holds it, even when the reply that said so was lost.
    const state = known.state === "checking" ? "checking" : "received";
    return markHeld(tx, known, { state, received_at: change.received_at, ...numbered(change) });
  }
  await tx.objectStore("revisions").put({ ...change, state: "received", problem: null, told: null });
}

async function markHeld(tx: Write, revision: Revision, now: Partial<Revision>): Promise<void> {
  await tx.objectStore("revisions").put({ ...revision, ...now, problem: null } as Revision);
  await dequeue(tx, revision.rev_id);
}

/** A server of an earlier version tells no numbers. */
function numbered({ seq }: { seq?: number }): { seq?: number } {
  return seq === undefined ? {} : { seq };
}

async function eraseEntry(tx: Write, entryId: string): Promise<void> {
  const ids = await tx.objectStore("revisions").index("entry").getAllKeys(entryId);
  for (const revId of ids) {
    await dequeue(tx, revId);
    await tx.objectStore("revisions").delete(revId);
  }
}

async function enqueue(tx: Write, revId: string): Promise<void> {
  await tx.objectStore("outbox").add({ rev_id: revId, failures: 0, parked: null } as unknown as Queued);
}

async function dequeue(tx: Write, revId: string): Promise<void> {
  const order = await tx.objectStore("outbox").index("rev_id").getKey(revId);
  if (order !== undefined) await tx.objectStore("outbox").delete(order);
}

/** Versions before those made from them, else by the clock's order; a phone's clock alone may run backwards. */
function parentsFirst(revisions: Revision[]): Revision[] {
  const known = new Map(revisions.map((revision) => [revision.rev_id, revision]));
  const ordered = new Set<Revision>();
  const place = (revision: Revision, above: ReadonlySet<string>) => {
    const parent = revision.parent_rev === null ? undefined : known.get(revision.parent_rev);
    if (parent && !above.has(parent.rev_id)) place(parent, new Set([...above, revision.rev_id]));
    ordered.add(revision);
  };
  const byClock = revisions.toSorted((a, b) => (a.recorded.local < b.recorded.local ? -1 : 1));
  for (const revision of byClock) place(revision, new Set());
  return [...ordered];
}
