/** Chooses the screen for the address and for what this phone holds. */
import { useEffect, useState } from "preact/hooks";
import { currentEpisode } from "../diary/episode.ts";
import { isFirstNight } from "../diary/night.ts";
import type { Diary } from "../diary/record.ts";
import { t } from "../i18n/index.ts";
import { useNow, usePart, useServices } from "./context.ts";
import { showUnsent } from "./badge.ts";
import { modelOf, type Model } from "./model.ts";
import { Frame } from "./parts/Frame.tsx";
import { useRoute, type Route } from "./router.ts";
import { NotFound } from "./screens/NotFound.tsx";
import { Today } from "./screens/Today.tsx";
import { Waiting } from "./screens/Waiting.tsx";
import { useSnapshot, type Beginning } from "./useSnapshot.ts";

function titleOf(path: string): string {
  const section = path.split("/")[1];
  const words = section === "history" ? t.tabs.diary : section === "phone" ? t.tabs.phone : section === "check" ? t.flags.title : t.tabs.today;
  return `${words} · ${t.app}`;
}

export function App({ beginning, updateReady }: { beginning: Beginning; updateReady: boolean }) {
  const { store, language } = useServices();
  const [loaded, retry] = useSnapshot(store, beginning);
  const route = useRoute();
  const time = useNow();
  useEffect(() => {
    document.title = titleOf(route.path);
  }, [route.path, language]);
  const night = loaded.kind === "ready" && isNight(loaded.snapshot.meta.diary, time);
  useEffect(() => {
    document.documentElement.dataset["palette"] = night ? "night" : "usual";
  }, [night]);
  if (loaded.kind === "failed") return route.path === "/check" ? <CheckScreen route={route} model={null} /> : <Broken retry={retry} />;
  const model = modelOf(loaded.snapshot, time);
  const { enrolment, leaving = false } = loaded.snapshot.meta;
  showUnsent(model?.unsent.length ?? 0);
  return <Screen route={route} model={model} token={enrolment?.token ?? null} leaving={leaving} time={time} updateReady={updateReady} />;
}

function isNight(diary: Diary | undefined, time: number): boolean {
  const episode = diary && currentEpisode(diary);
  return episode ? isFirstNight(episode, time) : false;
}

interface ScreenProps {
  route: Route;
  model: Model | null;
  token: string | null;
  /** Signed out, and the clinic does not know it yet. */
  leaving: boolean;
  time: number;
  updateReady: boolean;
}

function Screen(props: ScreenProps) {
  const { route, model, token, time } = props;
  const [, section = "", action = ""] = route.path.split("/");
  if (section === "check") return <CheckScreen route={route} model={model} />;
  if (!model || (token !== null && section === "enrol")) return <JoinScreen {...props} />;
  if (section === "phone" && action === "reminders") return <RemindersScreen route={route} model={model} />;
  if (section === "phone") return <PhoneScreen {...props} model={model} />;
  if (section === "history") return <DiaryScreen route={route} model={model} />;
  const known = ["", "today", "enrol"].includes(section) && action === "";
  return known ? <Today model={model} time={time} checkin={route.checkin} /> : <NotFound model={model} />;
}

function CheckScreen({ route, model }: { route: Route; model: Model | null }) {
  const { part, failed } = usePart("help");
  const { symptom, recheck } = route.state;
  if (!part) return <Waiting model={model} path={route.path} failed={failed} />;
  return <part.Check model={model} symptom={typeof symptom === "string" ? symptom : null} recheck={recheck === true} />;
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

function PhoneScreen({ route, model, time, updateReady }: ScreenProps & { model: Model }) {
  const { part, failed } = usePart("phone");
  if (!part) return <Waiting model={model} path={route.path} failed={failed} />;
  if (route.path === "/phone/leaflet") return <part.Leaflet model={model} />;
  return route.path === "/phone" ? <part.Phone model={model} time={time} updateReady={updateReady} /> : <NotFound model={model} />;
}

function JoinScreen({ route, model, token, leaving }: ScreenProps) {
  const { part, failed } = usePart("join");
  if (!part) return <Waiting model={model} path={route.path} failed={failed} />;
  if (token !== null && (route.path.startsWith("/enrol") || !model)) return <part.Enrol model={model} token={token} />;
  return <part.Welcome signedOut={route.state["signedOut"] === true} leaving={leaving} />;
}

function Broken({ retry }: { retry: () => void }) {
  const { load, now } = useServices();
  const [nothing, setNothing] = useState(false);
  const rescue = () => void load("phone").then((part) => part.rescueUnsent(now())).then((found) => setNothing(!found)).catch(() => undefined);
  return (
    <Frame model={null} path="/">
      <h1 class="question">{t.problem.title}</h1>
      <p>{t.problem.text}</p>
      <p><button type="button" class="primary" onClick={retry}>{t.problem.retry}</button></p>
      <p><button type="button" class="secondary" onClick={rescue}>{t.problem.copy}</button></p>
      <p role="status">{nothing && t.problem.nothing}</p>
    </Frame>
  );
}
