/** The details of an audit row: codes and counts readable, ids short. */
import { expect, test } from "vitest";
import { detailText } from "../../src/clinic/admin/auditText";

test("ids are short, long lists are counted, codes stay", () => {
  const id = "c8d78cec-8889-4d20-85f6-1edb1ee734c9";
  expect(detailText({ kind: "qr" })).toBe("kind: qr");
  expect(detailText({ revisions: [id], dry_run: true })).toBe("revisions: c8d78cec… · dry run: true");
  expect(detailText({ episodes: [id, id, id, id] })).toBe("episodes: 4 of them");
  expect(detailText({ changed: [] })).toBe("changed: none");
});
