/** The screens of who is signed in. */
import { AccessLog } from "./access/access.js";
import { CheckIn } from "./check-in/check-in.js";
import { Count } from "./count/count.js";
import { Entries } from "./entries/entries.js";
import { EntryScreen } from "./entry/entry.js";
import { Goals } from "./goals/goals.js";
import { MessagesScreen } from "./messages/messages.js";
import { More } from "./more/more.js";
import { Notes, NoteScreen } from "./notes/notes.js";
import { PlanScreen } from "./plans/plan.js";
import { Plans } from "./plans/plans.js";
import { Practise } from "./practise/practise.js";
import { SafetyPlanScreen } from "./safety-plan/safety-plan.js";
import { Share } from "./share/share.js";
import { Threads } from "./threads/threads.js";
import { Tonight } from "./tonight/tonight.js";
import { Waiting } from "./waiting/waiting.js";
import { Write } from "./write/write.js";

export { ObserverScreen } from "./observer/observer.js";

export function Inside({ route }: { route: string[] }) {
  const [name = "", id = ""] = route;
  switch (name) {
    case "write":
      return <Write key={id} id={id || "new"} />;
    case "share":
      return <Share key={id} id={id} />;
    case "entries":
      return <Entries />;
    case "entry":
      return <EntryScreen key={id} id={id} />;
    case "waiting":
      return <Waiting />;
    case "plans":
      return <Plans />;
    case "plan":
      return <PlanScreen key={id} id={id} />;
    case "practise":
      return <Practise key={id} id={id} />;
    case "check-in":
      return <CheckIn key={id} id={id} />;
    case "safety-plan":
      return <SafetyPlanScreen />;
    case "messages":
      return <MessagesScreen />;
    case "goals":
      return <Goals />;
    case "threads":
      return <Threads />;
    case "notes":
      return <Notes />;
    case "note":
      return <NoteScreen key={id} id={id} />;
    case "count":
      return <Count />;
    case "access":
      return <AccessLog />;
    case "more":
      return <More />;
    default:
      return <Tonight />;
  }
}
