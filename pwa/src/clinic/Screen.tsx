/** The screen of a route, and the focus that goes to its heading on the way there. */
import { useEffect, useRef } from "preact/hooks";
import { AuditScreen } from "./admin/AuditScreen";
import { CriteriaScreen } from "./admin/CriteriaScreen";
import { PasswordScreen } from "./admin/PasswordScreen";
import { PhonesScreen } from "./admin/PhonesScreen";
import { ProtocolsScreen } from "./admin/ProtocolsScreen";
import { StaffScreen } from "./admin/StaffScreen";
import { AlertsScreen } from "./alerts/AlertsScreen";
import { CohortScreen } from "./cohort/CohortScreen";
import { may, useDesk } from "./context";
import { ConfirmScreen } from "./enrol/ConfirmScreen";
import { CorrectScreen } from "./enrol/CorrectScreen";
import { EnrolScreen } from "./enrol/EnrolScreen";
import { PhoneScreen } from "./enrol/PhoneScreen";
import { EpisodeScreen } from "./episode/EpisodeScreen";
import { RecoveryScreen } from "./recovery/RecoveryScreen";
import { ImportScreen } from "./imports/ImportScreen";
import { InboxScreen } from "./inbox/InboxScreen";
import { Empty } from "./parts/notices";
import { PassportScreen } from "./passport/PassportScreen";
import type { Route } from "./route";
import { DigestScreen } from "./settings/DigestScreen";
import { SafetyTextsScreen } from "./SafetyTextsScreen";
import { SettingsScreen } from "./SettingsScreen";
import { Worklist } from "./worklist/Worklist";

const TITLES: Record<Route["screen"], string> = {
  worklist: "Worklist",
  enrol: "Enrol a patient",
  // No name here: titles end up in the browser's history.
  episode: "Episode",
  correct: "Correct the record",
  confirm: "Confirm T0",
  phone: "Connect a phone",
  alerts: "Alerts",
  inbox: "Inbox",
  cohort: "Cohort",
  import: "Import",
  passport: "Root passport",
  recovery: "Recovery room",
  staff: "People",
  audit: "Audit trail",
  criteria: "Criteria",
  phones: "Phones and channels",
  protocols: "Protocols",
  password: "Your password",
  settings: "Clinic settings",
  digest: "Morning digest",
  texts: "Safety texts for patients",
  unknown: "Not found",
};

export function Screen({ route }: { route: Route }) {
  const first = useRef(true);
  const key = JSON.stringify(route);
  useEffect(() => {
    document.title = `${TITLES[route.screen]} · Afterblock`;
    if (!first.current) document.querySelector<HTMLElement>("main h1")?.focus();
    first.current = false;
  }, [key]);
  return (
    <main id="main" key={key} class={`screen screen-${route.screen}`}>
      {screenOf(route, useDesk().session.clinician.role)}
    </main>
  );
}

function screenOf(route: Route, role: Parameters<typeof may>[0]) {
  switch (route.screen) {
    case "worklist":
      return <Worklist />;
    case "enrol":
      return may(role, "enrol") ? <EnrolScreen like={route.like} /> : <NotYours />;
    case "episode":
      return <EpisodeScreen id={route.id} />;
    case "correct":
      return may(role, "correct") ? <CorrectScreen id={route.id} repeat={route.repeat} /> : <NotYours />;
    case "confirm":
      return may(role, "correct") ? <ConfirmScreen id={route.id} /> : <NotYours />;
    case "phone":
      return may(role, "enrol") ? <PhoneScreen id={route.id} /> : <NotYours />;
    case "inbox":
      return <InboxScreen />;
    case "alerts":
      return <AlertsScreen />;
    case "cohort":
      return may(role, "cohort") ? <CohortScreen /> : <NotYours />;
    case "passport":
      return <PassportScreen id={route.id} />;
    case "staff":
      return may(role, "oversee") ? <StaffScreen /> : <NotYours />;
    case "audit":
      return may(role, "oversee") ? <AuditScreen /> : <NotYours />;
    case "criteria":
      return may(role, "oversee") ? <CriteriaScreen /> : <NotYours />;
    case "phones":
      return may(role, "devices") ? <PhonesScreen /> : <NotYours />;
    case "protocols":
      return may(role, "settings") ? <ProtocolsScreen /> : <NotYours />;
    case "password":
      return <PasswordScreen />;
    case "recovery":
      return may(role, "recover") ? <RecoveryScreen /> : <NotYours />;
    case "digest":
      return may(role, "digest") ? <DigestScreen /> : <NotYours />;
    case "settings":
      return may(role, "settings") ? <SettingsScreen /> : <NotYours />;
    case "texts":
      return <SafetyTextsScreen />;
    case "import":
      return may(role, "import") ? <ImportScreen /> : <NotYours />;
    case "unknown":
      return <NotFound />;
  }
}

function NotYours() {
  return (
    <>
      <h1 tabIndex={-1}>Not for your role</h1>
      <Empty title="Your role does not include this page.">
        <p>
          <a href="/clinic">Back to the worklist</a>
        </p>
      </Empty>
    </>
  );
}

function NotFound() {
  return (
    <>
      <h1 tabIndex={-1}>Not found</h1>
      <Empty title="There is no such page.">
        <p>
          <a href="/clinic">Back to the worklist</a>
        </p>
      </Empty>
    </>
  );
}
