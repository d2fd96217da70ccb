/** An address this app does not have. */
import { t } from "../../i18n/index.ts";
import type { Model } from "../model.ts";
import { Frame } from "../parts/Frame.tsx";
import { follow } from "../router.ts";

export function NotFound({ model }: { model: Model | null }) {
  return (
    <Frame model={model} path="">
      <h1 class="question">{t.problem.notFound}</h1>
      <p><a class="link" href="/today" onClick={follow}>{t.problem.home}</a></p>
    </Frame>
  );
}
