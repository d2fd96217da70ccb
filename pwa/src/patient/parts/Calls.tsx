/** The numbers to call for one level of urgency. */
import { t } from "../../i18n/index.ts";
import type { Diary, Level } from "../../diary/record.ts";
import { CallButton } from "./CallButton.tsx";

interface Props {
  /** Undefined on a phone without a diary. */
  clinic: Diary["clinic"] | undefined;
  level: Level;
  /** A call was begun from here. */
  onCall?: (whom: "emergency" | "clinic") => void;
}

export function Calls({ clinic, level, onCall }: Props) {
  const phone = clinic?.phone ? <CallButton number={clinic.phone} words={t.flags.callClinic(clinic.name)} onCall={() => onCall?.("clinic")} /> : <p>{t.flags.noClinicNumber}</p>;
  if (level === "C") return null;
  if (level !== "E") return phone;
  const emergency = clinic?.emergency_number;
  return (
    <>
      {emergency ? <CallButton number={emergency} words={t.flags.call(emergency)} main onCall={() => onCall?.("emergency")} /> : <p><b>{t.flags.noNumber}</b></p>}
      {clinic?.phone && phone}
    </>
  );
}
