/** The frame: help, what is sent, the screen, the pages. */
import { useEffect } from "preact/hooks";
import { useJournal } from "./journal/hooks.js";
import { useInside } from "./inside.js";
import { t } from "./messages/index.js";
import { Status } from "./parts/status.js";
import { useRoute } from "./route.js";
import { Help } from "./screens/help/help.js";
import { SignIn } from "./screens/sign-in/sign-in.js";
import { WelcomeCode } from "./screens/sign-in/welcome-code.js";

const PAGES = [["", "tonight"], ["entries", "entries"], ["plans", "plans"], ["more", "more"]] as const;
const UNDER: Record<string, string> = {
  write: "entries",
  entry: "entries",
  share: "entries",
  plan: "plans",
  practise: "plans",
  "check-in": "",
  access: "more",
  goals: "more",
  threads: "more",
  count: "more",
  notes: "more",
  note: "more",
  waiting: "more",
  "my-copy": "more",
  consents: "more",
  consent: "more",
  telling: "more",
  measure: "",
  who: "entries",
  summaries: "more",
  summary: "more",
  "write-summary": "more",
};

/** Screens that need no sign-in, beside those of the first file. */
const OPEN = ["observer", "capture"];

function Screen({ route }: { route: string[] }) {
  const { phase } = useJournal();
  const inside = useInside();
  const [name = ""] = route;
  if (name === "help") return <Help />;
  if (phase === "starting") return <p class="hint">{t.loading}</p>;
  if (name === "code") return <WelcomeCode />;
  if (!OPEN.includes(name) && (phase === "nobody" || name === "sign-in")) return <SignIn />;
  if (inside === "missing") return <button type="button" onClick={() => location.reload()}>{t.again}</button>;
  return inside ? <inside.Inside route={route} /> : <p class="hint">{t.loading}</p>;
}

export function App() {
  const route = useRoute();
  const { phase, home } = useJournal();
  const here = UNDER[route[0] ?? ""] ?? route[0] ?? "";
  const hasPages = phase === "here" || phase === "ended";
  useEffect(() => scrollTo(0, 0), [route.join("/")]);
  return (
    <>
      <a class="skip" href="#page" onClick={(event) => { event.preventDefault(); document.querySelector<HTMLElement>("h1")?.focus(); }}>
        {t.skip}
      </a>
      <header>
        <span class="name" aria-hidden="true">
          {t.appName}
        </span>
        {route[0] !== "help" && (
          <a class="button help" href="#/help">
            {t.helpNow}
          </a>
        )}
      </header>
      {hasPages && <Status />}
      <main id="page" data-screen={route[0] === "capture" ? "capture" : route.join("/")}>
        <Screen route={route} />
      </main>
      {hasPages && (
        <nav aria-label={t.nav.label}>
          {PAGES.map(([path, words]) => (
            <a key={path} href={`#/${path}`} aria-current={here === path ? "page" : undefined}>
              {t.nav[words]}
              {path === "" && (home?.unread ?? 0) > 0 && <span class="dot" aria-hidden="true" />}
            </a>
          ))}
        </nav>
      )}
    </>
  );
}
