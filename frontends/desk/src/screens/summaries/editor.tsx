/** Write the text of a summary. It is kept on this computer until the button sends it: a change ends every endorsement. */
import { newId } from "@integration-journal/client";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { desk } from "../../core/desk.js";
import { useAct, useLoaded } from "../../core/hooks.js";
import { beginSummary, readAbouts, readSummary, startOf, summaryStore, updateSummary, type Abouts, type Summary } from "../../core/summaries.js";
import { isSameJson, sendOnce } from "../../core/sent.js";
import type { Fields } from "../../core/merge.js";
import type { Saver } from "../../core/saver.js";
import type { SaverView } from "../../core/saving.js";
import { useSaver } from "../../core/writing.js";
import { en } from "../../messages/en/summaries.js";
import { momentOf, spoken, t } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Alert, Area, Line, Pick, SureButton, Words } from "../../parts/basics.js";
import { Room } from "../../parts/room.js";
import { Conflicts, SaveStatus } from "../../parts/saving.js";
import { go } from "../../route.js";

const w = spoken({ en });
const MAX_CHARACTERS = 4000;
const words = (field: string): string => (field === "title" ? w.name : w.text);

interface Texts {
  title: string;
  text: string;
  covers_from: string | null;
  covers_until: string | null;
}

/** The texts as a summary takes them: the days belong to one of a course. */
const ofCourse = (one: Summary, { covers_from, covers_until, ...texts }: Texts) => ({ ...texts, ...(one.course_id !== null ? { covers_from, covers_until } : {}) });

/** The members of a summary that a person says. */
const saidIn = ({ patient_id, session_id, course_id, title, text, covers_from, covers_until }: Summary): Record<string, string | null> => ({ patient_id, session_id, course_id, title, text, covers_from, covers_until });

interface Parts {
  /** What the API has; null of a new one. */
  present: Summary | null;
  isOfCourse: (fields: Fields) => boolean;
  /** What stands above the fields. */
  above?: ((fields: Fields, write: (field: string, text: string) => void) => ComponentChildren) | undefined;
  onSend: (texts: Texts, fields: Fields, id: string) => Promise<string>;
  onEnd: () => void;
}

/** The fields that were written over what is there; one that was not touched is as it is there. */
function Form({ thing, present, isOfCourse, above, onSend, onEnd }: Parts & { thing: string }) {
  const store = useMemo(() => summaryStore(thing, present?.revision ?? 0), [thing]);
  const found = useSaver(store, true);
  return found && <Written saver={found.saver} view={found.view} {...{ present, isOfCourse, above, onSend, onEnd }} />;
}

function Written({ saver, view, present, isOfCourse, above, onSend, onEnd }: Parts & { saver: Saver; view: SaverView }) {
  const { isBusy, message, act } = useAct();
  const { fields } = view;
  const was: Fields = { title: present?.title ?? "", text: present?.text ?? "", from: present?.covers_from ?? "", until: present?.covers_until ?? "" };
  const valueOf = (field: string): string => fields[field] ?? was[field] ?? "";
  const isWritten = Object.entries(fields).some(([field, text]) => text !== (was[field] ?? ""));
  const over = valueOf("text").length - MAX_CHARACTERS;
  const hasMoved = isWritten && present !== null && String(present.revision) !== saver.facts["revision"];
  const hasDays = isOfCourse(fields);
  const send = (): Promise<void> =>
    act(async () => {
      const texts = { title: valueOf("title").trim(), text: valueOf("text").trim(), covers_from: (hasDays && valueOf("from")) || null, covers_until: (hasDays && valueOf("until")) || null };
      const id = await onSend(texts, fields, saver.facts["id"] ?? newId());
      await saver.finish({ id: newId(), revision: "0" });
      await desk.readDrafts();
      onEnd();
      go("summary", id);
    });
  const isThere = present !== null && Object.keys(fields).length > 0 && !isWritten;
  useEffect(() => {
    // An answer was lost, and the text had arrived: what is kept here says nothing more.
    if (isThere && message !== "") void saver.finish({ id: newId(), revision: String(present.revision) }).then(() => desk.readDrafts()).then(onEnd);
  }, [isThere, message]);
  const write = (field: string, text: string): void => saver.write(field, text);
  return (
    <form class="card" data-part onSubmit={(event) => { event.preventDefault(); void send(); }}>
      {above?.(fields, write)}
      {hasDays && (
        <div class="row">
          <Line name="from" type="date" label={w.from} value={valueOf("from")} onInput={(text) => write("from", text)} />
          <Line name="until" type="date" label={w.until} value={valueOf("until")} onInput={(text) => write("until", text)} />
        </div>
      )}
      <Line name="title" label={w.name} value={valueOf("title")} onInput={(text) => write("title", text)} isField isRequired />
      <Conflicts saver={saver} view={view} field="title" words={words} />
      <Area name="text" label={w.text} hint={w.textHint} rows={8} value={valueOf("text")} onInput={(text) => write("text", text)} isRequired />
      <Conflicts saver={saver} view={view} field="text" words={words} />
      {hasMoved && (
        <section class="conflict" aria-label={w.now}>
          <p role="alert">{w.moved}</p>
          <h2>{w.now}</h2>
          <p dir="auto">
            <strong>{present.title}</strong>
          </p>
          <Words>{present.text}</Words>
        </section>
      )}
      {isWritten && <SaveStatus saver={saver} view={view} words={words} />}
      <Alert message={over > 0 ? w.tooLong(over) : message} />
      <div class="row">
        <button type="submit" class="primary" data-primary disabled={isBusy || over > 0 || !isWritten || view.conflicts.length > 0}>
          {w.keep}
        </button>
        {present !== null && !isWritten && (
          <button type="button" class="quiet" onClick={onEnd}>
            {t.cancel}
          </button>
        )}
        {isWritten && <SureButton label={w.cancel} question={w.cancelSure} yes={w.cancelYes} onSure={() => void saver.finish({ id: newId(), revision: String(present?.revision ?? 0) }).then(() => desk.readDrafts()).then(onEnd)} />}
      </div>
    </form>
  );
}

/** Change the text of a summary that is there. */
export function SummaryEditor({ one, onEnd }: { one: Summary; onEnd: () => void }) {
  return (
    <>
      <p class="hint">
        {w.editLead} {(one.patient_endorsed_at || one.clinician_endorsed_at) && w.editEnds}
      </p>
      <Form
        thing={`summary ${one.id}`}
        present={one}
        isOfCourse={() => one.course_id !== null}
        onSend={async (texts) => {
          await updateSummary(one, ofCourse(one, texts));
          return one.id;
        }}
        onEnd={onEnd}
      />
    </>
  );
}

/** Begin one in a chart. */
export function NewSummary({ id: patientId }: { id: string }) {
  const loaded = useLoaded<Abouts>(`abouts ${patientId}`, () => readAbouts(patientId));
  return (
    <Room title={w.newTitle} patientId={patientId} loaded={loaded} back={<a href={`#/summaries/${patientId}`}>{w.title}</a>} hint={w.newLead}>
      {(abouts) => {
        const past = abouts.sessions.filter((one) => Date.parse(startOf(one)) <= Date.now());
        const options = [
          ...past.map((one): [string, string] => [`session ${one.id}`, w.sessionChoice(momentOf(startOf(one)), plain(one.phase).toLowerCase())]),
          ...abouts.courses.map((one): [string, string] => [`course ${one.id}`, w.courseChoice(one.indication ?? "")]),
        ];
        const first = options[0]?.[0];
        if (first === undefined) return <p class="card empty">{w.noAbouts}</p>;
        return (
          <Form
            thing={`new-summary ${patientId}`}
            present={null}
            isOfCourse={(fields) => (fields["about"] ?? first).startsWith("course ")}
            above={(fields, write) => <Pick name="about" label={w.about} value={fields["about"] ?? first} options={options} onChange={(about) => write("about", about)} />}
            onSend={async (texts, fields, id) => {
              const [kind = "", about = ""] = (fields["about"] ?? first).split(" ");
              const body = { patient_id: patientId, [`${kind}_id`]: about, ...texts };
              const isSame = (stored: Summary): boolean => isSameJson(saidIn(stored), { ...saidIn(stored), ...body });
              const stored = await sendOnce(() => beginSummary({ id, ...body }), () => readSummary(id), isSame);
              if (stored === null) return id;
              // A sending whose answer was lost had arrived, and the text went on since.
              const isOwn = stored.revision === 1 && saidIn(stored)[`${kind}_id`] === about;
              const at = isOwn ? id : newId();
              await (isOwn ? updateSummary(stored, ofCourse(stored, texts)) : beginSummary({ id: at, ...body }));
              return at;
            }}
            onEnd={() => undefined}
          />
        );
      }}
    </Room>
  );
}
