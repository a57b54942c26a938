/** The keys of the desk. */
import { press, startKeys, step } from "../../../shared/office/keys.js";
import { go } from "../../../shared/office/route.js";

startKeys({
  setting: "desk-single-keys",
  places: { w: () => go(), p: () => go("patients"), f: () => go("flags"), c: () => press("a[data-chart]") },
  single: { "/": () => go("patients", "search"), n: () => press("[data-new-note]"), e: () => step("[data-field]", 1) },
  save: () => dispatchEvent(new Event("desk-save")),
});
