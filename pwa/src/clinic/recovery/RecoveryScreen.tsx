/** The recovery room on a tablet: who is due, two taps a score, and nothing lost on a bad network. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useDesk, useNow, useResource, useWhileVisible } from "../context";
import { Empty, Failure, Waiting } from "../parts/notices";
import { paths } from "../route";
import { clock, dateInput, offsetAt, offsetText, shortDate, toInstant, wallAsWritten, wallAt, weekday } from "../time";
import { ComplicationsPanel } from "./ComplicationsPanel";
import { DischargePanel } from "./DischargePanel";
import { InjectionPanel } from "./InjectionPanel";
import { useHandOver } from "./handOver";
import { dueCount, grouped, markState, MINUTES } from "./marks";
import { PatientCard, type Step } from "./PatientCard";
import { ScorePad } from "./ScorePad";
import { type Tap, withTaps } from "./taps";
import type { Mark, RecoveryDay, RecoveryRow } from "./types";
import { Unsaved } from "./Unsaved";
import { type Taps, useTaps } from "./useTaps";

const LOOK_SECONDS = 15;

export function RecoveryScreen() {
  const { api } = useDesk();
  const asked = useRef(0);
  const [loaded, setLoaded] = useState(0);
  const skew = useRef(0);
  const day = useResource("recovery", async (signal) => {
    const from = ++asked.current;
    const found = await api.recoveryDay(signal);
    // The server's clock is the one that counts; a tablet's may be minutes off.
    skew.current = Date.parse(found.server_time) - Date.now();
    setLoaded(from);
    return found;
  });
  const taps = useTaps(day.reload);
  useSettled(taps, asked, loaded);
  const now = useNow(5).getTime() + skew.current;
  useWhileVisible(LOOK_SECONDS, day.reload);
  useWatched(day.data, now, day.reload);
  const shown = day.data && withTaps(day.data, taps.all, (at) => zoneTime(at + skew.current, day.data?.zone ?? "UTC"));
  const nameOf = (id: string) => shown?.episodes.find((row) => row.episode_id === id)?.patient.name ?? "A patient";
  useHandOver(
    [...taps.unsaved, ...taps.refused].map((tap) => ({
      tap,
      patient: nameOf(tap.episodeId),
      at: clock(wallAt(new Date(tap.tappedAt + skew.current), shown?.zone ?? "UTC")),
    })),
  );
  const due = shown ? dueCount(shown.episodes, now) : 0;
  return (
    <>
      <div class="screen-head">
        <h1 tabIndex={-1}>Recovery room</h1>
        {shown && (
          <p class="head-note">
            {dayText(shown)} · {clock(wallAt(new Date(now), shown.zone))}
            {due > 0 && <b class="due-count">{due === 1 ? "1 score due" : `${due} scores due`}</b>}
          </p>
        )}
      </div>
      <Unsaved taps={taps} nameOf={nameOf} />
      <Failure error={day.error} onRetry={day.reload} />
      {shown ? <Room day={shown} now={now} taps={taps} /> : !day.error && <Waiting label="Loading…" />}
    </>
  );
}

/** A saved tap stays on its tile until a list that was asked for after it is here. */
function useSettled(taps: Taps, asked: { current: number }, loaded: number): void {
  const savedAt = useRef(new Map<string, number>());
  for (const tap of taps.all) if (tap.state === "saved" && !savedAt.current.has(tap.id)) savedAt.current.set(tap.id, asked.current);
  useEffect(() => {
    const there = [...savedAt.current].filter(([, at]) => at < loaded).map(([id]) => id);
    for (const id of there) savedAt.current.delete(id);
    if (there.length) taps.settle(there);
  }, [loaded]);
}

/** While somebody is being watched the room counts as attended, though nobody touches the tablet for minutes. */
function useWatched(day: RecoveryDay | null, now: number, look: () => void): void {
  const watched = day !== null && grouped(day.episodes, now).watched.length > 0;
  const latest = useRef(look);
  latest.current = look;
  useEffect(() => {
    if (!watched) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") latest.current();
    }, LOOK_SECONDS * 1000 * 4);
    return () => clearInterval(timer);
  }, [watched]);
}

function zoneTime(at: number, zone: string): string {
  const instant = new Date(at);
  const date = dateInput(instant, zone);
  const wall = wallAt(instant, zone);
  const time = [wall.hour, wall.minute, wall.second].map((part) => String(part).padStart(2, "0")).join(":");
  return toInstant(date, time, zone) ?? `${date}T${time}${offsetText(offsetAt(instant, zone))}`;
}

function dayText(day: RecoveryDay): string {
  const wall = wallAsWritten(`${day.day}T00:00`);
  return wall ? `${weekday(wall)} ${shortDate(wall)}` : day.day;
}

function Room({ day, now, taps }: { day: RecoveryDay; now: number; taps: Taps }) {
  const [open, setOpen] = useState<{ id: string; step: Step } | null>(null);
  const groups = grouped(day.episodes, now);
  const close = useCallback(() => setOpen(null), []);
  const row = open && day.episodes.find((one) => one.episode_id === open.id);
  const cards = (rows: readonly RecoveryRow[]) => (
    <div class="patients">
      {rows.map((one) => (
        <PatientCard
          key={one.episode_id}
          row={one}
          zone={day.zone}
          now={now}
          taps={taps.all.filter((tap: Tap) => tap.episodeId === one.episode_id)}
          onStep={(step) => setOpen({ id: one.episode_id, step })}
        />
      ))}
    </div>
  );
  if (!day.episodes.length)
    return (
      <Empty title="No injections today, and none planned.">
        <p>
          <a href={paths.enrol}>Enrol a patient</a>
        </p>
      </Empty>
    );
  return (
    <>
      {groups.watched.length > 0 && <section class="room" aria-labelledby="room-watched"><h2 id="room-watched">In recovery</h2>{cards(groups.watched)}</section>}
      {groups.waiting.length > 0 && <section class="room" aria-labelledby="room-waiting"><h2 id="room-waiting">Waiting for the injection</h2>{cards(groups.waiting)}</section>}
      {groups.finished.length > 0 && (
        <details class="room fold">
          <summary>
            Earlier today <span class="fold-note">{groups.finished.length}</span>
          </summary>
          {cards(groups.finished)}
        </details>
      )}
      {open && row && <Panel row={row} step={open.step} day={day} now={now} taps={taps} onClose={close} />}
    </>
  );
}

function Panel(props: { row: RecoveryRow; step: Step; day: RecoveryDay; now: number; taps: Taps; onClose: () => void }) {
  const { row, step, day, now, taps, onClose } = props;
  const episodeId = row.episode_id;
  if (step === "phone") return <DischargePanel row={row} onClose={onClose} />;
  if (step === "complications") {
    const note = (code: string | null, present: boolean) =>
      taps.add({ kind: "complication", episodeId, form: { change_id: crypto.randomUUID(), code, present } });
    return <ComplicationsPanel row={row} onNote={note} onClose={onClose} />;
  }
  if (step === "injection") {
    const given = (performed_at: string | null) => {
      taps.add({ kind: "injection", episodeId, form: { change_id: crypto.randomUUID(), performed_at } });
      onClose();
    };
    return <InjectionPanel row={row} zone={day.zone} now={now} onGiven={given} onClose={onClose} />;
  }
  return <Pad {...props} mark={step} />;
}

const MARK_TITLES: Readonly<Record<Mark, string>> = { pre: "before the injection", m15: "15 minutes", m30: "30 minutes" };

function Pad(props: { row: RecoveryRow; mark: Mark; day: RecoveryDay; now: number; taps: Taps; onClose: () => void }) {
  const { row, mark, day } = props;
  // What the mark was when it was tapped: a pad must not change its question under the finger.
  const [{ before, fromPaper }] = useState(() => {
    const state = markState(row, mark, props.now);
    return { before: state.kind === "done" ? state.score : null, fromPaper: state.kind === "missed" };
  });
  const score = (pain: number) => {
    props.taps.add({
      kind: "score",
      episodeId: row.episode_id,
      form: {
        rev_id: crypto.randomUUID(),
        entry_id: before?.entry_id ?? crypto.randomUUID(),
        parent_rev: before?.rev_id ?? null,
        mark,
        pain,
        at_mark: fromPaper,
      },
    });
    props.onClose();
  };
  const asked = fromPaper && mark !== "pre" && row.performed_at ? Date.parse(row.performed_at) + MINUTES[mark] * 60_000 : null;
  const note = asked === null ? {} : { note: `Only if it was asked at ${clock(wallAt(new Date(asked), day.zone))}. It is marked as typed in later.` };
  return <ScorePad row={row} title={MARK_TITLES[mark]} before={before} onScore={score} onClose={props.onClose} {...note} />;
}
