import { describe, expect, test } from "vitest";
import { wayToInstall, type Surroundings } from "../../src/patient/install.ts";

const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const ANDROID = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko)";
const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15";
const CHROME = "Chrome/140.0.0.0 Mobile Safari/537.36";

const way = (userAgent: string, part: Partial<Surroundings> = {}, offered = false) =>
  wayToInstall({ userAgent, touchPoints: 5, standalone: false, ...part }, offered);

describe("the way to the home screen", () => {
  test("is one tap where the browser has made its offer, and none before", () => {
    expect(way(`${ANDROID} ${CHROME}`, {}, true)).toBe("prompt");
    expect(way(`${ANDROID} ${CHROME}`)).toBeNull();
  });

  test.each([
    ["Safari", `${IPHONE} Version/18.5 Mobile/15E148 Safari/604.1`],
    ["Chrome", `${IPHONE} CriOS/140.0 Mobile/15E148 Safari/604.1`],
    ["Firefox", `${IPHONE} FxiOS/140.0 Mobile/15E148 Safari/605.1.15`],
    ["an iPad, which calls itself a Mac", MAC],
  ])("is the share menu in %s on an iPhone", (_, agent) => {
    expect(way(agent)).toBe("share");
  });

  test.each([
    ["Facebook on Android", `${ANDROID} Version/4.0 ${CHROME} [FBAN/EMA;FBAV/480.0;]`],
    ["an Android web view", "Mozilla/5.0 (Linux; Android 15; Pixel 9; wv) AppleWebKit/537.36 Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36"],
    ["Instagram on an iPhone", `${IPHONE} Mobile/15E148 Instagram 390.0`],
    ["a mail app on an iPhone", `${IPHONE} Mobile/15E148`],
  ])("leads out of the window of another app: %s", (_, agent) => {
    expect(way(agent, {}, true)).toBe("elsewhere");
  });

  test("is nothing to speak of in the installed app and on a computer", () => {
    expect(way(`${IPHONE} Mobile/15E148`, { standalone: true })).toBeNull();
    expect(way(`${ANDROID} ${CHROME}`, { standalone: true }, true)).toBeNull();
    expect(way(MAC, { touchPoints: 0 })).toBeNull();
  });
});
