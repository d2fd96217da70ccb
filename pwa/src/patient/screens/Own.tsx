/** The screens of a phone with a diary, by the address. */
import type { Snapshot } from "../../store/store.ts";
import { showUnsent } from "../badge.ts";
import { usePart } from "../context.ts";
import { modelOf, type Model } from "../model.ts";
import type { Route } from "../router.ts";
import { CheckScreen, JoinScreen } from "./Always.tsx";
import { NotFound } from "./NotFound.tsx";
import { Today } from "./Today.tsx";
import { Waiting } from "./Waiting.tsx";

interface Props {
  route: Route;
  snapshot: Snapshot;
  time: number;
  updateReady: boolean;
}

export function OwnScreen({ route, snapshot, time, updateReady }: Props) {
  const model = modelOf(snapshot, time);
  const { enrolment, leaving = false } = snapshot.meta;
  const [, section = "", action = ""] = route.path.split("/");
  showUnsent(model?.unsent.length ?? 0);
  if (section === "check") return <CheckScreen route={route} model={model} />;
  if (!model || (enrolment && section === "enrol")) return <JoinScreen route={route} model={model} token={enrolment?.token ?? null} leaving={leaving} />;
  if (section === "phone" && action === "reminders") return <RemindersScreen route={route} model={model} />;
  if (section === "phone") return <PhoneScreen route={route} model={model} time={time} updateReady={updateReady} />;
  if (section === "history") return <DiaryScreen route={route} model={model} />;
  const known = ["", "today", "enrol"].includes(section) && action === "";
  return known ? <Today model={model} time={time} checkin={route.checkin} /> : <NotFound model={model} />;
}

function DiaryScreen({ route, model }: { route: Route; model: Model }) {
  const { part, failed } = usePart("diary");
  const [, , action = "", id = ""] = route.path.split("/");
  if (!part) return <Waiting model={model} path={route.path} failed={failed} />;
  if (action === "edit") return <part.Edit model={model} entryId={id} />;
  if (action === "fill") return <part.Fill model={model} slotKey={id} />;
  return action === "" ? <part.History model={model} state={route.state} /> : <NotFound model={model} />;
}

function RemindersScreen({ route, model }: { route: Route; model: Model }) {
  const { part, failed } = usePart("reminders");
  return part ? <part.Reminders model={model} /> : <Waiting model={model} path={route.path} failed={failed} />;
}

function PhoneScreen({ route, model, time, updateReady }: { route: Route; model: Model; time: number; updateReady: boolean }) {
  const { part, failed } = usePart("phone");
  if (!part) return <Waiting model={model} path={route.path} failed={failed} />;
  if (route.path === "/phone/leaflet") return <part.Leaflet model={model} />;
  return route.path === "/phone" ? <part.Phone model={model} time={time} updateReady={updateReady} /> : <NotFound model={model} />;
}
