/** A file to take in, and what is in it. */

export type ImportKind = "procedures" | "diary";

export interface ImportForm {
  kind: ImportKind;
  /** The bytes as Base64: the server knows encodings better than a browser. */
  content: string;
  mapping?: unknown;
  confirmed?: string;
}

export interface LineProblem {
  line: number;
  column: string | null;
  code: string;
  sentence: string;
  error: boolean;
}

export interface ImportReport {
  kind: ImportKind;
  digest: string;
  stored: boolean;
  lines: number;
  counts: Record<string, number>;
  errors: number;
  notes: number;
  problems: LineProblem[];
}
