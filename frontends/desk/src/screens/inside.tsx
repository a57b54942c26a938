/** The screens of who is signed in. */
import { useDesk } from "../core/hooks.js";
import { ChartScreen } from "./chart/chart.js";
import { DosingScreen } from "./dosing/dosing.js";
import { Goals } from "./goals/goals.js";
import { NoteScreen } from "./note/note.js";
import { Patients } from "./patients/patients.js";
import { PlanScreen } from "./plan/plan.js";
import { ReflectionScreen } from "./reflection/reflection.js";
import { RemoteScreen } from "./remote/remote.js";
import { RequestScreen } from "./request/request.js";
import { RegisterScreen } from "./stock/register.js";
import { Stock } from "./stock/stock.js";
import { Supply } from "./supply/supply.js";
import { Threads } from "./threads/threads.js";
import { Worklist } from "./worklist/worklist.js";
import { You } from "./you/you.js";

export function Inside({ route }: { route: string[] }) {
  const { needsFactor } = useDesk();
  const [name = "", id = "", session = "", format = ""] = route;
  if (needsFactor && name === "") return <You />;
  switch (name) {
    case "patients":
      return <Patients isSearch={id === "search"} />;
    case "chart":
      return <ChartScreen key={id} id={id} />;
    case "dosing":
      return <DosingScreen key={id} id={id} />;
    case "note":
      return <NoteScreen key={id} id={id} session={session} format={format} />;
    case "reflection":
      return <ReflectionScreen key={id} id={id} />;
    case "plan":
      return <PlanScreen key={id} id={id} />;
    case "goals":
      return <Goals key={id} id={id} />;
    case "threads":
      return <Threads key={id} id={id} />;
    case "supply":
      return <Supply key={id} id={id} />;
    case "remote":
      return <RemoteScreen key={id} id={id} />;
    case "request":
      return <RequestScreen key={id} id={id} />;
    case "stock":
      return id ? <RegisterScreen key={id} id={id} /> : <Stock />;
    case "you":
      return <You />;
    default:
      return <Worklist />;
  }
}
