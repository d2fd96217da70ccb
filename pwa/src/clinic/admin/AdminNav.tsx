/** The parts of the administration, each only for those who may see it. */
import { may, useDesk } from "../context";
import { paths, type Route } from "../route";

const PAGES: readonly [Route["screen"], string, string, "settings" | "oversee" | "devices"][] = [
  ["settings", "Clinic", paths.settings, "settings"],
  ["staff", "People", paths.staff, "oversee"],
  ["protocols", "Protocols", paths.protocols, "settings"],
  ["criteria", "Criteria", paths.criteria, "oversee"],
  ["phones", "Phones", paths.phones, "devices"],
  ["texts", "Patient texts", paths.texts, "settings"],
  ["audit", "Audit trail", paths.audit, "oversee"],
];

export function AdminNav({ here }: { here: Route["screen"] }) {
  const { role } = useDesk().session.clinician;
  return (
    <nav class="admin-nav" aria-label="Administration">
      {PAGES.filter(([, , , action]) => may(role, action)).map(([screen, label, path]) => (
        <a key={screen} href={path} aria-current={screen === here ? "page" : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}
