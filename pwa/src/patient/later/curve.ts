/** The part that draws the patient's own curve; loaded only when it is shown. */
export { PatientCurve } from "../../charts/PatientCurve.tsx";
