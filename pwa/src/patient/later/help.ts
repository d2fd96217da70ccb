/** The part about symptoms, which also looks at what was just saved. */
export { consequences } from "../consequences.ts";
export { Flagged } from "../parts/Flagged.tsx";
export { Recheck } from "../parts/Recheck.tsx";
export { Check } from "../screens/Check.tsx";
export { Saved } from "../screens/Saved.tsx";
