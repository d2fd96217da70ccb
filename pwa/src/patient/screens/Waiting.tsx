/** Stands in for a screen whose part of the app has not loaded yet. Help never waits: its numbers are here already. */
import { t } from "../../i18n/index.ts";
import type { Model } from "../model.ts";
import { Calls } from "../parts/Calls.tsx";
import { Frame } from "../parts/Frame.tsx";

export function Waiting({ model, path, failed }: { model: Model | null; path: string; failed: boolean }) {
  const checking = path.startsWith("/check");
  return (
    <Frame model={model} path={path}>
      {checking && <h1 class="question">{t.flags.title}</h1>}
      {failed && (
        <>
          <p role="status">{t.problem.waiting}</p>
          <p><button type="button" class="secondary" onClick={() => location.reload()}>{t.problem.retry}</button></p>
        </>
      )}
      {checking && (
        <div class="stack">
          <p>{t.problem.urgent}</p>
          <Calls model={model} level="E" />
        </div>
      )}
    </Frame>
  );
}
