/** The addresses of the clinic app. */
import { expect, test } from "vitest";
import { parseRoute, paths } from "../../src/clinic/route";

const ID = "0b9f2c3e-5a14-4c0e-9c55-7f2f1c0f9d10";

test("every address leads back to its screen", () => {
  expect(parseRoute(paths.worklist)).toEqual({ screen: "worklist" });
  expect(parseRoute("/clinic/")).toEqual({ screen: "worklist" });
  expect(parseRoute(paths.enrol)).toEqual({ screen: "enrol", like: null });
  expect(parseRoute("/clinic/enrol", `?like=${ID}`)).toEqual({ screen: "enrol", like: ID });
  expect(parseRoute(paths.episode(ID))).toEqual({ screen: "episode", id: ID });
  expect(parseRoute(paths.correct(ID))).toEqual({ screen: "correct", id: ID, repeat: null });
  expect(parseRoute(paths.correct(ID), `?repeat=${ID}`)).toEqual({ screen: "correct", id: ID, repeat: ID });
  expect(parseRoute(paths.confirm(ID))).toEqual({ screen: "confirm", id: ID });
  expect(parseRoute(paths.phone(ID))).toEqual({ screen: "phone", id: ID });
  expect(parseRoute(paths.settings)).toEqual({ screen: "settings" });
  expect(parseRoute(paths.texts)).toEqual({ screen: "texts" });
});

test("an address that is not ours is not guessed at", () => {
  for (const path of ["/clinic/patients", "/clinic/episodes", "/clinic/episodes/../x", `/clinic/episodes/${ID}/edit`])
    expect(parseRoute(path)).toEqual({ screen: "unknown" });
  expect(parseRoute("/clinic/enrol", "?like=<script>")).toEqual({ screen: "enrol", like: null });
});
