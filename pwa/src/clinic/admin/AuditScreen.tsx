/** The audit trail: who did what to which record, newest first. */
import { useState } from "preact/hooks";
import type { ApiError } from "../api";
import { useAction, useDesk, useResource } from "../context";
import { saveFile } from "../download";
import { SelectField, TextField } from "../parts/inputs";
import { Empty, Failure, Waiting } from "../parts/notices";
import { paths } from "../route";
import { clock, shortDate, wallAt } from "../time";
import { wordsFor } from "../words";
import { AdminNav } from "./AdminNav";
import { ACTIONS, ACTORS, detailText, TARGETS } from "./auditText";
import { auditPage, auditTable } from "./calls";
import type { AuditFilter, AuditPage, AuditRow } from "./types";

const ALL: AuditFilter = { actor_id: null, record_number: null, action: null, since: null, until: null };

export function AuditScreen() {
  const { api } = useDesk();
  const [filter, setFilter] = useState(ALL);
  const [number, setNumber] = useState("");
  /** Where each page began; the last one is shown. */
  const [places, setPlaces] = useState<(string | null)[]>([null]);
  const place = places[places.length - 1] ?? null;
  const page = useResource(JSON.stringify([filter, place]), (signal) => auditPage(api, filter, place, signal));
  const [known, setKnown] = useState<AuditPage | null>(null);
  if (page.data && page.data !== known) setKnown(page.data);
  const { busy, error, run } = useAction();
  const narrow = (part: Partial<AuditFilter>) => {
    setPlaces([null]);
    setFilter({ ...filter, ...part });
  };
  const save = async () => {
    const file = await run(() => auditTable(api, filter));
    if (file) saveFile(file, "audit.csv");
  };
  const unknown = page.error?.code === "unknown-patient" ? "No patient has this record number." : undefined;
  return (
    <>
      <AdminNav here="audit" />
      <div class="screen-head">
        <h1 tabIndex={-1}>Audit trail</h1>
        <button type="button" class="button head-action" disabled={busy} onClick={save}>
          {busy ? "Making the file…" : "Save as CSV"}
        </button>
      </div>
      <form
        class="card audit-filters"
        aria-label="Filters"
        onSubmit={(event) => {
          event.preventDefault();
          narrow({ record_number: number.trim() || null });
        }}
      >
        <SelectField name="audit-person" label="Person" value={filter.actor_id ?? ""} options={[{ value: "", label: "Everybody" }, ...(known?.people ?? []).map((one) => ({ value: one.clinician_id, label: one.name }))]} onValue={(id) => narrow({ actor_id: id || null })} />
        <SelectField name="audit-action" label="Action" value={filter.action ?? ""} options={[{ value: "", label: "All" }, ...(known?.actions ?? []).map((one) => ({ value: one, label: wordsFor(ACTIONS, one) }))]} onValue={(action) => narrow({ action: action || null })} />
        <TextField name="audit-patient" label="Patient's record number" value={number} onValue={setNumber} problem={unknown} maxLength={60} />
        <TextField name="audit-since" label="From" type="date" value={filter.since ?? ""} onValue={(since) => narrow({ since: since || null })} />
        <TextField name="audit-until" label="To" type="date" value={filter.until ?? ""} onValue={(until) => narrow({ until: until || null })} />
        <button type="submit" class="beside-field">
          Apply
        </button>
      </form>
      <Failure error={unknown ? null : (error ?? page.error)} {...retry(page.error, page.reload)} />
      {page.data ? <Rows page={page.data} /> : !page.error && <Waiting label="Loading…" />}
      {page.data && (places.length > 1 || page.data.next) && (
        <nav class="pages" aria-label="Pages">
          <button type="button" disabled={places.length === 1} onClick={() => setPlaces(places.slice(0, -1))}>
            Newer
          </button>
          <span class="fold-note">Page {places.length}</span>
          <button type="button" disabled={!page.data.next} onClick={() => setPlaces([...places, page.data?.next ?? null])}>
            Older
          </button>
        </nav>
      )}
    </>
  );
}

function retry(error: ApiError | null, reload: () => void): { onRetry?: () => void } {
  return error ? { onRetry: reload } : {};
}

function Rows({ page }: { page: AuditPage }) {
  const { zone } = useDesk().session.clinic;
  if (!page.rows.length) return <Empty title="Nothing fits these filters." />;
  return (
    <div class="scroll-box" role="region" aria-label="Audit rows" tabIndex={0}>
      <table class="worklist admin-table" aria-label="Audit trail">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">Did what</th>
            <th scope="col">To</th>
            <th scope="col">Details</th>
          </tr>
        </thead>
        <tbody>
          {page.rows.map((row) => (
            <tr key={row.id}>
              <td class="nowrap">{when(row, zone)}</td>
              <td>{row.actor ?? wordsFor(ACTORS, row.actor_kind)}</td>
              <td>{wordsFor(ACTIONS, row.action)}</td>
              <td>
                <Target row={row} />
              </td>
              <td class="audit-detail">{detailText(row.detail)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function when(row: AuditRow, zone: string): string {
  const wall = wallAt(row.at, zone);
  return `${shortDate(wall)}, ${clock(wall)}:${String(wall.second).padStart(2, "0")}`;
}

function Target({ row }: { row: AuditRow }) {
  const name = wordsFor(TARGETS, row.target_kind);
  if (row.target_kind !== "episode" || !row.target_id) return <>{name}</>;
  return <a href={paths.episode(row.target_id)}>{name}</a>;
}
