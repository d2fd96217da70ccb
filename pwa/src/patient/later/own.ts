/** The part of a phone with a diary: what is worked out from it, and the first screen. */
export { OwnScreen } from "../screens/Own.tsx";
export { drawWith } from "../useDraft.ts";
