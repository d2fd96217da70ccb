/** The part that a diary needs right after the first screen: the rest of the form, connecting and uploading. */
export { FormExtras } from "../parts/FormExtras.tsx";
export { deviceName, enrol } from "../../sync/account.ts";
export { tellLanguage } from "../../sync/language.ts";
export { Uploader } from "../../sync/uploader.ts";
