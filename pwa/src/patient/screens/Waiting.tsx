/** Stands in for a screen whose part of the app has not loaded yet. Help never waits: its numbers are here already. */
import { t } from "../../i18n/index.ts";
import type { Diary } from "../../diary/record.ts";
import type { Model } from "../model.ts";
import { Calls } from "../parts/Calls.tsx";
import { Frame } from "../parts/Frame.tsx";

interface Props {
  model: Model | null;
  /** Of the diary, where nothing can be worked out from it yet. */
  clinic?: Diary["clinic"];
  path: string;
  failed: boolean;
}

export function Waiting({ model, clinic, path, failed }: Props) {
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
          <Calls clinic={clinic ?? model?.diary.clinic} level="E" />
        </div>
      )}
    </Frame>
  );
}
