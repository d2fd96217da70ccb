/** What surrounds every screen: where the patient is, whether entries arrived, the way to help, and the tabs. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { useUploadStatus } from "../context.ts";
import type { Model } from "../model.ts";
import { follow, go } from "../router.ts";

interface Props {
  model: Model | null;
  path: string;
  children: ComponentChildren;
  /** The screen's own action, fixed above the tabs. */
  action?: ComponentChildren;
}

const TABS = [["/today", t.tabs.today], ["/history", t.tabs.diary], ["/phone", t.tabs.phone]] as const;

export function Frame({ model, path, children, action }: Props) {
  const content = useRef<HTMLElement>(null);
  useEffect(() => content.current?.scrollTo(0, 0), [path]);
  return (
    <div class="frame">
      <header class="top">
        {model ? <p class="place">{placeText(model)}</p> : <p class="place">{t.app}</p>}
        {model && <SyncState model={model} />}
      </header>
      <main id="content" ref={content}>
        {path !== "/check" && (
          <button type="button" class="help" onClick={() => go("/check")}>
            <span>{t.flags.button}</span>
            <span class="go">{t.flags.buttonGo}<span aria-hidden="true"> ›</span></span>
          </button>
        )}
        {children}
      </main>
      <footer class="bottom">
        {action}
        {model && (
          <nav aria-label={t.tabs.label} class="tabs">
            {TABS.map(([to, words]) => (
              <a key={to} href={to} onClick={follow} aria-current={path === to || path.startsWith(`${to}/`) ? "page" : undefined}>{words}</a>
            ))}
          </nav>
        )}
      </footer>
    </div>
  );
}

function placeText({ place }: Model): string {
  if (place.kind === "planned") return t.place.planned;
  if (place.kind === "ended") return t.place.ended;
  return t.place[place.kind](place.count);
}

function SyncState({ model }: { model: Model }) {
  const { busy } = useUploadStatus();
  const [tone, words] = syncWords(model, busy);
  return (
    <a class={`sync ${tone}`} href="/phone" onClick={follow} aria-label={`${words}. ${t.sync.details}`}>
      <span class="dot" aria-hidden="true" />
      <span aria-live="polite">{words}</span>
    </a>
  );
}

function syncWords(model: Model, busy: boolean): [string, string] {
  if (model.needHelp.size > 0) return ["danger", t.sync.help(model.needHelp.size)];
  if (model.meta.pause) return ["warn", t.sync.reconnect];
  if (model.waiting.size === 0) return ["good", t.sync.allReceived];
  return ["warn", busy ? t.sync.sending : t.sync.waiting(model.waiting.size)];
}
