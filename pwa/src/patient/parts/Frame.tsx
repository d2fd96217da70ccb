/** What surrounds every screen: where the patient is, whether entries arrived, the way to help, and the tabs. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { usePart, useUploadStatus } from "../context.ts";
import type { Model } from "../model.ts";
import { follow, go } from "../router.ts";
import { useFlagLog } from "../useFlagLog.ts";
import { Calls } from "./Calls.tsx";
import { NoteSlot } from "./NoteSlot.tsx";

interface Props {
  model: Model | null;
  /** Names the screen: its tab, and that it is another one than before. */
  path: string;
  children: ComponentChildren;
  /** The screen's own action, fixed above the tabs. */
  action?: ComponentChildren;
}

/** The screen that says itself whether the clinic was told. */
export const LEVEL_PATH = "/check/level";
const tabs = () => [["/today", t.tabs.today], ["/history", t.tabs.diary], ["/phone", t.tabs.phone]] as const;

export function Frame({ model, path, children, action }: Props) {
  const content = useRef<HTMLElement>(null);
  useEffect(() => {
    content.current?.scrollTo(0, 0);
    // With very large text the page itself scrolls.
    scrollTo(0, 0);
  }, [path]);
  useEffect(() => arrive(path, content.current?.querySelector("h1") ?? null));
  const checking = path.startsWith("/check");
  return (
    <div class="frame">
      <header class="top">
        {model ? <p class="place">{placeText(model)}</p> : <p class="place">{t.app}</p>}
        {model && <SyncState model={model} />}
      </header>
      <main id="content" ref={content}>
        {model && path !== LEVEL_PATH && <Untold model={model} />}
        {model && !checking && <Flagged model={model} />}
        {!checking && (
          <button type="button" class="help" onClick={() => go("/check")}>
            <span>{t.flags.button}</span>
            <span class="go">{t.flags.buttonGo}<span aria-hidden="true"> ›</span></span>
          </button>
        )}
        {!checking && model && model.clockError !== 0 && <p class="notice warn">{t.today.clockWrong}</p>}
        {model && path === "/today" && <NoteSlot model={model} urgent />}
        {children}
        {model && path.startsWith("/today") && <NoteSlot model={model} urgent={false} />}
      </main>
      <footer class="bottom">
        {action}
        {model && (
          <nav aria-label={t.tabs.label} class="tabs">
            {tabs().map(([to, words]) => (
              <a key={to} href={to} onClick={follow} aria-current={path === to || path.startsWith(`${to}/`) ? "page" : undefined}>{words}</a>
            ))}
          </nav>
        )}
      </footer>
    </div>
  );
}

let arrivedAt: string | null = null;

/** Moves the focus to the heading of a screen that has just opened; not at the start, where the browser places it. */
function arrive(path: string, heading: HTMLElement | null): void {
  if (path === arrivedAt || !heading) return;
  const first = arrivedAt === null;
  arrivedAt = path;
  if (first) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** An urgent report the server does not have: it stays in sight until it has. */
function Untold({ model }: { model: Model }) {
  const log = useFlagLog(model);
  if (model.untold.length === 0) return null;
  const urgent = model.untold.find(({ body }) => body.shown_level === "E") ?? model.untold[0]!;
  const level = urgent.body.shown_level;
  return (
    <section class="card danger" aria-live="polite">
      <p><b>{t.flags.notTold}</b></p>
      <Calls clinic={model.diary.clinic} level={level} onCall={(whom) => log({ event: "called", about: urgent.entryId, level, whom })} />
    </section>
  );
}

/** The same for an entry that comes to a red flag; only then is the part that knows symptoms needed. */
function Flagged({ model }: { model: Model }) {
  const { part } = usePart(model.alarming.length > 0 && model.untold.length === 0 ? "help" : null);
  return part && <part.Flagged model={model} />;
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
