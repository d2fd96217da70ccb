/** The version of each language's safety texts; see build/safetyVersions.ts. */
declare module "virtual:safety-versions" {
  export const versions: Readonly<Record<string, string>>;
}
