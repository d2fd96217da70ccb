/** Every version of a part, so that "what did it say then" has an answer. */
import { useState } from "preact/hooks";
import { useDesk, useResource } from "../context";
import { Failure, Waiting } from "../parts/notices";
import { dateTime } from "../time";
import type { Part } from "./types";

export function Versions<T>(props: { part: string; newest: number; show: (value: T) => string }) {
  const [open, setOpen] = useState(false);
  if (!props.newest) return null;
  return (
    <details class="fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        Earlier versions <span class="fold-note">version {props.newest} is in force</span>
      </summary>
      {open && <VersionList {...props} />}
    </details>
  );
}

function VersionList<T>(props: { part: string; newest: number; show: (value: T) => string }) {
  const { api, session } = useDesk();
  const list = useResource<Part<unknown>[]>(`${props.part} ${props.newest}`, (signal) => api.partVersions(props.part, signal));
  if (!list.data) return list.error ? <Failure error={list.error} onRetry={list.reload} /> : <Waiting label="Loading…" />;
  return (
    <ol class="versions">
      {list.data.map((version) => (
        <li key={version.version}>
          <p>
            <b>Version {version.version}</b>{" "}
            <span class="second">
              {version.by}
              {version.at && `, ${dateTime(version.at, session.clinic.zone)}`}
            </span>
          </p>
          <p class="version-text" dir="auto">
            {props.show(version.value as T)}
          </p>
        </li>
      ))}
    </ol>
  );
}
