/** The texts of the screens that load after the first one. */
import { enLater, type LaterTexts } from "./enLater.ts";

export const later: LaterTexts = enLater;
