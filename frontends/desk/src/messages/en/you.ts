/** English: the account. */
import { plural } from "../../../../shared/office/plural.js";

export const en = {
  title: "You",
  signOutDrafts: (count: number) => `${plural(count, "text is", "texts are")} only on this computer. They stay here, and only you are shown them when you sign in again.`,
  forgetSure: (count: number) =>
    count === 0
      ? "Everything about you and your patients is removed from this computer."
      : `${plural(count, "text is", "texts are")} only on this computer and will be lost for good. Everything else about you and your patients is removed too.`,
};
