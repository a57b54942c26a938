/** The roster, among the rooms of the clinic. */
import { RosterScreen as Roster } from "../../../../shared/office/roster/roster.js";
import { t } from "../../messages/index.js";

export const RosterScreen = () => <Roster back={<a href="#/clinic">{t.nav.clinic}</a>} />;
