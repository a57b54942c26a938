/** Write a summary, or change one. Each keystroke is on the phone; what is kept waits there until it is sent. */
import { newId, type Entry } from "@integration-journal/client";
import { useState } from "preact/hooks";
import { heldUntil } from "../../journal/entries.js";
import { useDraft, useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import { draftOf, isRefused, isText, nextVersion, revisionOf, textsBefore, useSummaries, type Summary } from "../../journal/summaries.js";
import { dayOf, momentOf, t } from "../../messages/index.js";
import { r } from "../../messages/rooms.js";
import { SureButton, TextField, Title, Words } from "../../parts/basics.js";
import { startOf, useAbouts } from "./about.js";
import { go, w } from "./words.js";

const MAX_CHARACTERS = 4000;

interface SummaryDraft {
  title: string;
  text: string;
  /** `session` or `course`, and its id; of a new one that has none yet, nothing. */
  about: string;
  from: string;
  until: string;
  /** The number of the text that it was begun from. */
  revision: number;
}

const draftFrom = (one: Summary | undefined): SummaryDraft => ({
  title: one?.title ?? "",
  text: one?.text ?? "",
  about: one?.session_id ? `session ${one.session_id}` : one?.course_id ? `course ${one.course_id}` : "",
  from: one?.covers_from ?? "",
  until: one?.covers_until ?? "",
  revision: one ? revisionOf(one) : 0,
});

/** Put a refused text into the editor, after what is being written there, and take it out of the queue. Returns the editor's id. */
export async function takeUp(entry: Entry): Promise<string> {
  const account = journal.shown.state.holder?.accountId ?? "";
  const given = entry.body as { title?: string; text?: string; session_id?: string | null; course_id?: string | null; covers_from?: string | null; covers_until?: string | null };
  const stored = journal.shown.state.summaries.find((one) => one.id === entry.thing_id);
  const id = stored?.id ?? "new";
  const there = await journal.local.draft<SummaryDraft>(account, draftOf(id));
  const text = [there?.text.trim(), given.text ?? stored?.text].filter(Boolean).join("\n\n");
  const about = given.session_id ?? stored?.session_id ? `session ${given.session_id ?? stored?.session_id}` : `course ${given.course_id ?? stored?.course_id}`;
  const draft: SummaryDraft = { about, from: given.covers_from ?? stored?.covers_from ?? "", until: given.covers_until ?? stored?.covers_until ?? "", revision: stored?.revision ?? 0, ...there, title: there?.title || given.title || stored?.title || "", text };
  await journal.local.saveDraft(account, draftOf(id), draft);
  await journal.discard(entry);
  return id;
}

/** What it is about, of a new one; the days, of a part of a course. */
function About({ value, set }: { value: SummaryDraft; set: (changes: Partial<SummaryDraft>) => void }) {
  const { value: abouts, isMissing } = useAbouts();
  if (abouts === null) return <p role="status">{isMissing ? r.offline : t.loading}</p>;
  const past = abouts.sessions.filter((one) => Date.parse(startOf(one)) <= Date.now());
  if (past.length === 0 && abouts.courses.length === 0) return <p role="status">{w.noAbouts}</p>;
  return (
    <div class="field">
      <label for="field-about">{w.what}</label>
      <select id="field-about" value={value.about} onChange={(event) => set({ about: event.currentTarget.value })}>
        <option value="">{w.choose}</option>
        {past.map((one) => (
          <option key={one.id} value={`session ${one.id}`}>
            {w.sessionOn(dayOf(startOf(one)))}
          </option>
        ))}
        {abouts.courses.map((one) => (
          <option key={one.id} value={`course ${one.id}`}>
            {abouts.courses.length > 1 && one.indication ? `${w.part}: ${one.indication}` : w.part}
          </option>
        ))}
      </select>
    </div>
  );
}

function Day({ name, label, value, onInput }: { name: string; label: string; value: string; onInput: (value: string) => void }) {
  return (
    <div class="field">
      <label for={`field-${name}`}>{label}</label>
      <input id={`field-${name}`} type="date" value={value} onInput={(event) => onInput(event.currentTarget.value)} />
    </div>
  );
}

export function WriteSummary({ id }: { id: string }) {
  const one = useSummaries().find((other) => other.id === id);
  const held = heldUntil(useJournal().reflections, Date.now());
  const draft = useDraft<SummaryDraft>(draftOf(id), () => draftFrom(one));
  const [message, setMessage] = useState("");
  const { value } = draft;
  const isNew = id === "new";
  if (!isNew && one === undefined) {
    return (
      <>
        <Title>{w.titleEdit}</Title>
        <p role="status">{w.gone}</p>
      </>
    );
  }
  if (value === null) return <p class="hint">{t.loading}</p>;
  const set = (changes: Partial<SummaryDraft>): void => draft.set({ ...value, ...changes });
  const isOfCourse = value.about.startsWith("course ");
  const over = value.text.length - MAX_CHARACTERS;
  const hasMoved = one !== undefined && revisionOf(one) !== value.revision && (one.text !== value.text || one.title !== value.title);

  const keep = async (): Promise<void> => {
    const [kind = "", about = ""] = value.about.split(" ");
    if (value.title.trim() === "" || value.text.trim() === "" || about === "") return setMessage(w.missing);
    if (isOfCourse && value.from && value.until && value.from > value.until) return setMessage(w.order);
    const days = isOfCourse ? { covers_from: value.from || null, covers_until: value.until || null } : {};
    const body = { title: value.title.trim(), text: value.text.trim(), ...days };
    if (one === undefined) {
      const made = newId();
      await journal.write("create_shared_summary", { body: { id: made, patient_id: null, [`${kind}_id`]: about, ...body }, thingId: made });
      await draft.clear();
      return go("summary", made);
    }
    if (one.title === body.title && one.text === body.text && (!isOfCourse || ((one.covers_from ?? "") === value.from && (one.covers_until ?? "") === value.until))) return setMessage(w.same);
    const stands = one.waiting.filter((entry) => !isText(entry) && !isRefused(entry)); // the change ends what they say
    for (const entry of stands) await journal.discard(entry);
    const before = textsBefore(one).map((entry) => entry.key);
    await journal.write("update_shared_summary", { path: { shared_summary_id: id }, body, ifMatch: `"${nextVersion(one)}"`, after: before, thingId: id });
    await draft.clear();
    go("summary", id);
  };

  return (
    <>
      <Title>{isNew ? w.titleNew : w.titleEdit}</Title>
      <p>{isNew ? w.shown : w.anew}</p>
      {isNew && <About value={value} set={set} />}
      {isOfCourse && (
        <>
          <Day name="from" label={w.from} value={value.from} onInput={(from) => set({ from })} />
          <Day name="until" label={w.until} value={value.until} onInput={(until) => set({ until })} />
        </>
      )}
      <TextField name="title" label={w.name} rows={1} value={value.title} onInput={(title) => set({ title: title.replaceAll("\n", " ") })} />
      <TextField name="text" label={w.text} hint={w.textHint} rows={10} value={value.text} onInput={(text) => set({ text })} />
      {hasMoved && (
        <section class="card warning" aria-labelledby="now">
          <p role="alert">{w.moved}</p>
          <h2 id="now">{w.now}</h2>
          <p dir="auto">
            <strong>{one.title}</strong>
          </p>
          <Words>{one.text}</Words>
          <SureButton label={t.waiting.drop} question={t.waiting.dropSure} yes={t.waiting.dropYes} onSure={() => void draft.clear()} />
        </section>
      )}
      <p role="alert" class="message">
        {over > 0 ? w.tooLong(over) : message}
      </p>
      {held !== null ? (
        <p role="status">{w.held(momentOf(held))}</p>
      ) : (
        <button type="button" class="primary wide" disabled={over > 0} onClick={() => void keep()}>
          {w.keep}
        </button>
      )}
      <p class="hint" role="status">
        {draft.isKept ? t.write.kept : t.write.keeping}
      </p>
      <p>
        <a href={isNew ? "#/summaries" : `#/summary/${id}`}>{t.back}</a>
      </p>
    </>
  );
}
