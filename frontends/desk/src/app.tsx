/** The frame: the pages, what is not sent, the screen. */
import { useEffect } from "preact/hooks";
import { useDesk } from "./core/hooks.js";
import { t } from "./messages/index.js";
import { KeysButton } from "./parts/key-list.js";
import { Status } from "./parts/status.js";
import { StepUpDialog } from "./parts/step-up.js";
import { useRoute } from "./route.js";
import { ChartScreen } from "./screens/chart/chart.js";
import { DosingScreen } from "./screens/dosing/dosing.js";
import { NoteScreen } from "./screens/note/note.js";
import { Patients } from "./screens/patients/patients.js";
import { PlanScreen } from "./screens/plan/plan.js";
import { ReflectionScreen } from "./screens/reflection/reflection.js";
import { SignIn } from "./screens/sign-in/sign-in.js";
import { Worklist } from "./screens/worklist/worklist.js";
import { You } from "./screens/you/you.js";

const PAGES: [string, string][] = [
  ["", t.nav.worklist],
  ["patients", t.nav.patients],
  ["you", t.nav.you],
];

function Screen({ route }: { route: string[] }) {
  const { phase, needsFactor } = useDesk();
  const [name = "", id = "", session = "", format = ""] = route;
  if (phase === "starting") return <p class="hint">{t.loading}</p>;
  if (phase === "nobody") return <SignIn />;
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
    case "you":
      return <You />;
    default:
      return <Worklist />;
  }
}

export function App() {
  const route = useRoute();
  const { phase, holder, waiting } = useDesk();
  const isInside = phase === "here" || phase === "ended";
  const here = route[0] ?? "";
  useEffect(() => scrollTo(0, 0), [route[0], route[1]]);
  return (
    <>
      <a class="skip" href="#page" onClick={(event) => { event.preventDefault(); document.querySelector<HTMLElement>("h1")?.focus(); }}>
        {t.skip}
      </a>
      <header>
        <span class="name" aria-hidden="true">
          {t.appName}
        </span>
        {isInside && (
          <>
            <nav aria-label={t.nav.label}>
              {PAGES.map(([path, words]) => (
                <a key={path} href={`#/${path}`} aria-current={here === path ? "page" : undefined}>
                  {words}
                  {path === "" && waiting > 0 && <span class="count">{waiting >= 100 ? "100+" : waiting}</span>}
                </a>
              ))}
            </nav>
            <KeysButton />
          </>
        )}
      </header>
      {isInside && <Status />}
      <main id="page" key={holder?.accountId ?? ""} data-screen={route.join("/")}>
        <Screen route={route} />
      </main>
      <StepUpDialog />
    </>
  );
}
