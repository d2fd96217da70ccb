/** Says that no physician of the clinic has accepted these words yet; nothing where one has. */
import { versions } from "virtual:safety-versions";
import { language } from "../../i18n/index.ts";
import { later } from "../../i18n/later.ts";
import type { Model } from "../model.ts";

export function Unreviewed({ model }: { model: Model | null }) {
  const accepted = model?.diary.clinic.accepted_texts?.[language] ?? [];
  if (accepted.includes(versions[language] ?? "")) return null;
  return <p class="muted small unreviewed">{later.flags.unreviewed}</p>;
}
