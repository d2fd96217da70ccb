/** The phone before the patient leaves: the picture to scan, then the six digits to read out. */
import { useDesk, useResource } from "../context";
import { Connect } from "../enrol/PhoneScreen";
import { Failure, Waiting } from "../parts/notices";
import { Sheet } from "../parts/Sheet";
import type { RecoveryRow } from "./types";

export function DischargePanel({ row, onClose }: { row: RecoveryRow; onClose: () => void }) {
  const { api } = useDesk();
  const episode = useResource(`discharge ${row.episode_id}`, (signal) => api.episode(row.episode_id, signal));
  return (
    <Sheet title={`${row.patient.name} · phone`} onClose={onClose} wide>
      <Failure error={episode.error} onRetry={episode.reload} />
      {episode.data ? (
        <Connect episode={episode.data} onLook={episode.reload} onDone={onClose} />
      ) : (
        !episode.error && <Waiting label="Loading…" />
      )}
    </Sheet>
  );
}
