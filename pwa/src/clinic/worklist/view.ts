/** Which part of the worklist is shown, and how it is asked for. */

export const GROUPS = ["flags", "worse", "ready", "silent", "follow_up", "stable", "planned", "finished"] as const;
export type Group = (typeof GROUPS)[number];

export const GROUP_NAMES: Readonly<Record<Group, string>> = {
  flags: "Red flags",
  worse: "Worse",
  ready: "Ready to read",
  silent: "Silent",
  follow_up: "Follow-up due",
  stable: "Stable",
  planned: "Planned",
  finished: "Finished",
};

/** What a group means, for its heading. */
export const GROUP_NOTES: Readonly<Record<Group, string>> = {
  flags: "without an outcome",
  worse: "a flare that has not ended, or persistent worsening",
  ready: "the anaesthetic phase is complete and not signed",
  silent: "nothing for a day, and a check-in missed",
  follow_up: "a reading to look at again",
  stable: "nothing to do now",
  planned: "before the injection",
  finished: "closed, cancelled, or read to the end",
};

export const FACETS = ["level", "side", "operator", "agent", "indication", "sign_state"] as const;
export type Facet = (typeof FACETS)[number];
export type Filters = Partial<Record<Facet, string>>;

export const SORTS = { triage: "By group", newest: "Newest injection", last_entry: "Newest entry", name: "Name" } as const;
export type Sort = keyof typeof SORTS;

export interface WorklistView {
  search: string;
  group: Group | "";
  sort: Sort;
  filters: Filters;
  offset: number;
}

export const EMPTY_VIEW: WorklistView = { search: "", group: "", sort: "triage", filters: {}, offset: 0 };

/** The body of a search; what is not chosen is not sent. */
export function searchBody(view: WorklistView, limit: number): Record<string, unknown> {
  const { search, group, sort, filters, offset } = view;
  const chosen = Object.fromEntries(Object.entries(filters).filter(([, value]) => value));
  return { search, sort, limit, offset, ...chosen, ...(group ? { group } : {}) };
}

export function countOf(filters: Filters): number {
  return Object.values(filters).filter(Boolean).length;
}
