/** What became of an entry: each version with the time it was written. Scores only where they may be seen. */
import type { EntryBody } from "../../diary/record.ts";
import type { Version } from "../../diary/versions.ts";
import { momentFrom } from "../../i18n/index.ts";
import { later } from "../../i18n/later.ts";
import { detailsOf, scoreWords } from "../entryWords.ts";
import type { Model } from "../model.ts";

export function Versions({ model, versions }: { model: Model; versions: readonly Version[] }) {
  return (
    <details class="versions small">
      <summary>{later.diary.versions(versions.length)}</summary>
      <ol class="plain">
        {versions.map((version) => <li key={version.revId}>{words(model, version)}</li>)}
      </ol>
    </details>
  );
}

function words(model: Model, { body, madeAt }: Version): string {
  const time = momentFrom(model.time, Date.parse(madeAt));
  if (body === null) return later.diary.versionDeleted(time);
  return [later.diary.versionOf(time), said(model, body)].join(": ");
}

function said(model: Model, body: EntryBody): string {
  return [scoreWords(model, body), momentFrom(model.time, Date.parse(body.taken_at)), ...detailsOf(model, body)].join(" · ");
}
