/** The mark of a connected phone: a cookie of the server, which browsers often keep when they empty an app's store. */

const MARK = "afterblock-connected";

export const connectedMark = {
  isThere: () => document.cookie.split("; ").includes(`${MARK}=1`),
  remove: () => {
    document.cookie = `${MARK}=; Max-Age=0; Path=/; SameSite=Strict`;
  },
};
