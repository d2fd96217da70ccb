/** What the patient calls a check-in. */
import type { CheckIn } from "../diary/due.ts";
import { performedAt } from "../diary/episode.ts";
import { HOUR } from "../diary/moment.ts";
import { shortDay } from "../i18n/index.ts";
import { later } from "../i18n/later.ts";
import type { Model } from "./model.ts";

export function checkInName(model: Model, checkIn: CheckIn): string {
  const names = later.diary.checkIn;
  const passed = checkIn.plannedAt - (performedAt(model.episode) ?? checkIn.plannedAt);
  const date = shortDay(checkIn.plannedAt);
  switch (checkIn.kind) {
    case "pre":
      return names.pre;
    case "early":
      return names.early(Math.round(passed / 60_000));
    case "hour":
      return names.hour(Math.round(passed / HOUR));
    case "bedtime":
      return names.bedtime;
    case "week":
      return names.week(date);
    case "month":
      return names.month(date);
    default:
      return names.day(date);
  }
}
