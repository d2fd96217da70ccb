/** The bar on every screen: where one is, who one is, and the way out. */
import { useState } from "preact/hooks";
import { may, useDesk, useResource, useWhileVisible } from "./context";
import { paths, type Route } from "./route";
import { ROLES, wordsFor } from "./words";

export function TopBar({ route, onSignOut }: { route: Route; onSignOut: () => Promise<void> }) {
  const { session } = useDesk();
  const { clinician, clinic } = session;
  const [problem, setProblem] = useState(false);
  const here = (screen: Route["screen"]) => (route.screen === screen ? "page" : undefined);
  return (
    <header class="bar">
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <div class="bar-brand">
        <Mark />
        <span class="brand-name">Afterblock</span>
        <span class="bar-clinic">{clinic.name}</span>
      </div>
      <nav class="bar-nav" aria-label="Main">
        <a href={paths.worklist} aria-current={here("worklist")}>
          Worklist
        </a>
        <a href={paths.alerts} aria-current={here("alerts")}>
          Alerts
        </a>
        <a href={paths.inbox} aria-current={here("inbox")}>
          Inbox
          <InboxCount screen={route.screen} />
        </a>
        {may(clinician.role, "cohort") && (
          <a href={paths.cohort} aria-current={here("cohort")}>
            Cohort
          </a>
        )}
        {may(clinician.role, "recover") && (
          <a href={paths.recovery} aria-current={here("recovery")}>
            Recovery room
          </a>
        )}
        {may(clinician.role, "enrol") && (
          <a href={paths.enrol} aria-current={here("enrol")}>
            Enrol
          </a>
        )}
        {may(clinician.role, "settings") && (
          <a href={paths.settings} aria-current={here("settings")}>
            Settings
          </a>
        )}
        {clinician.role === "auditor" && (
          <a href={paths.audit} aria-current={here("audit") ?? here("staff")}>
            Audit trail
          </a>
        )}
        {may(clinician.role, "accept") && (
          <a href={paths.texts} aria-current={here("texts")}>
            Patient texts
          </a>
        )}
      </nav>
      <div class="bar-user">
        <span class="bar-who">
          {may(clinician.role, "digest") ? (
            <a href={paths.digest} aria-current={here("digest")} title="Morning digest">
              {clinician.name}
            </a>
          ) : (
            <b>{clinician.name}</b>
          )}{" "}
          <span class="bar-role">{wordsFor(ROLES, clinician.role)}</span>
        </span>
        <a class="quiet" href={paths.password} aria-current={here("password")}>
          Password
        </a>
        <button type="button" class="quiet" onClick={() => onSignOut().catch(() => setProblem(true))}>
          Sign out
        </button>
        {problem && (
          <span class="problem" role="alert">
            Could not sign out. Try again.
          </span>
        )}
      </div>
    </header>
  );
}

const COUNT_SECONDS = 60;

/** How much waits in the inbox; asked anew with every screen and once a minute. */
function InboxCount({ screen }: { screen: Route["screen"] }) {
  const { api } = useDesk();
  const count = useResource(`inbox count ${screen}`, (signal) => api.inboxCount(signal));
  useWhileVisible(COUNT_SECONDS, count.reload);
  if (!count.data) return null;
  return (
    <span class="bar-count">
      {count.data}
      <span class="unseen"> waiting</span>
    </span>
  );
}

/** The course in one stroke: relief, return, lasting relief. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d="M2 6h3l2.5 12L12 5l3.5 12H22"
        fill="none"
        stroke="currentColor"
        stroke-width="2.4"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
