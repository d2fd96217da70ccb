/** The part for a phone without a diary: how it gets one. */
export { Enrol } from "../screens/Enrol.tsx";
export { Welcome } from "../screens/Welcome.tsx";
export { LanguageChoice } from "../parts/LanguageChoice.tsx";
