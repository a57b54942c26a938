/** The screens of who is signed in. The worklist comes with this file; every other room is a file that loads when it is opened. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useDesk } from "../core/hooks.js";
import { t } from "../messages/index.js";
import { Worklist } from "./worklist/worklist.js";

/** What follows the name of a room in the address. */
export interface Place {
  id: string;
  /** Of a note that may not be there yet: its session, its format, the clinic's template. */
  session: string;
  format: string;
  template: string;
}
type Screen = ComponentType<Place>;

const ROOMS: Record<string, () => Promise<Screen>> = {
  patients: async () => (await import("./patients/patients.js")).Patients,
  chart: async () => (await import("./chart/chart.js")).ChartScreen,
  dosing: async () => (await import("./dosing/dosing.js")).DosingScreen,
  note: async () => (await import("./note/note.js")).NoteScreen,
  reflection: async () => (await import("./reflection/reflection.js")).ReflectionScreen,
  plan: async () => (await import("./plan/plan.js")).PlanScreen,
  goals: async () => (await import("./goals/goals.js")).Goals,
  threads: async () => (await import("./threads/threads.js")).Threads,
  supply: async () => (await import("./supply/supply.js")).Supply,
  remote: async () => (await import("./remote/remote.js")).RemoteScreen,
  request: async () => (await import("./request/request.js")).RequestScreen,
  stock: async () => (await import("./stock/stock.js")).Stock,
  register: async () => (await import("./stock/register.js")).RegisterScreen,
  flags: async () => (await import("./flags/flags.js")).Flags,
  flag: async () => (await import("./flags/flag.js")).FlagScreen,
  "flag-times": async () => (await import("./flags/times.js")).FlagTimes,
  roster: async () => (await import("./roster/roster.js")).RosterScreen,
  consents: async () => (await import("./consents/consents.js")).Consents,
  documents: async () => (await import("./consents/documents.js")).Documents,
  safeguarding: async () => (await import("./safeguarding/safeguarding.js")).Safeguarding,
  templates: async () => (await import("./templates/templates.js")).Templates,
  groups: async () => (await import("./groups/groups.js")).Groups,
  group: async () => (await import("./groups/group.js")).GroupScreen,
  messages: async () => (await import("./messages/messages.js")).MessagesScreen,
  clinic: async () => (await import("./clinic/clinic.js")).ClinicScreen,
  you: async () => (await import("./you/you.js")).You,
};
const opened: Record<string, Screen> = {};

/** One room, as soon as its file is there; the service worker has all of them, so that they open without a connection. */
function Room({ name, ...place }: Place & { name: string }) {
  const [isMissing, setIsMissing] = useState(false);
  const [, draw] = useState({});
  const Found = opened[name];
  useEffect(() => {
    if (Found === undefined) void ROOMS[name]?.().then((found) => { opened[name] = found; draw({}); }, () => setIsMissing(true));
  }, []);
  if (Found) return <Found {...place} />;
  return isMissing ? <button type="button" onClick={() => location.reload()}>{t.again}</button> : <p class="hint">{t.loading}</p>;
}

export function Inside({ route }: { route: string[] }) {
  const { needsFactor } = useDesk();
  const [first = "", id = "", session = "", format = "", template = ""] = route;
  const name = needsFactor && first === "" ? "you" : first === "stock" && id ? "register" : first;
  if (!Object.hasOwn(ROOMS, name)) return <Worklist />;
  return <Room key={`${name} ${id}`} name={name} {...{ id, session, format, template }} />;
}
