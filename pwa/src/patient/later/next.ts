/** The part that every start needs right after the first screen: the rest of the form, uploading and the shell. */
export { FormExtras } from "../parts/FormExtras.tsx";
export { keepShell } from "../shell.ts";
export { Uploader } from "../../sync/uploader.ts";
