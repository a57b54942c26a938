/** The frame: the pages, what is not sent, the screen. */
import { useEffect } from "preact/hooks";
import { useDesk } from "./core/hooks.js";
import { useInside } from "./inside.js";
import { t } from "./messages/index.js";
import { KeysButton } from "./parts/key-list.js";
import { Status } from "./parts/status.js";
import { StepUpDialog } from "./parts/step-up.js";
import { useRoute } from "./route.js";
import { SignIn } from "./screens/sign-in/sign-in.js";

const PAGES: [string, string][] = [
  ["", t.nav.worklist],
  ["patients", t.nav.patients],
  ["flags", t.nav.flags],
  ["clinic", t.nav.clinic],
  ["you", t.nav.you],
];

function Screen({ route }: { route: string[] }) {
  const { phase } = useDesk();
  const inside = useInside();
  if (phase === "starting") return <p class="hint">{t.loading}</p>;
  if (phase === "nobody") return <SignIn />;
  if (inside === "missing") return <button type="button" onClick={() => location.reload()}>{t.again}</button>;
  return inside ? <inside.Inside route={route} /> : <p class="hint">{t.loading}</p>;
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
