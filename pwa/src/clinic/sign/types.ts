/** The sign-off of a reading as the server tells it. */
import type { AnswerKey } from "../types";

export type SignState = "unsigned" | "signed" | "reopened";

export interface Moved {
  answer: AnswerKey;
  title: string;
  before: string;
  after: string;
  entries: string[];
  cause: "entries" | "record" | "time";
  /** The answer's sentence as it was signed, and as it reads now. */
  was?: string;
  reads?: string;
}

export interface SignStep {
  number: number;
  kind: "signed" | "reopened";
  at: string;
  by: string | null;
  data_version: number;
  criteria: string;
  conclusion: string | null;
  sentence: string | null;
  note: string | null;
  statement: string | null;
  changes: Moved[];
}

export interface SignOff {
  state: SignState;
  /** With `read_at` the name of the reading that would be signed. */
  version: number;
  read_at: string;
  criteria: string;
  suggested: string | null;
  conclusions: { code: string; sentence: string }[];
  signed: SignStep | null;
  changes: Moved[];
  history: SignStep[];
}

export interface SignBody {
  version: number;
  read_at: string;
  /** The newest signature seen; null where nobody had signed. */
  signed_number: number | null;
  conclusion: string;
  note: string | null;
}
