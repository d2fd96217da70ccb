/** The server's rule table of red flags: its titles and its hours. */
// As text: as a module it would be shared with the patient's page, which has no room for the titles.
import table from "../../../server/domain/red_flags.json?raw";

export interface LevelWindow {
  after_h: number | null;
  to_h: number | null;
  level: string;
}

interface Table {
  rows: { code: string; windows: LevelWindow[] }[];
  texts: Record<string, { title: string }>;
}

const { rows, texts } = JSON.parse(table) as Table;

export const TITLES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(texts).map(([code, text]) => [code, text.title]),
);

/** In the order of their hours after T0. */
export const WINDOWS: ReadonlyMap<string, LevelWindow[]> = new Map(rows.map((row) => [row.code, row.windows]));
