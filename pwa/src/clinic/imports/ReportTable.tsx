/** What is said about single lines: where it is, and what to do. */
import type { ImportReport } from "./types";

export function ReportTable({ report }: { report: ImportReport }) {
  const { problems, errors, notes } = report;
  const more = errors + notes - problems.length;
  return (
    <div class="panel-body" tabIndex={0} role="region" aria-label="Remarks about lines">
      <table class="figures import-lines">
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Column</th>
            <th scope="col">What to do</th>
            <th scope="col">Code</th>
          </tr>
        </thead>
        <tbody>
          {problems.map((one, place) => (
            <tr key={place}>
              <th scope="row">{one.line}</th>
              <td class="import-column">{one.column ?? "–"}</td>
              <td>
                <b class={one.error ? "import-error" : "import-note"}>{one.error ? "Error" : "Note"}</b> {one.sentence}
              </td>
              <td class="faint nowrap">{one.code}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p class="panel-note">and {more} more.</p>}
    </div>
  );
}
