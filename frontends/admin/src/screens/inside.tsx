/** The screens of who is signed in. The overview comes with this file; every other room is a file that loads when it is opened. */
import type { ComponentType } from "preact";
import { LateRoom } from "../../../shared/office/rooms.js";
import { useAdmin } from "../core/admin.js";
import { has, OFFICE } from "../core/pages.js";
import { Overview } from "./overview/overview.js";

/** What follows the name of a room in the address. */
export interface Place {
  room: string;
  id: string;
}
type Screen = ComponentType<Place>;

const hub = async (): Promise<Screen> => (await import("./hub/hub.js")).HubScreen;
const LOADS: Record<string, () => Promise<Screen>> = {
  clinic: hub,
  records: hub,
  programs: hub,
  people: async () => (await import("./people/people.js")).People,
  person: async () => (await import("./people/person.js")).Person,
  roster: async () => (await import("./roster/roster.js")).RosterScreen,
  policies: async () => (await import("./policies/policies.js")).PoliciesScreen,
  instruments: async () => (await import("./instruments/instruments.js")).InstrumentList,
  instrument: async () => (await import("./instruments/instrument.js")).InstrumentScreen,
  prompts: async () => (await import("./instruments/prompts.js")).Prompts,
  ledger: async () => (await import("./ledger/ledger.js")).LedgerScreen,
  backups: async () => (await import("./backups/backups.js")).BackupScreen,
  notices: async () => (await import("./notices/notices.js")).Notices,
  holds: async () => (await import("./holds/holds.js")).Holds,
  hold: async () => (await import("./holds/hold.js")).HoldScreen,
  research: async () => (await import("./research/studies.js")).ResearchScreen,
  study: async () => (await import("./research/study.js")).StudyScreen,
  accounts: async () => (await import("./programs/programs.js")).Programs,
  webhooks: async () => (await import("./webhooks/webhooks.js")).Webhooks,
  webhook: async () => (await import("./webhooks/webhook.js")).WebhookScreen,
  you: async () => (await import("./you/you.js")).You,
};

export function Inside({ route }: { route: string[] }) {
  const { me, needsFactor } = useAdmin();
  const [first = "", id = ""] = route;
  const isElsewhere = me !== null && !has(me, OFFICE);
  const name = (needsFactor || isElsewhere) && first === "" ? "you" : first;
  const load = Object.hasOwn(LOADS, name) ? LOADS[name] : undefined;
  if (load === undefined) return <Overview />;
  return <LateRoom key={`${name} ${id}`} name={name} load={load} place={{ room: name, id }} />;
}
