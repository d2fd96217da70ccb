/** The patient's other blocks, and ending the reading of one that a later block overtook. */
import { may, useDesk, useResource } from "../context";
import { paths } from "../route";
import { shortDate, wallAt } from "../time";
import type { EpisodeDetail, OtherEpisode } from "../types";
import { root, STATUSES, wordsFor } from "../words";

export function OtherBlocks({ episode }: { episode: EpisodeDetail }) {
  const others = [...episode.other_episodes].sort((a, b) => (b.performed_at ?? "~").localeCompare(a.performed_at ?? "~"));
  if (!others.length) return null;
  return (
    <p class="other-blocks">
      <span>{others.length === 1 ? "Other block:" : "Other blocks:"}</span>
      {others.map((other) => (
        <a key={other.episode_id} href={paths.episode(other.episode_id)}>
          {nameOf(other, episode.zone)}
        </a>
      ))}
    </p>
  );
}

function nameOf(other: OtherEpisode, zone: string): string {
  const { performed_at: t0, status } = other;
  return `${root(other)}, ${t0 ? shortDate(wallAt(t0, zone)) : wordsFor(STATUSES, status)}`;
}

/** Blocks done before this one; whether their reading has ended only their own record tells. */
export function earlierBlocks(episode: EpisodeDetail): OtherEpisode[] {
  const t0 = episode.performed_at;
  if (!t0 || episode.status === "cancelled") return [];
  return episode.other_episodes.filter(
    (other) => other.status === "performed" && other.performed_at && Date.parse(other.performed_at) < Date.parse(t0),
  );
}

/** Offered until it is done: a second injection would otherwise be read as the first one's late relief. */
export function EndEarlier({ episode }: { episode: EpisodeDetail }) {
  const { api, session } = useDesk();
  const asked = may(session.clinician.role, "correct") ? earlierBlocks(episode) : [];
  const ids = asked.map((other) => other.episode_id);
  const read = useResource(ids.join(), (signal) => Promise.all(ids.map((id) => api.episode(id, signal))));
  const still = (read.data ?? []).filter((earlier) => earlier.events.length === 0);
  return (
    <>
      {still.map((earlier) => (
        <div class="notice notice-warn" key={earlier.episode_id}>
          <p>
            The earlier block, {nameOf({ ...earlier, shape: null }, episode.zone)}, is still being read: this one's relief would count
            for it too.
          </p>
          <a class="button" href={paths.endedBy(earlier.episode_id, episode.episode_id)}>
            End its reading at this T0
          </a>
        </div>
      ))}
    </>
  );
}
