/** The screens of who is signed in. Some are files of their own, which load when they are opened; the service worker has them. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../messages/index.js";
import { laterWords } from "../messages/later-others.js";
import { summaryWords } from "../messages/summaries.js";
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

export { News } from "../journal/news.js";
export { readingsOf } from "../journal/readings.js";

type Draw = (id: string, more: string) => ComponentChildren;

async function summaries() {
  const [screens, { words }] = await Promise.all([import("./summaries/summaries.js"), summaryWords()]);
  screens.speak(words);
  return screens;
}

/** The screens that load when they are opened, by the first part of the address. */
const LATER: Record<string, () => Promise<Draw>> = {
  "my-copy": () => import("./my-copy/my-copy.js").then(({ MyCopy }) => () => <MyCopy />),
  consents: () => import("./consents/consents.js").then(({ Consents }) => () => <Consents />),
  consent: () => import("./consents/consents.js").then(({ ConsentScreen }) => (id) => <ConsentScreen key={id} id={id} />),
  telling: () => import("./telling/telling.js").then(({ Telling }) => () => <Telling />),
  measure: () => import("./measure/measure.js").then(({ Measure }) => (id) => <Measure key={id} id={id} />),
  summaries: () => summaries().then(({ Summaries }) => () => <Summaries />),
  summary: () => summaries().then(({ SummaryScreen }) => (id) => <SummaryScreen key={id} id={id} />),
  "write-summary": () => summaries().then(({ WriteSummary }) => (id) => <WriteSummary key={id} id={id || "new"} />),
  observer: () => import("./observer/observer.js").then(({ ObserverScreen }) => () => <ObserverScreen />),
  capture: () => import("./capture/capture.js").then(({ CaptureScreen }) => (id) => <CaptureScreen code={id} />),
  who: () => import("./who/who.js").then(({ Who }) => (kind, id) => <Who key={id} kind={kind} id={id} />),
};

function LaterScreen({ name, id, more }: { name: string; id: string; more: string }) {
  const [draw, setDraw] = useState<Draw | null | "missing">(null);
  useEffect(() => {
    void laterWords().then(LATER[name]).then((loaded) => setDraw(() => loaded), () => setDraw("missing"));
  }, [name]);
  if (draw === "missing") return <button type="button" onClick={() => location.reload()}>{t.again}</button>;
  return draw === null ? <p class="hint">{t.loading}</p> : <>{draw(id, more)}</>;
}

export function Inside({ route }: { route: string[] }) {
  const [name = "", id = "", more = ""] = route;
  if (name in LATER) return <LaterScreen key={name} name={name} id={id} more={more} />;
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
