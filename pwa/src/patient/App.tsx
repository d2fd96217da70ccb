/** Chooses the screen for what this phone holds: a way to get a diary, or the diary once its part has loaded. */
import { useEffect } from "preact/hooks";
import { currentEpisode } from "../diary/episode.ts";
import { isFirstNight } from "../diary/night.ts";
import type { Diary, Episode } from "../diary/record.ts";
import { t } from "../i18n/index.ts";
import type { Snapshot } from "../store/store.ts";
import { showUnsent } from "./badge.ts";
import { useNow, usePart, useServices } from "./context.ts";
import { Broken } from "./parts/Broken.tsx";
import { useRoute, type Route } from "./router.ts";
import { CheckScreen, JoinScreen } from "./screens/Always.tsx";
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
  const episode = loaded.kind === "ready" ? episodeOf(loaded.snapshot.meta.diary) : null;
  const night = episode !== null && isFirstNight(episode, time);
  useEffect(() => {
    document.documentElement.dataset["palette"] = night ? "night" : "usual";
  }, [night]);
  if (loaded.kind === "failed") return route.path === "/check" ? <CheckScreen route={route} model={null} /> : <Broken retry={retry} />;
  const { snapshot } = loaded;
  const { diary } = snapshot.meta;
  if (diary && episode) return <Own diary={diary} route={route} snapshot={snapshot} time={time} updateReady={updateReady} />;
  showUnsent(0);
  if (route.path.startsWith("/check")) return <CheckScreen route={route} model={null} />;
  return <JoinScreen route={route} model={null} token={snapshot.meta.enrolment?.token ?? null} leaving={snapshot.meta.leaving ?? false} />;
}

function episodeOf(diary: Diary | undefined): Episode | null {
  return diary ? currentEpisode(diary) : null;
}

interface OwnProps {
  diary: Diary;
  route: Route;
  snapshot: Snapshot;
  time: number;
  updateReady: boolean;
}

/** A phone with a diary. Until it has one, it need not load what works a diary out. */
function Own({ diary, ...shown }: OwnProps) {
  const { part, failed } = usePart("own");
  return part ? <part.OwnScreen {...shown} /> : <Waiting model={null} clinic={diary.clinic} path={shown.route.path} failed={failed} />;
}
