/** The summaries that the person and the care team write together: the list, one of them, and who stands behind it. */
import { unwrap } from "@integration-journal/client";
import type { Entry } from "@integration-journal/client";
import { useState } from "preact/hooks";
import { heldUntil } from "../../journal/entries.js";
import { useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import { useKept } from "../../journal/online.js";
import { isRefused, isText, standingOf, useSummaries, type Summary } from "../../journal/summaries.js";
import type { SharedSummary, SharedSummaryVersion } from "../../journal/types.js";
import { dayOf, momentOf, t } from "../../messages/index.js";
import { r } from "../../messages/rooms.js";
import { SureButton, Title, Words } from "../../parts/basics.js";
import { StatementText } from "../../parts/statement.js";
import { markRead } from "../../journal/marks.js";
import { aboutOf, useAbouts } from "./about.js";
import { takeUp } from "./write.js";
import { go, w } from "./words.js";

export { speak } from "./words.js";
export { WriteSummary } from "./write.js";

export function Summaries() {
  const { value: abouts } = useAbouts();
  const shown = useSummaries();
  return (
    <>
      <Title>{w.title}</Title>
      <p>{w.lead}</p>
      <a class="button primary wide" href="#/write-summary/new">
        {w.begin}
      </a>
      {shown.length === 0 && <p class="hint">{w.none}</p>}
      <ul class="plain">
        {shown.map((one) => {
          const standing = standingOf(one);
          return (
            <li key={one.id}>
              <a class="card row-link" href={`#/summary/${one.id}`}>
                <span class="eyebrow">{aboutOf(one, abouts)}</span>
                <strong dir="auto">{one.title}</strong>
                <span class={`where ${standing === "both" ? "read" : standing}`}>{w.state[standing]}</span>
              </a>
            </li>
          );
        })}
      </ul>
      <p>
        <a href="#/more">{t.back}</a>
      </p>
    </>
  );
}

/** A write that the API refused: why, the words of it, and what can be done with them. */
function Refused({ entry }: { entry: Entry }) {
  const { problem } = entry;
  const endsAt = problem?.["ends_at"];
  const mine = entry.body as { title?: string; text?: string } | null;
  return (
    <section class="card warning">
      <h2>{t.waiting.what[entry.operation] ?? t.waiting.other}</h2>
      <p dir="auto">{typeof endsAt === "string" ? w.held(momentOf(endsAt)) : (t.waiting.why[problem?.code ?? ""] ?? problem?.detail)}</p>
      {isText(entry) ? (
        <>
          <h3>{w.mine}</h3>
          {mine?.title && (
            <p dir="auto">
              <strong>{mine.title}</strong>
            </p>
          )}
          {mine?.text && <Words>{mine.text}</Words>}
          <button type="button" class="primary wide" onClick={() => void takeUp(entry).then((id) => go("write-summary", id))}>
            {w.intoEditor}
          </button>
          <SureButton label={t.waiting.drop} question={t.waiting.dropSure} yes={t.waiting.dropYes} onSure={() => void journal.discard(entry)} />
        </>
      ) : (
        <button type="button" class="wide" onClick={() => void journal.discard(entry)}>
          {w.seen}
        </button>
      )}
    </section>
  );
}

/** The buttons by which the person stands behind the text, or takes that back; or why that waits. */
function Stand({ one, stored }: { one: Summary; stored: SharedSummary }) {
  const { reflections } = useJournal();
  const base = { path: { shared_summary_id: one.id }, ifMatch: `"${stored.version}"`, thingId: one.id };
  const last = one.waiting.filter((entry) => !isRefused(entry)).at(-1);
  if (last?.operation === "endorse_shared_summary") return <p role="status">{w.endorsed}</p>;
  if (last?.operation === "unendorse_shared_summary") return <p role="status">{w.unendorsed}</p>;
  if (last !== undefined) return <p role="status">{w.notSent}</p>;
  const held = heldUntil(reflections, Date.now());
  if (held !== null) return <p role="status">{w.held(momentOf(held))}</p>;
  if (stored.patient_endorsed_at !== null) {
    return (
      <button type="button" class="wide" onClick={() => void journal.write("unendorse_shared_summary", base)}>
        {w.unendorse}
      </button>
    );
  }
  return (
    <button type="button" class="primary wide" onClick={() => void journal.write("endorse_shared_summary", { ...base, body: { revision: stored.revision } })}>
      {w.endorse}
    </button>
  );
}

function Standing({ one, stored }: { one: Summary; stored: SharedSummary }) {
  const { patient_endorsed_at: own, clinician_endorsed_at: team } = stored;
  const isSent = !one.waiting.some((entry) => isText(entry) && !isRefused(entry));
  return (
    <section class="card" aria-labelledby="stand">
      <h2 id="stand">{w.standTitle}</h2>
      {isSent && (
        <ul class="plain">
          <li class={own ? "where read" : "where"}>{own ? w.youStand(dayOf(own)) : w.youNot}</li>
          <li class={team ? "where read" : "where"}>{team ? w.teamStands(dayOf(team)) : w.teamNot}</li>
        </ul>
      )}
      <p class="hint">{w.means}</p>
      <Stand one={one} stored={stored} />
    </section>
  );
}

const hadOf = ({ endorsed_at, patient_endorsed_at, clinician_endorsed_at }: SharedSummaryVersion): string =>
  endorsed_at ? w.hadBoth : patient_endorsed_at || clinician_endorsed_at ? w.hadOne : w.hadNone;

function useWriter(): (written: { written_by: string; written_by_id: string; written_at: string }) => string {
  const { team } = useJournal();
  return ({ written_by, written_by_id, written_at }) => {
    const day = dayOf(written_at);
    return written_by === "patient" ? w.by.patient(day) : w.by.clinician(team.find((one) => one.account_id === written_by_id)?.name ?? w.team, day);
  };
}

function Earlier({ stored }: { stored: SharedSummary }) {
  const path = { shared_summary_id: stored.id };
  const writer = useWriter();
  const { value, isMissing } = useKept<SharedSummaryVersion[]>(`summary versions ${stored.id} ${stored.revision}`, async () => (await unwrap(journal.client.http.GET("/v1/shared-summaries/{shared_summary_id}/versions", { params: { path, query: { limit: 50 } } }))).data.items);
  return (
    <>
      <p role="status">{value === null ? (isMissing ? r.offline : t.loading) : value.length === 0 ? w.noEarlier : ""}</p>
      {value?.map((version) => (
        <article key={version.id} class="card">
          <h3>{w.revision(version.revision)}</h3>
          <p dir="auto">
            <strong>{version.title}</strong>
          </p>
          <Words>{version.text}</Words>
          <p class="hint">
            {writer(version)}. {hadOf(version)}
          </p>
        </article>
      ))}
    </>
  );
}

export function SummaryScreen({ id }: { id: string }) {
  const { inbox, told } = useJournal();
  const { value: abouts } = useAbouts();
  const [hasEarlier, setHasEarlier] = useState(false);
  const writer = useWriter();
  const one = useSummaries().find((other) => other.id === id);
  const unread = inbox.find((item) => item.subject_id === id && item.read_at === null);
  if (unread) void markRead(unread.id);
  if (one === undefined) {
    return (
      <>
        <Title>{w.title}</Title>
        <p role="status">{w.gone}</p>
        <p>
          <a href="#/summaries">{t.back}</a>
        </p>
      </>
    );
  }
  const { stored } = one;
  const refused = one.waiting.filter(isRefused);
  const standing = standingOf(one);
  return (
    <>
      <p class="eyebrow">{aboutOf(one, abouts)}</p>
      <Title>
        <span dir="auto">{one.title}</span>
      </Title>
      <p class={`where ${standing === "both" ? "read" : standing}`}>{w.state[standing]}</p>
      {refused.map((entry) => (
        <Refused key={entry.key} entry={entry} />
      ))}
      {(stored !== null || refused.length === 0) && (
        <article class="card">
          <Words>{one.text}</Words>
          {stored !== null && standing !== "phone" && <p class="hint">{writer(stored)}</p>}
        </article>
      )}
      {told?.id === id && told.monitoring && <StatementText monitoring={told.monitoring} />}
      {stored !== null ? <Standing one={one} stored={stored} /> : <p class="hint">{w.notSent}</p>}
      <a class="button wide" href={`#/write-summary/${id}`}>
        {w.change}
      </a>
      {stored !== null && stored.revision > 1 && !hasEarlier && (
        <button type="button" class="wide" onClick={() => setHasEarlier(true)}>
          {w.earlier}
        </button>
      )}
      {stored !== null && hasEarlier && (
        <section aria-label={w.earlier}>
          <h2>{w.earlier}</h2>
          <Earlier stored={stored} />
        </section>
      )}
      <p>
        <a href="#/summaries">{t.back}</a>
      </p>
    </>
  );
}
