/** Red-flag triage on the phone: the rule table of the server, interpreted the same way. */
/// <reference path="./red-flag-rules.d.ts" />

import { answers as answerKinds, context as contextKeys, rows as tableRows } from "virtual:red-flag-rules";

export type Level = "E" | "S" | "N" | "C";
export type Answer = boolean | number | string | null | undefined;
export type Report = { readonly code: string; readonly [answer: string]: Answer };
/** Hours after T0, (after, up to]; null is an open edge. */
export type Window = readonly [number | null, number | null];

export interface Finding {
  readonly code: string;
  readonly level: Level;
  /** null when no window of the row held the report. */
  readonly window: Window | null;
  readonly recheckAtHours: number | null;
  /** The level a recheck takes when nobody answers it. */
  readonly unanswered: Level | null;
  readonly reasons: readonly string[];
}

export interface Triage {
  readonly level: Level | null;
  readonly findings: readonly Finding[];
}

interface WindowRule {
  readonly after_h: number | null;
  readonly to_h: number | null;
  readonly level: Level;
  readonly recheck_at_h?: number;
  readonly recheck_after_h?: number;
  readonly unanswered?: Level;
}
type Wanted = boolean | { readonly above: number };
interface AnswerRule {
  readonly when: Readonly<Record<string, Wanted>>;
  readonly level?: Level;
  readonly as?: string;
  readonly regions?: readonly string[];
  readonly stated?: boolean;
}
interface Row {
  readonly code: string;
  readonly windows: readonly WindowRule[];
  readonly asks?: readonly string[];
  readonly rules?: readonly AnswerRule[];
  readonly regions?: readonly string[];
  readonly clock?: string;
  readonly from_scores?: boolean;
}
type Answers = Readonly<Record<string, Answer>>;

const LARGEST_ANSWER = 1e6;
const RANK: Readonly<Record<Level, number>> = { C: 0, N: 1, S: 2, E: 3 };
const ROWS: ReadonlyMap<string, Row> = new Map((tableRows as readonly Row[]).map((row) => [row.code, row]));

/** The symptoms a patient can report, most urgent first. */
export const FLAG_CODES: readonly string[] = [...ROWS.values()].filter((row) => !row.from_scores).map((row) => row.code);

/** Also true for what only scores can report. */
export function isInTable(code: string): boolean {
  return ROWS.has(code);
}

export function highest(levels: readonly Level[]): Level | null {
  return levels.reduce<Level | null>((top, level) => (top === null || RANK[level] > RANK[top] ? level : top), null);
}

export function triage(
  reports: readonly Report[],
  hours: number | null,
  region: string | null,
  context: Answers = {},
): Triage {
  const known = Object.fromEntries(Object.entries(context).filter(([key]) => contextKeys.includes(key)));
  const findings = reports.map((report) => findingOf(report, hours, region, known));
  return { level: highest(findings.map((finding) => finding.level)), findings };
}

/** Whether a question is answered by a number; all others by yes or no. */
export function isNumberQuestion(question: string): boolean {
  return Object.hasOwn(answerKinds, question);
}

/** The questions that can still change or complete what a report comes to, in the order to ask them. */
export function questionsFor(report: Report, hours: number | null, region: string | null): string[] {
  const row = ROWS.get(report.code);
  return row === undefined ? [] : [...new Set(openQuestions(row, withOnset(report, hours), hours, region))];
}

function openQuestions(row: Row, answers: Answers, hours: number | null, region: string | null): string[] {
  const rules = (row.rules ?? []).filter((rule) => !rule.stated && applies(rule, region));
  const deciding = new Set((row.rules ?? []).flatMap((rule) => Object.keys(rule.when)));
  const own = (row.asks ?? []).filter(
    (key) => !deciding.has(key) || rules.some((rule) => key in rule.when && openBut(rule, key, answers, hours)),
  );
  const followed = rules.filter((rule) => rule.as !== undefined && holds(rule, answers) === true);
  return [...own, ...followed.flatMap((rule) => openQuestions(ROWS.get(rule.as!)!, answers, hours, region))];
}

/** Whether the rule may still hold whatever this question was answered; no onset is later than now. */
function openBut(rule: AnswerRule, key: string, answers: Answers, hours: number | null): boolean {
  const unasked = { ...answers, [key]: key === "onset_hours" ? hours : null };
  return holds(rule, unasked) !== false;
}

function withOnset(report: Report, hours: number | null): Answers {
  return { ...report, onset_hours: report["onset_hours"] ?? hours };
}

function findingOf(report: Report, hours: number | null, region: string | null, context: Answers): Finding {
  const row = ROWS.get(report.code);
  if (row === undefined) {
    // A symptom this version does not know (an older or newer table) must never be silent.
    return finding(report.code, "E", null, null, ["unknown_code"], hours);
  }
  const answers = { ...context, ...withOnset(report, hours) };
  const [window, level, outside] = place(row, hours, region, answers);
  const raised = raisedBy(row, region, answers);
  const final = highest([level, ...raised.levels]) ?? level;
  const kept = window !== null && final === window.level ? window : null;
  const notes = (row.asks ?? []).filter((key) => contextKeys.includes(key) && answers[key] === true);
  return finding(row.code, final, window, kept, [...outside, ...raised.reasons, ...notes], hours);
}

function finding(
  code: string,
  level: Level,
  window: WindowRule | null,
  kept: WindowRule | null,
  reasons: string[],
  hours: number | null,
): Finding {
  return {
    code,
    level,
    window: window === null ? null : [window.after_h, window.to_h],
    recheckAtHours: recheck(kept, hours),
    unanswered: kept?.unanswered ?? null,
    reasons,
  };
}

function place(
  row: Row,
  hours: number | null,
  region: string | null,
  answers: Answers,
): [WindowRule | null, Level, string[]] {
  if (hours === null) return [null, topOf(row), ["time_unknown"]];
  if (!(hours >= 0)) return [null, topOf(row), ["before_injection"]];
  if (row.regions && !row.regions.includes(region ?? "")) return [null, topOf(row), ["other_region"]];
  const at = row.clock === undefined ? hours : numberOf(answers[row.clock]);
  const window = at === null ? undefined : row.windows.find((one) => within(at, one));
  return window ? [window, window.level, []] : [null, topOf(row), ["outside_windows"]];
}

function within(hours: number, window: WindowRule): boolean {
  const begun = window.after_h === null ? hours >= 0 : hours > window.after_h;
  return begun && (window.to_h === null || hours <= window.to_h);
}

function topOf(row: Row): Level {
  const raised = (row.rules ?? []).flatMap((rule) => (rule.level ? [rule.level] : []));
  return highest([...row.windows.map((window) => window.level), ...raised]) ?? "E";
}

function applies(rule: AnswerRule, region: string | null): boolean {
  return region === null || (rule.regions ?? [region]).includes(region);
}

/** true, false, or null while an answer is missing. */
function holds(rule: AnswerRule, answers: Answers): boolean | null {
  const met = Object.entries(rule.when).map(([key, wanted]) => matches(answers[key], wanted));
  if (met.includes(false)) return false;
  return met.includes(null) ? null : true;
}

function raisedBy(row: Row, region: string | null, answers: Answers): { levels: Level[]; reasons: string[] } {
  const levels: Level[] = [];
  const reasons: string[] = [];
  for (const rule of row.rules ?? []) {
    const held = applies(rule, region) ? holds(rule, answers) : false;
    if (held === false || (rule.stated && held === null)) continue;
    reasons.push((held === null ? "unanswered:" : "") + Object.keys(rule.when).join("+"));
    if (rule.level) levels.push(rule.level);
    if (rule.as === undefined) continue;
    const target = ROWS.get(rule.as)!;
    const further = raisedBy(target, region, answers);
    levels.push(...target.windows.map((window) => window.level), ...further.levels);
    reasons.push(`as:${rule.as}`, ...further.reasons);
  }
  return { levels, reasons };
}

function matches(given: Answer, wanted: Wanted): boolean | null {
  if (typeof wanted === "boolean") return typeof given === "boolean" ? given === wanted : null;
  const value = numberOf(given);
  return value === null ? null : value > wanted.above;
}

function numberOf(given: Answer): number | null {
  return typeof given === "number" && Math.abs(given) <= LARGEST_ANSWER ? given : null;
}

function recheck(window: WindowRule | null, hours: number | null): number | null {
  if (window === null || hours === null) return null;
  return window.recheck_after_h === undefined ? (window.recheck_at_h ?? null) : hours + window.recheck_after_h;
}
