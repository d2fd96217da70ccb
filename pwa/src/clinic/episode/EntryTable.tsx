/** Every entry as it was recorded, with its history. */
import { Fragment } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Resource } from "../context";
import { Empty, Failure, Waiting } from "../parts/notices";
import type { Entry, EntryPage, EpisodeDetail } from "../types";
import { ENTRY_FLAGS, GRADE_NOTES, SCALES, slotText, wordsFor } from "../words";
import { analgesicsText, answerText, bodyOf, contextText, gradeText, insteadOfScore, localTime, momentOf, painText, receivedText, sideEffectsText, sinceText } from "./entryText";
import { RevisionRows } from "./RevisionRows";
import { goToNamedRow, rowId } from "./rows";

interface TableProps {
  episode: EpisodeDetail;
  entries: Resource<EntryPage>;
  active: string | null;
  evidence: ReadonlySet<string> | null;
  onActive: (entryId: string | null) => void;
}

export function EntryTable(props: TableProps) {
  const { entries } = props;
  const [newestFirst, setNewestFirst] = useState(false);
  const rows = useMemo(() => ordered(entries.data?.entries ?? [], newestFirst), [entries.data, newestFirst]);
  return (
    <section class="card entries" aria-labelledby="entries-title">
      <div class="card-head">
        <h2 id="entries-title">
          Entries <span class="count">{rows.length || ""}</span>
        </h2>
        {rows.length > 1 && (
          <button type="button" class="quiet" onClick={() => setNewestFirst(!newestFirst)}>
            {newestFirst ? "Oldest first" : "Newest first"}
          </button>
        )}
      </div>
      <Failure error={entries.error} onRetry={entries.reload} />
      {!entries.data && !entries.error && <Waiting label="Loading the entries…" />}
      {entries.data && !rows.length && (
        <Empty title="No entries yet.">
          <p>
            {props.episode.device === "enrolled"
              ? "The first one appears here as soon as the patient's phone sends it."
              : "Connect the patient's phone to begin the diary."}
          </p>
        </Empty>
      )}
      {rows.length > 0 && <Table {...props} rows={rows} />}
    </section>
  );
}

function ordered(entries: readonly Entry[], newestFirst: boolean): Entry[] {
  const rows = [...entries].sort((a, b) => Date.parse(momentOf(a)) - Date.parse(momentOf(b)));
  return newestFirst ? rows.reverse() : rows;
}

function Table(props: TableProps & { rows: Entry[] }) {
  const leave = () => props.onActive(null);
  useEffect(goToNamedRow, []);
  return (
    // The roles are written out because narrow screens lay the rows out as blocks; focusable, so that the keyboard can scroll it.
    <div class="table-scroll" role="group" aria-label="Table of entries" tabIndex={0}>
      <table class="entry-table" role="table" aria-labelledby="entries-title">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">Felt</th>
            <th role="columnheader" scope="col">From T0</th>
            <th role="columnheader" scope="col">Slot</th>
            <th role="columnheader" scope="col">Scale</th>
            <th role="columnheader" scope="col" class="figure">
              Pain
            </th>
            <th role="columnheader" scope="col" class="figure">
              Spine
            </th>
            <th role="columnheader" scope="col">Side effects, drugs, notes</th>
            <th role="columnheader" scope="col">Recorded</th>
            <th role="columnheader" scope="col">Received</th>
          </tr>
        </thead>
        <tbody role="rowgroup" onPointerLeave={leave}>
          {props.rows.map((entry) => (
            <EntryRow key={entry.entry_id} entry={entry} {...props} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EntryRow(props: TableProps & { entry: Entry }) {
  const { entry, episode, active, evidence, onActive } = props;
  const [open, setOpen] = useState(false);
  const body = bodyOf(entry);
  const moment = momentOf(entry);
  const local = localTime(moment, episode.zone);
  const id = entry.entry_id;
  const look = [
    id === active && "is-active",
    evidence?.has(id) && "is-evidence",
    entry.deleted && "is-deleted",
    entry.kind === "flag_report" && "is-report",
  ].filter(Boolean);
  return (
    <Fragment>
      <tr id={rowId(id)} role="row" tabIndex={-1} class={look.join(" ")} onPointerEnter={() => onActive(id)} onFocus={() => onActive(id)}>
        <td role="cell" class="felt">
          <span class="day">{local.day}</span> {local.time}
          {local.elsewhere && <span class="second">{local.elsewhere}</span>}
        </td>
        <td role="cell" class="since">{sinceText(entry, episode.performed_at, episode.zone)}</td>
        <td role="cell" class="slot">{slotText(entry.slot)}</td>
        {insteadOfScore(entry) !== null ? (
          <td role="cell" class="scale" colSpan={3}>
            {insteadOfScore(entry)}
          </td>
        ) : (
          <>
            <td role="cell" class="scale">{wordsFor(SCALES, body.scale)}</td>
            <td role="cell" class="figure pain">{painText(body)}</td>
            <td role="cell" class={typeof body.axial === "number" ? "figure axial" : "figure axial is-empty"}>{typeof body.axial === "number" ? body.axial : "–"}</td>
          </>
        )}
        <td role="cell" class={hasSaid(entry, episode.zone) ? "said" : "said is-empty"}>
          <Said entry={entry} zone={episode.zone} />
        </td>
        <td role="cell" class="graded">
          <GradeMark entry={entry} />
          {(entry.edited || entry.revisions.length > 1) && (
            <button type="button" class="edited" aria-expanded={open} onClick={() => setOpen(!open)}>
              {entry.deleted ? "deleted" : "edited"}
              <span class="unseen">, show the history of {local.day}, {local.time}</span>
            </button>
          )}
        </td>
        <td role="cell" class="received">{receivedText(entry, episode.zone)}</td>
      </tr>
      {open && <RevisionRows entry={entry} zone={episode.zone} />}
    </Fragment>
  );
}

function hasSaid(entry: Entry, zone: string): boolean {
  const body = bodyOf(entry);
  const said = [sideEffectsText(body), analgesicsText(body, zone), contextText(body), body.note];
  return insteadOfScore(entry) !== null || said.some(Boolean);
}

function Said({ entry, zone }: { entry: Entry; zone: string }) {
  const body = bodyOf(entry);
  if (insteadOfScore(entry) !== null) return <>{answerText(entry)}</>;
  const lines = [sideEffectsText(body), analgesicsText(body, zone), contextText(body)].filter(Boolean);
  return (
    <>
      {lines.map((line) => (
        <span key={line} class="line">
          {line}
        </span>
      ))}
      {body.note && <q class="note">{body.note}</q>}
      {!lines.length && !body.note && <span class="faint">–</span>}
    </>
  );
}

/** Drawn as in the chart: full, half, hollow; and always with its word. */
function GradeMark({ entry }: { entry: Entry }) {
  if (!entry.grade) return <span class="faint">–</span>;
  return (
    <span class="grade-mark" title={wordsFor(GRADE_NOTES, entry.grade)}>
      <svg class="glyph" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
        <GradeGlyph grade={entry.grade} />
      </svg>
      {gradeText(entry)}
      {entry.flags
        .filter((flag) => flag !== entry.grade)
        .map((flag) => (
          <span key={flag} class="second">
            {wordsFor(ENTRY_FLAGS, flag)}
          </span>
        ))}
    </span>
  );
}

function GradeGlyph({ grade }: { grade: string }) {
  const line = { fill: "none", stroke: "currentColor", "stroke-width": 1.5 };
  if (grade === "back_filled") return <circle cx="6" cy="6" r="4" {...line} />;
  if (grade === "clock_suspect") return <rect x="2" y="2" width="8" height="8" {...line} />;
  if (grade === "skipped") return <path d="m2.5 2.5 7 7m0-7-7 7" {...line} />;
  if (grade === "late")
    return (
      <>
        <circle cx="6" cy="6" r="4" {...line} />
        <path d="M6 2a4 4 0 0 0 0 8z" fill="currentColor" />
      </>
    );
  return <circle cx="6" cy="6" r={grade === "before" ? 3 : 4.4} fill="currentColor" />;
}
