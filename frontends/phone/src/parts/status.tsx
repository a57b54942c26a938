/** What is saved and what is sent, always in sight. */
import { useJournal } from "../journal/hooks.js";
import { sinceOf, t } from "../messages/index.js";

export function Status() {
  const { phase, isReached, waiting, keeping, fetchedAt } = useJournal();
  const needing = waiting.filter((entry) => entry.state === "needs-you").length;
  const sending = waiting.length - needing;
  const words: string[] = [];
  if (phase === "ended") words.push(t.status.ended);
  else if (!isReached) words.push(t.status.offline);
  if (phase === "here" && !isReached && fetchedAt !== null) words.push(t.status.shownFrom(sinceOf(new Date(fetchedAt))));
  if (needing > 0) words.push(t.status.needsYou(needing));
  if (sending > 0) words.push(t.status.waiting(sending));
  if (words.length === 0 && phase === "here") words.push(keeping > 0 ? t.status.keeping : t.status.allSent);
  const isCalm = phase === "here" && isReached && waiting.length === 0;
  return (
    <section aria-label={t.status.label} class={isCalm ? "status calm" : "status"} data-fetched={fetchedAt !== null}>
      <p role="status">{words.join(" ")}</p>
      {phase === "ended" && <a href="#/sign-in">{t.status.signIn}</a>}
      {waiting.length > 0 && phase !== "nobody" && <a href="#/waiting">{t.status.look}</a>}
    </section>
  );
}
