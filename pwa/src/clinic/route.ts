/** The clinic app's addresses: ids only, never a name or a search word. */

import { rowId } from "./episode/rows";

export type Route =
  | { screen: "worklist" }
  | { screen: "enrol"; like: string | null }
  | { screen: "episode"; id: string }
  | { screen: "correct"; id: string; repeat: string | null }
  | { screen: "confirm"; id: string }
  | { screen: "phone"; id: string }
  | { screen: "alerts" }
  | { screen: "inbox" }
  | { screen: "cohort" }
  | { screen: "import" }
  | { screen: "passport"; id: string }
  | { screen: "recovery" }
  | { screen: "staff" }
  | { screen: "audit" }
  | { screen: "criteria" }
  | { screen: "phones" }
  | { screen: "protocols" }
  | { screen: "password" }
  | { screen: "settings" }
  | { screen: "digest" }
  | { screen: "texts" }
  | { screen: "unknown" };

const PAGES: Readonly<Record<string, "staff" | "audit" | "password" | "criteria" | "phones" | "protocols">> = {
  "/clinic/people": "staff",
  "/clinic/audit": "audit",
  "/clinic/criteria": "criteria",
  "/clinic/phones": "phones",
  "/clinic/protocols": "protocols",
  "/clinic/password": "password",
};
const ID = "[0-9A-Za-z-]{1,64}";

export function parseRoute(pathname: string, search = ""): Route {
  const path = pathname.replace(/\/+$/, "");
  if (path === "/clinic" || path === "/clinic.html" || path === "") return { screen: "worklist" };
  if (path === "/clinic/enrol") return { screen: "enrol", like: idOrNull(new URLSearchParams(search).get("like")) };
  if (path === "/clinic/alerts") return { screen: "alerts" };
  if (path === "/clinic/inbox") return { screen: "inbox" };
  if (path === "/clinic/cohort") return { screen: "cohort" };
  if (path === "/clinic/import") return { screen: "import" };
  const page = PAGES[path];
  if (page) return { screen: page };
  if (path === "/clinic/recovery") return { screen: "recovery" };
  if (path === "/clinic/settings") return { screen: "settings" };
  if (path === "/clinic/digest") return { screen: "digest" };
  if (path === "/clinic/safety-texts") return { screen: "texts" };
  const patient = new RegExp(`^/clinic/patients/(${ID})/passport$`).exec(path)?.[1];
  if (patient) return { screen: "passport", id: patient };
  const match = new RegExp(`^/clinic/episodes/(${ID})(/correct|/confirm|/phone)?$`).exec(path);
  const id = match?.[1];
  if (!id) return { screen: "unknown" };
  if (match[2] === "/correct")
    return { screen: "correct", id, repeat: idOrNull(new URLSearchParams(search).get("repeat")) };
  if (match[2] === "/confirm") return { screen: "confirm", id };
  return { screen: match[2] === "/phone" ? "phone" : "episode", id };
}

function idOrNull(value: string | null): string | null {
  return value && new RegExp(`^${ID}$`).test(value) ? value : null;
}

export const paths = {
  worklist: "/clinic",
  enrol: "/clinic/enrol",
  enrolLike: (episodeId: string) => `/clinic/enrol?like=${episodeId}`,
  alerts: "/clinic/alerts",
  inbox: "/clinic/inbox",
  cohort: "/clinic/cohort",
  import: "/clinic/import",
  passport: (patientId: string) => `/clinic/patients/${patientId}/passport`,
  recovery: "/clinic/recovery",
  staff: "/clinic/people",
  audit: "/clinic/audit",
  criteria: "/clinic/criteria",
  phones: "/clinic/phones",
  protocols: "/clinic/protocols",
  password: "/clinic/password",
  settings: "/clinic/settings",
  digest: "/clinic/digest",
  texts: "/clinic/safety-texts",
  episode: (id: string) => `/clinic/episodes/${id}`,
  /** The episode, at the row of one entry. */
  entry: (id: string, entryId: string) => `/clinic/episodes/${id}#${rowId(entryId)}`,
  correct: (id: string) => `/clinic/episodes/${id}/correct`,
  /** The correction of an episode that a later block ended. */
  endedBy: (id: string, laterId: string) => `/clinic/episodes/${id}/correct?repeat=${laterId}`,
  confirm: (id: string) => `/clinic/episodes/${id}/confirm`,
  phone: (id: string) => `/clinic/episodes/${id}/phone`,
};
