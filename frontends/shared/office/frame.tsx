/** The frame of an app for staff: the pages, what is to be known everywhere, the screen. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Dialog } from "./basics.js";
import { useOffice } from "./hooks.js";
import { KeysButton } from "./key-list.js";
import { office } from "./office.js";
import { SignIn, SignInForm } from "./sign-in.js";
import { StepUpDialog } from "./step-up.js";

/** The address of a page, its words, and a number beside them; 0 shows none. */
export type PageLink = [path: string, words: string, count?: number];

/** What is said without a connection, and after the end of a sign-in. */
interface Lost {
  offline: string;
  ended: string;
}

/** `more` is what the app has to say besides, as that something was not sent. `lost` takes the place of the app's own words. */
function Status({ more, lost }: { more: string; lost: Lost | undefined }) {
  const { phase, isReached, holder } = useOffice(office);
  const [isOpen, setIsOpen] = useState(false);
  const { status, signIn } = office.t;
  const { offline, ended } = lost ?? status;
  const words = [phase === "ended" ? ended : isReached ? "" : offline, more].filter(Boolean);
  return (
    <div class={words.length > 0 ? "status" : "status calm"}>
      <p role="status">{words.join(" ")}</p>
      {phase === "ended" && (
        <button type="button" class="primary small" onClick={() => setIsOpen(true)}>
          {status.signIn}
        </button>
      )}
      {isOpen && (
        <Dialog title={signIn.title} onClose={() => setIsOpen(false)}>
          <p>{signIn.again(holder?.name ?? holder?.email ?? "")}</p>
          <SignInForm onDone={() => setIsOpen(false)} />
        </Dialog>
      )}
    </div>
  );
}

/** `here` is the page that the screen belongs to. `children` draws the screens, null while they load. */
export function OfficeFrame({ route, here, pages, more, lost, inside, children }: { route: string[]; here: string; pages: PageLink[]; more: string; lost?: Lost | undefined; inside: unknown; children: () => ComponentChildren }) {
  const { phase, holder } = useOffice(office);
  const { t } = office;
  const isInside = phase === "here" || phase === "ended";
  useEffect(() => scrollTo(0, 0), [route[0], route[1]]);
  const screen = (): ComponentChildren => {
    if (phase === "nobody") return <SignIn />;
    if (phase === "starting" || inside === null) return <p class="hint">{t.loading}</p>;
    return inside === "missing" ? <button type="button" onClick={() => location.reload()}>{t.again}</button> : children();
  };
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
            <nav aria-label={t.pages}>
              {pages.map(([path, words, count = 0]) => (
                <a key={path} href={`#/${path}`} aria-current={here === path ? "page" : undefined}>
                  {words}
                  {count > 0 && <span class="count">{count >= 100 ? "100+" : count}</span>}
                </a>
              ))}
            </nav>
            <KeysButton />
          </>
        )}
      </header>
      {isInside && <Status more={more} lost={lost} />}
      <main id="page" key={holder?.accountId ?? ""} data-screen={route.join("/")}>
        {screen()}
      </main>
      <StepUpDialog />
    </>
  );
}
