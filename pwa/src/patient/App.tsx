/** Chooses the screen for the address and for what this phone holds. */
import { useEffect } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { useNow, useServices } from "./context.ts";
import { modelOf, type Model } from "./model.ts";
import { Frame } from "./parts/Frame.tsx";
import { useRoute, type Route } from "./router.ts";
import { Edit, Fill } from "./screens/Change.tsx";
import { Check } from "./screens/Check.tsx";
import { Enrol, Welcome } from "./screens/Enrol.tsx";
import { History } from "./screens/History.tsx";
import { NotFound } from "./screens/NotFound.tsx";
import { Phone } from "./screens/Phone.tsx";
import { Today } from "./screens/Today.tsx";
import { useSnapshot } from "./useSnapshot.ts";

const TITLES: Record<string, string> = { "/history": t.tabs.diary, "/phone": t.tabs.phone, "/check": t.flags.title, "/enrol": t.enrol.title };

export function App({ updateReady }: { updateReady: boolean }) {
  const { store } = useServices();
  const loaded = useSnapshot(store);
  const route = useRoute();
  const time = useNow();
  useEffect(() => {
    const section = `/${route.path.split("/")[1] ?? ""}`;
    document.title = `${TITLES[section] ?? t.tabs.today} · ${t.app}`;
  }, [route.path]);
  if (loaded.kind === "loading") return null;
  if (loaded.kind === "failed") return route.path === "/check" ? <Check model={null} symptom={null} /> : <Broken retry={loaded.retry} />;
  const model = modelOf(loaded.snapshot, time);
  const token = loaded.snapshot.meta.enrolment?.token ?? null;
  return <Screen route={route} model={model} token={token} time={time} updateReady={updateReady} />;
}

function Screen({ route, model, token, time, updateReady }: { route: Route; model: Model | null; token: string | null; time: number; updateReady: boolean }) {
  const [, section = "", action = "", id = ""] = route.path.split("/");
  if (section === "check") {
    const { symptom } = route.state;
    return <Check model={model} symptom={typeof symptom === "string" ? symptom : null} />;
  }
  if (token !== null && (section === "enrol" || !model)) return <Enrol model={model} token={token} />;
  if (!model) return <Welcome signedOut={route.state["signedOut"] === true} />;
  if (section === "history" && action === "edit") return <Edit model={model} entryId={id} />;
  if (section === "history" && action === "fill") return <Fill model={model} slotKey={id} time={time} />;
  if (section === "history" && action === "") return <History model={model} time={time} />;
  if (section === "phone" && action === "") return <Phone model={model} time={time} updateReady={updateReady} />;
  if (["", "today", "enrol"].includes(section)) return <Today model={model} time={time} />;
  return <NotFound model={model} />;
}

function Broken({ retry }: { retry: () => void }) {
  return (
    <Frame model={null} path="/">
      <h1 class="question">{t.problem.title}</h1>
      <p>{t.problem.text}</p>
      <p><button type="button" class="primary" onClick={retry}>{t.problem.retry}</button></p>
    </Frame>
  );
}
