/** The screens of who is signed in. The worklist comes with this file; every other room is a file that loads when it is opened. */
import type { ComponentType } from "preact";
import { LateRoom } from "../../../shared/office/rooms.js";
import { isOutsider } from "../core/desk.js";
import { useDesk } from "../core/hooks.js";
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
  summaries: async () => (await import("./summaries/summaries.js")).Summaries,
  summary: async () => (await import("./summaries/summary.js")).SummaryScreen,
  "new-summary": async () => (await import("./summaries/editor.js")).NewSummary,
  "split-care": async () => (await import("./split-care/split-care.js")).SplitCare,
  "shared-care": async () => (await import("./shared-care/shared-care.js")).SharedCareList,
  "shared-chart": async () => (await import("./shared-care/shared-care.js")).SharedChart,
  goals: async () => (await import("./goals/goals.js")).Goals,
  threads: async () => (await import("./threads/threads.js")).Threads,
  "check-ins": async () => (await import("./check-ins/check-ins.js")).CheckIns,
  answers: async () => (await import("./answers/answers.js")).AnswerList,
  answer: async () => (await import("./answers/answer.js")).AnswerScreen,
  interview: async () => (await import("./answers/interview.js")).Interview,
  "safety-plan": async () => (await import("./safety-plan/safety-plan.js")).SafetyPlanScreen,
  disclosures: async () => (await import("./disclosures/disclosures.js")).Disclosures,
  "own-notes": async () => (await import("./own-notes/own-notes.js")).OwnNotes,
  "own-note": async () => (await import("./own-notes/own-note.js")).OwnNoteScreen,
  supply: async () => (await import("./supply/supply.js")).Supply,
  lab: async () => (await import("./lab/lab.js")).Lab,
  remote: async () => (await import("./remote/remote.js")).RemoteScreen,
  request: async () => (await import("./request/request.js")).RequestScreen,
  requests: async () => (await import("./requests/requests.js")).Requests,
  copy: async () => (await import("./requests/copy.js")).CopyScreen,
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
/** All that a therapist of another clinic can open: nothing else of this desk is theirs. */
const OF_OUTSIDE = ["shared-care", "shared-chart", "you"];

export function Inside({ route }: { route: string[] }) {
  const { needsFactor, me } = useDesk();
  const isOutside = isOutsider(me);
  const [first = "", id = "", session = "", format = "", template = ""] = route;
  const own = isOutside === OF_OUTSIDE.includes(first) || first === "you" ? first : isOutside ? "shared-care" : "";
  const name = needsFactor && (first === "" || own === "shared-care") ? "you" : own === "stock" && id ? "register" : own;
  const load = Object.hasOwn(ROOMS, name) ? ROOMS[name] : undefined;
  if (load === undefined) return <Worklist />;
  return <LateRoom key={`${name} ${id}`} name={name} load={load} place={{ id, session, format, template }} />;
}
