/** The second part of the app: everything that is not needed to save a score or to get help. Loaded right after the first screen. */
export { Edit, Fill } from "./screens/Change.tsx";
export { Enrol } from "./screens/Enrol.tsx";
export { History } from "./screens/History.tsx";
export { Phone } from "./screens/Phone.tsx";
export { Question } from "./screens/Question.tsx";
export { Saved } from "./screens/Saved.tsx";
export { Welcome } from "./screens/Welcome.tsx";
export { keepShell } from "./shell.ts";
export { Uploader } from "../sync/uploader.ts";
