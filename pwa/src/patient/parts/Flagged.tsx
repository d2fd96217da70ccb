/** An entry that calls for a call the same day stays in sight on every screen until it is followed up. */
import { clock, t } from "../../i18n/index.ts";
import { later } from "../../i18n/later.ts";
import { openFlag } from "../flagged.ts";
import type { Model } from "../model.ts";
import { go } from "../router.ts";
import { useFlagLog } from "../useFlagLog.ts";
import { Calls } from "./Calls.tsx";

export function Flagged({ model }: { model: Model }) {
  const log = useFlagLog(model);
  const open = openFlag(model);
  if (!open) return null;
  const { entry, finding: { level, code } } = open;
  const { told } = entry.head;
  return (
    <section class="card danger flagged">
      <h2>{later.flags.levels[level].title}</h2>
      <p>{later.flags.levels[level].text}</p>
      <p class="told strong">{told ? later.flags.told(clock(Date.parse(told.told_at))) : t.flags.notTold}</p>
      <Calls clinic={model.diary.clinic} level={level} onCall={(whom) => log({ event: "called", about: entry.entryId, level, whom })} />
      <button type="button" class="secondary" onClick={() => go("/check", { symptom: code })}>{t.flags.buttonGo}</button>
    </section>
  );
}
