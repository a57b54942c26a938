/** Who is on call: the screen that the desk has too. */
import { RosterScreen as Roster } from "../../../../shared/office/roster/roster.js";
import "../../core/admin.js"; // the app that it asks through; without it, the build would cut the first script in two

export const RosterScreen = () => <Roster />;
