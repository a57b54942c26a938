import { newId, type Entry } from "@integration-journal/client";
import { useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import type { ReflectionCreate } from "../../journal/types.js";
import { firstWords } from "../../journal/entries.js";
import { momentOf, t } from "../../messages/index.js";
import { SureButton, Title, Words } from "../../parts/basics.js";
import { Content } from "../entry/entry.js";

const moving = new Set<string>(); // a button that is pressed twice keeps one entry

/** Keep a text that was refused, or met another one, as an entry of its own. */
async function keepAsNew(entry: Entry): Promise<void> {
  if (moving.has(entry.key)) return;
  moving.add(entry.key);
  const { kind, ...content } = { kind: "text" as const, ...(entry.body as ReflectionCreate) };
  const id = newId();
  const isPrompted = (content.answers?.length ?? 0) > 0;
  await journal.write("create_reflection", { body: { ...content, id, kind: isPrompted ? "prompted" : kind, captured_at: new Date().toISOString() }, thingId: id });
  await journal.discard(entry);
}

/** The version that the API has now, if it told it with the refusal; another one would only be refused again. */
function etagOf({ problem }: Entry): string | undefined {
  const version = (problem?.["current"] as { version?: number } | undefined)?.version;
  return version === undefined ? undefined : `"${version}"`;
}

/** An entry that the API refused: why, what is there now, and what can be done. */
function Refused({ entry }: { entry: Entry }) {
  const { prompts } = useJournal();
  const problem = entry.problem;
  const endsAt = problem?.["ends_at"];
  const current = problem?.["current"] as ReflectionCreate | undefined;
  const summary = entry.operation.endsWith("_shared_summary") ? entry.thing_id : null;
  const isText = entry.operation === "update_reflection" || entry.operation === "create_reflection";
  return (
    <li class="card warning">
      <h2>{t.waiting.what[entry.operation] ?? t.waiting.other}</h2>
      <p dir="auto">{typeof endsAt === "string" ? t.waiting.held(momentOf(endsAt)) : (t.waiting.why[problem?.code ?? ""] ?? problem?.detail)}</p>
      {isText && (
        <>
          <h3>{t.waiting.mine}</h3>
          <Content content={entry.body as ReflectionCreate} prompts={prompts} />
        </>
      )}
      {isText && current && (
        <>
          <h3>{t.waiting.theirs}</h3>
          <Content content={current} prompts={prompts} />
        </>
      )}
      {isText && (
        <button type="button" class="primary wide" onClick={() => void keepAsNew(entry)}>
          {t.waiting.asNew}
        </button>
      )}
      {summary !== null && (
        <a class="button wide" href={`#/summary/${summary}`}>
          {t.status.look}
        </a>
      )}
      {!isText && summary === null && (
        <button type="button" class="wide" onClick={() => void journal.again(entry, etagOf(entry))}>
          {t.again}
        </button>
      )}
      <SureButton label={t.waiting.drop} question={t.waiting.dropSure} yes={t.waiting.dropYes} onSure={() => void journal.discard(entry)} />
    </li>
  );
}

/** What is on this phone and not sent: what waits, and what needs the person. */
export function Waiting() {
  const { waiting } = useJournal();
  const refused = waiting.filter((entry) => entry.state === "needs-you");
  const sending = waiting.filter((entry) => entry.state === "waiting");
  return (
    <>
      <Title>{t.waiting.title}</Title>
      {waiting.length === 0 && <p>{t.waiting.none}</p>}
      {refused.length > 0 && (
        <>
          <p>{t.waiting.needsYou}</p>
          <ul class="plain">
            {refused.map((entry) => (
              <Refused key={entry.key} entry={entry} />
            ))}
          </ul>
        </>
      )}
      {sending.length > 0 && (
        <>
          <p>{t.waiting.lead}</p>
          <ul class="plain">
            {sending.map((entry) => (
              <li key={entry.key} class="card">
                <strong>{t.waiting.what[entry.operation] ?? t.waiting.other}</strong>
                <Words>{firstWords((entry.body ?? {}) as ReflectionCreate)}</Words>
              </li>
            ))}
          </ul>
          <button type="button" class="wide" onClick={() => void journal.sendNow()}>
            {t.waiting.sendNow}
          </button>
        </>
      )}
    </>
  );
}
