/** The keys of the admin's page. */
import { startKeys } from "../../../shared/office/keys.js";
import { go } from "../../../shared/office/route.js";

startKeys({
  setting: "admin-single-keys",
  places: {
    o: () => go(),
    p: () => go("people"),
    r: () => go("roster"),
    c: () => go("clinic"),
    l: () => go("ledger"),
    w: () => go("webhooks"),
  },
});
