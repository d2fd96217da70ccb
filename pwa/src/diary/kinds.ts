/** The kinds of diary items this version of the app can show; the server sends it no others. */
import type { Kind } from "./record.ts";

export const SHOWN_KINDS: readonly Kind[] = ["entry", "flag_report", "impression"];
