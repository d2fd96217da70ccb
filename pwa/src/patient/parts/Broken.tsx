/** What is shown while the store cannot be opened: another try, and a copy of what waits. */
import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { useServices } from "../context.ts";
import { Frame } from "./Frame.tsx";

export function Broken({ retry }: { retry: () => void }) {
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
