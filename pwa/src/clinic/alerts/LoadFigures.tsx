/** The load alerts make: how many the diaries raise, and how fast somebody answers. */
import { useDesk, useResource } from "../context";
import type { AlertLoad } from "./types";

export function LoadFigures() {
  const { api } = useDesk();
  const load = useResource("alert-load", (signal) => api.alertLoad(signal));
  if (!load.data) return null;
  return (
    <section class="load" aria-labelledby="load-title">
      <h2 id="load-title">Last {load.data.days} days</h2>
      <dl class="counts">
        {figures(load.data).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function figures(load: AlertLoad): [string, string][] {
  const { by_level: levels } = load;
  return [
    ["alerts per 100 entries", load.per_100_entries === null ? "–" : String(load.per_100_entries)],
    ["alerts in all", String(load.alerts)],
    ["emergency", String(levels.E)],
    ["same day", String(levels.S)],
    ["next working day", String(levels.N)],
    ["answered in time", load.alerts ? `${load.answered_in_time} of ${load.answered_in_time + load.late}` : "–"],
    ["typical time to answer", waitText(load.median_answer_seconds)],
  ];
}

export function waitText(seconds: number | null): string {
  if (seconds === null) return "–";
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return "under 1 min";
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
