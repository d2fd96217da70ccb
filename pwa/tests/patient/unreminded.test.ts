import { describe, expect, test } from "vitest";
import { troubleOf } from "../../src/patient/pushing.ts";
import type { Known } from "../../src/sync/reminders.ts";

const known = (part: Partial<Known>): Known => ({
  language: "en",
  evening: 1200,
  quiet_from: 1320,
  quiet_until: 420,
  zone: null,
  channels: ["push"],
  offered: ["push", "email", "sms"],
  email: null,
  phone_number: null,
  refused: [],
  push_key: "key",
  push: "on",
  calendar: null,
  ...part,
});
const why = (part: Partial<Known>) => troubleOf(known(part))?.why ?? null;

describe("whether reminders reach the patient", () => {
  test("nothing is wrong with a way that works", () => {
    expect(why({})).toBeNull();
    expect(why({ channels: ["email"], push: "none" })).toBeNull();
  });

  test("notifications that have ended, also beside an e-mail address that works", () => {
    expect(why({ push: "dead" })).toBe("push");
    expect(why({ push: "dead", channels: ["push", "email"] })).toBe("push");
    expect(why({ push: "dead", channels: ["email"] }), "not wanted any more").toBeNull();
  });

  test("an address that takes nothing, as long as it is used", () => {
    expect(why({ channels: ["push", "email"], refused: ["email"] })).toBe("email");
    expect(why({ channels: ["sms"], refused: ["sms"], push: "none" })).toBe("sms");
    expect(why({ channels: ["push"], refused: ["email"] })).toBeNull();
    expect(why({ channels: ["push", "email"], refused: ["email"], offered: ["push"] }), "the clinic has no e-mail").toBeNull();
  });

  test("no way at all: told, unless the patient wants none, has a calendar, or the clinic has none to offer", () => {
    expect(why({ push: "none" })).toBe("unset");
    expect(why({ push: "none", offered: ["email"] })).toBe("unset");
    expect(why({ push: "none", channels: [] })).toBeNull();
    expect(why({ push: "none", calendar: "https://clinic.example/calendar/x.ics" })).toBeNull();
    expect(why({ push: "none", offered: [] })).toBeNull();
  });

  test("the key to turn notifications on with is kept, since the tap leaves no time to ask for it", () => {
    expect(troubleOf(known({ push: "dead" }))?.push_key).toBe("key");
  });
});
