/** Finding words in the chart. */
import { useState } from "preact/hooks";
import { useAct } from "../../core/hooks.js";
import { searchChart, type FoundPage } from "../../core/things.js";
import type { Found } from "../../core/types.js";
import { en } from "../../messages/en/chart.js";
import { momentOf, spoken, t } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Alert, Line } from "../../parts/basics.js";

const w = spoken({ en });

/** The screen that shows a thing by its id; sessions, medicines and the safety plan have none of their own. */
const SCREENS: Partial<Record<Found["kind"], string>> = {
  note: "note",
  addendum: "note",
  reflection: "reflection",
  reply: "reflection",
  plan: "plan",
  strategy: "plan",
  practice: "plan",
};

function hrefOf(found: Found, patientId: string): string | null {
  const screen = SCREENS[found.kind];
  if (screen) return `#/${screen}/${found.of_id ?? found.id}`;
  if (found.kind === "goal") return `#/goals/${patientId}`;
  return found.kind === "adverse_event" && found.session_id ? `#/dosing/${found.session_id}` : null;
}

function FoundRow({ found, patientId }: { found: Found; patientId: string }) {
  const href = hrefOf(found, patientId);
  const inner = (
    <>
      <time class="hint" dateTime={found.at}>
        {momentOf(found.at)}
      </time>
      <span class="what">
        <span class="kind">{plain(found.kind)}</span>
        <span class="first-words" dir="auto">
          {found.passage}
        </span>
      </span>
    </>
  );
  return <li>{href ? <a data-row href={href}>{inner}</a> : <div class="line">{inner}</div>}</li>;
}

/** A field for words, and what has them; older things are looked through on request. */
export function Search({ patientId }: { patientId: string }) {
  const [words, setWords] = useState("");
  const [asked, setAsked] = useState("");
  const [page, setPage] = useState<FoundPage | null>(null);
  const { isBusy, message, act } = useAct();
  const look = (text: string, before: FoundPage | null): Promise<void> =>
    act(async () => {
      const next = await searchChart(patientId, text, before?.next_cursor ?? null);
      setAsked(text);
      setPage({ items: [...(before?.items ?? []), ...next.items], next_cursor: next.next_cursor });
    });
  return (
    <section class="card">
      <form role="search" class="row" onSubmit={(event) => { event.preventDefault(); void look(words, null); }}>
        <Line name="chart-words" type="search" label={w.search} value={words} onInput={setWords} isRequired isField={false} />
        <button type="submit" disabled={isBusy}>
          {t.patients.go}
        </button>
      </form>
      <Alert message={message} />
      {page && (
        <>
          <p class="hint" role="status">
            {w.found(page.items.length, page.next_cursor !== null)}
          </p>
          <ul class="plain rows">
            {page.items.map((found) => (
              <FoundRow key={found.id} found={found} patientId={patientId} />
            ))}
          </ul>
          {page.next_cursor && (
            <button type="button" disabled={isBusy} onClick={() => void look(asked, page)}>
              {w.searchOlder}
            </button>
          )}
        </>
      )}
    </section>
  );
}
