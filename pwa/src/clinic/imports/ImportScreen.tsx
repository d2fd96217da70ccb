/** Taking a file in: choose it, see what is said about its lines, then store all of it or nothing. */
import { useState } from "preact/hooks";
import { useAction, useDesk } from "../context";
import { Failure } from "../parts/notices";
import { paths } from "../route";
import { FileField } from "./FileField";
import { base64, KINDS, readMapping, summary } from "./importText";
import { ReportTable } from "./ReportTable";
import type { ImportForm, ImportKind, ImportReport } from "./types";

const MOST_MEGABYTES = 8;

export function ImportScreen() {
  const { api, announce } = useDesk();
  const [kind, setKind] = useState<ImportKind>("procedures");
  const [file, setFile] = useState<File | null>(null);
  const [mapping, setMapping] = useState<File | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [checked, setChecked] = useState<{ form: ImportForm; report: ImportReport } | null>(null);
  const { busy, error, run, clear } = useAction();

  const changed = <T,>(set: (value: T) => void) => (value: T) => {
    set(value);
    setChecked(null);
    setProblem(null);
    clear();
  };

  async function check(event: Event) {
    event.preventDefault();
    if (!file) return setProblem("Choose a file first.");
    if (file.size > MOST_MEGABYTES * 2 ** 20) return setProblem(`The file is larger than ${MOST_MEGABYTES} MB. Split it.`);
    const told = mapping ? readMapping(await mapping.text()) : { mapping: undefined };
    if ("problem" in told) return setProblem(told.problem);
    const form: ImportForm = { kind, content: base64(new Uint8Array(await file.arrayBuffer())), ...told };
    const report = await run(() => api.importFile(form));
    if (!report) return;
    setChecked({ form, report });
    announce(report.errors ? `${report.errors} errors. Nothing was stored.` : "The file can be stored.");
  }

  async function store() {
    if (!checked) return;
    const report = await run(() => api.importFile({ ...checked.form, confirmed: checked.report.digest }));
    if (!report) return;
    setChecked({ ...checked, report });
    announce(report.stored ? "Stored." : "Nothing was stored.");
  }

  return (
    <>
      <div class="screen-head">
        <h1 tabIndex={-1}>Import</h1>
        <p class="head-note">Look first; a file is stored whole or not at all, and never twice.</p>
      </div>
      <div class="imports">
        <form class="card form-section" onSubmit={check} noValidate>
          <fieldset class="field choice" role="radiogroup">
            <legend>What is in the file?</legend>
            <div class="choices">
              {(Object.keys(KINDS) as ImportKind[]).map((one) => (
                <label key={one} class="choice-option">
                  <input type="radio" name="import-kind" value={one} checked={kind === one} onChange={() => changed(setKind)(one)} />
                  <span>{KINDS[one].label}</span>
                </label>
              ))}
            </div>
            <p class="hint">{KINDS[kind].note}</p>
          </fieldset>
          <FileField name="import-file" label="CSV file" accept=".csv,text/csv" file={file} onFile={changed(setFile)} hint="UTF-8 or UTF-16; commas, semicolons or tabs; up to 20,000 lines." problem={problem ?? undefined} />
          <FileField name="import-mapping" label="Mapping file" optional accept=".json,application/json" file={mapping} onFile={changed(setMapping)} hint="Only where your columns, words or dates are not ours." />
          <Failure error={error} />
          <div class="form-actions">
            <button type="submit" class={checked ? "button" : "primary"} disabled={busy}>
              {busy && !checked ? "Reading the file…" : checked ? "Look again" : "Look at the file"}
            </button>
          </div>
        </form>
        {checked && <Outcome report={checked.report} busy={busy} onStore={store} />}
      </div>
    </>
  );
}

function Outcome(props: { report: ImportReport; busy: boolean; onStore: () => void }) {
  const { report, busy, onStore } = props;
  const nothing = !report.counts["new"];
  return (
    <section class="card import-outcome" aria-labelledby="import-outcome">
      <div class="card-head">
        <h2 id="import-outcome">{report.stored ? "Stored" : report.errors ? "Not yet" : nothing ? "Nothing new" : "Ready to store"}</h2>
        <span class="second">{report.lines} lines read</span>
      </div>
      <div class="import-told">
        {report.errors ? (
          <p class="problem">
            {report.errors === 1 ? "One error keeps" : `${report.errors} errors keep`} this file out. Nothing was stored. Correct the file and choose it again.
          </p>
        ) : (
          <p class={report.stored ? "saved" : undefined}>{summary(report)}</p>
        )}
        {!report.errors && !report.stored && !nothing && (
          <button type="button" class="primary" disabled={busy} onClick={onStore}>
            {busy ? "Storing…" : "Store all of it"}
          </button>
        )}
        {report.stored && (
          <a class="button" href={paths.worklist}>
            To the worklist
          </a>
        )}
      </div>
      {report.problems.length > 0 && <ReportTable report={report} />}
    </section>
  );
}
