/** The red-flag table as the phone needs it; see build/flagRules.ts. */
declare module "virtual:red-flag-rules" {
  export const rows: readonly unknown[];
  export const answers: Readonly<Record<string, string>>;
  export const context: readonly string[];
  export const entries: {
    readonly numbing_onset_h: number;
    readonly late_worsening: { readonly after_h: number; readonly rise: number };
    readonly side_effects: Readonly<Record<string, string>>;
  };
}
