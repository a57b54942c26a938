/** A note that is signed, or that somebody else writes: its text, and the steps that one may take. */
import { newId, Problem } from "@integration-journal/client";
import { useMemo, useState } from "preact/hooks";
import { desk } from "../../core/desk.js";
import { NotSent, useAct, useLoaded } from "../../core/hooks.js";
import { withProof } from "../../core/proof.js";
import type { Layout } from "../../core/layouts.js";
import { addAddendum, amendNote, cosignNote, enterNoteInError, localStore, readNoteVersions, returnNote, type Versioned } from "../../core/things.js";
import type { Member, Note } from "../../core/types.js";
import { useSaver } from "../../core/writing.js";
import { en as diffEn } from "../../messages/en/diff.js";
import { en as noteEn } from "../../messages/en/note.js";
import { momentOf, spoken } from "../../messages/index.js";
import { Alert, Area, Pending, Words } from "../../parts/basics.js";
import { Conflicts, SaveStatus, saveWords } from "../../parts/saving.js";
import { Fold } from "../../parts/fold.js";
import { WhoSees } from "../../parts/who-sees.js";
import { NoteFiles } from "../../parts/note-files.js";
import { useNaming } from "./names.js";
import { Sharing } from "./sharing.js";
import { Disagreements, NoteChanges, Requests } from "./changes.js";

const diffWords = spoken({ en: diffEn });
const w = spoken({ en: noteEn });

interface Given {
  layout: Layout;
  note: Note;
  etag: string;
  team: Member[];
  onChanged: (note: Note, etag: string) => void;
  reload: () => Promise<void>;
}

/** Take a step under a version. If somebody was first, the note is read again, and a person decides anew. */
function useStep({ onChanged, reload }: Pick<Given, "onChanged" | "reload">) {
  const { isBusy, message, act } = useAct();
  const step = (work: () => Promise<Versioned<Note>>, after: () => Promise<void> = () => Promise.resolve()): Promise<void> =>
    act(async () => {
      try {
        const { thing, etag } = await withProof(work);
        await after();
        onChanged(thing, etag);
        void desk.readTasks();
      } catch (error) {
        if (error instanceof Problem && (error.isStale || error.status === 409)) await reload();
        throw error;
      }
    });
  return { isBusy, message, step };
}

const orderOf = (layout: Layout, sections: Record<string, string>): string[] => (layout.order.length > 0 ? layout.order : Object.keys(sections));

function Sections({ sections, layout }: { sections: Record<string, string>; layout: Layout }) {
  return (
    <>
      {orderOf(layout, sections).map((section) =>
        sections[section] ? (
          <section key={section}>
            <h2>{layout.words(section)}</h2>
            <Words>{sections[section]}</Words>
          </section>
        ) : null,
      )}
    </>
  );
}

function Cosign({ note, etag, ...more }: Given) {
  const { isBusy, message, step } = useStep(more);
  const [reason, setReason] = useState("");
  return (
    <section class="card warning" data-part>
      <h2>{w.cosignTitle}</h2>
      <blockquote>{w.attestCosign}</blockquote>
      <button type="button" class="primary" data-primary disabled={isBusy} onClick={() => void step(() => cosignNote(note.id, etag))}>
        {w.cosign}
      </button>
      <Area name="return-reason" label={w.returnReason} value={reason} onInput={setReason} rows={2} />
      <button type="button" disabled={isBusy || reason.trim() === ""} onClick={() => void step(() => returnNote(note.id, etag, reason.trim()))}>
        {w.return}
      </button>
      <Alert message={message} />
    </section>
  );
}

function AddAddendum({ note, reload }: Given) {
  const store = useMemo(() => localStore(`addendum ${note.id}`), [note.id]);
  const found = useSaver(store, true);
  const { isBusy, message, act } = useAct();
  const naming = useNaming();
  if (found === null) return null;
  const { saver, view } = found;
  const text = view.fields["text"] ?? "";
  const add = (): Promise<void> =>
    act(async () => {
      const sent = saver.view.fields;
      const id = (saver.facts["id"] ??= newId());
      const isSent = await withProof(() => addAddendum(note.id, id, sent["text"] ?? "", naming.body)).catch(naming.refused);
      const isAll = await saver.finish({ id: newId() }, isSent ? sent : {});
      await reload();
      if (!isAll) throw new NotSent(saveWords.arrived);
    });
  return (
    <form data-part onSubmit={(event) => { event.preventDefault(); void add(); }}>
      <Area name="text" label={w.addendum} value={text} onInput={(value) => saver.write("text", value)} />
      {text !== "" && <SaveStatus saver={saver} view={view} words={() => w.addendum} />}
      <Conflicts saver={saver} view={view} field="text" words={() => w.addendum} />
      {naming.box}
      <Alert message={message} />
      <button type="submit" data-primary disabled={isBusy || text.trim() === "" || view.conflicts.length > 0}>
        {w.add}
      </button>
    </form>
  );
}

function Amend({ note, etag, layout, ...more }: Given) {
  const store = useMemo(() => localStore(`amendment ${note.id}`), [note.id]);
  const found = useSaver(store, true);
  const { isBusy, message, step } = useStep(more);
  const naming = useNaming();
  if (found === null) return null;
  const { saver, view } = found;
  const order = orderOf(layout, note.sections);
  const words = (field: string): string => (field === "reason" ? w.amendReason : layout.words(field));
  const textOf = (section: string): string => view.fields[section] ?? note.sections[section] ?? "";
  const amend = (): Promise<void> => {
    const sent = saver.view.fields;
    return step(
      () => amendNote(note.id, etag, Object.fromEntries(order.map((section) => [section, textOf(section)])), (view.fields["reason"] ?? "").trim(), naming.body).catch(naming.refused),
      async () => void (await saver.finish({ id: newId() }, sent)), // what was written meanwhile stays
    );
  };
  return (
    <form data-part onSubmit={(event) => { event.preventDefault(); void amend(); }}>
      <p class="hint">{w.amendHint}</p>
      <SaveStatus saver={saver} view={view} words={words} />
      {order.map((section) => (
        <div key={section}>
          <Area name={`amend-${section}`} label={words(section)} value={textOf(section)} onInput={(text) => saver.write(section, text)} />
          <Conflicts saver={saver} view={view} field={section} words={words} />
        </div>
      ))}
      <Area name="amend-reason" label={w.amendReason} value={view.fields["reason"] ?? ""} onInput={(text) => saver.write("reason", text)} rows={2} />
      {naming.box}
      <Alert message={message} />
      <button type="submit" class="primary" data-primary disabled={isBusy || !(view.fields["reason"] ?? "").trim() || view.conflicts.length > 0}>
        {w.amendGo}
      </button>
    </form>
  );
}

function InError({ note, etag, ...more }: Given) {
  const { isBusy, message, step } = useStep(more);
  const [reason, setReason] = useState("");
  return (
    <form data-part onSubmit={(event) => { event.preventDefault(); void step(() => enterNoteInError(note.id, etag, reason.trim())); }}>
      <p class="hint">{w.inErrorHint}</p>
      <Area name="error-reason" label={w.inErrorReason} value={reason} onInput={setReason} rows={2} />
      <Alert message={message} />
      <button type="submit" class="danger" data-primary disabled={isBusy || reason.trim() === ""}>
        {w.inError}
      </button>
    </form>
  );
}

function Versions({ note, layout }: { note: Note; layout: Layout }) {
  const loaded = useLoaded(`versions ${note.id} ${note.version}`, () => readNoteVersions(note.id));
  if (loaded.value === null) return <Pending loaded={loaded} />;
  return (
    <>
      {loaded.value
        .filter((version) => version.number !== note.content_version)
        .map((version) => (
          <article key={version.id}>
            <h3>{w.version(version.number, momentOf(version.created_at))}</h3>
            {version.reason && <p class="hint">{version.reason}</p>}
            <Sections sections={version.sections} layout={layout} />
          </article>
        ))}
    </>
  );
}

const signer = (signature: { name: string | null; credential: string | null }): string => [signature.name, signature.credential].filter(Boolean).join(", ");

export function NoteReader(given: Given) {
  const { note, team, layout } = given;
  const may = (step: Note["allowed_actions"][number]): boolean => note.allowed_actions.includes(step);
  const nameOf = (account: string): string => team.find((member) => member.account_id === account)?.name ?? "";
  return (
    <>
      {note.error_reason && (
        <p class="card warning" dir="auto">
          {w.errored(note.error_reason)}
        </p>
      )}
      {may("cosign") && <Cosign {...given} />}
      <article class="card sheet">
        <Sections sections={note.sections} layout={layout} />
        <footer>
          {note.signature && <p>{w.signed(signer(note.signature), momentOf(note.signature.at))}</p>}
          {note.cosignature && <p>{w.cosigned(signer(note.cosignature), momentOf(note.cosignature.at))}</p>}
          {note.state === "pending_cosign" && !may("cosign") && <p>{w.waitsCosign}</p>}
          {note.late_entry_reason && (
            <p class="hint" dir="auto">
              {w.late}: {note.late_entry_reason}
            </p>
          )}
          {note.content_sha256 && (
            <details class="sha">
              <summary>{w.sha}</summary>
              <code>{note.content_sha256}</code>
            </details>
          )}
        </footer>
      </article>
      <NoteFiles id={note.id} isOpen={false} />
      <Disagreements note={note} />
      <Requests note={note} />
      {(note.addenda.length > 0 || may("add_addendum")) && (
        <section class="card">
          <h2>{w.addenda}</h2>
          {note.addenda.map((addendum) => (
            <div key={addendum.id} class="addendum">
              <Words>{addendum.text}</Words>
              <p class="hint">
                {[addendum.author_name ?? nameOf(addendum.author_id), addendum.author_credential].filter(Boolean).join(", ")}, {momentOf(addendum.created_at)}
              </p>
            </div>
          ))}
          {may("add_addendum") && <AddAddendum {...given} />}
        </section>
      )}
      {note.state !== "entered_in_error" && note.state !== "filed_unsigned" && note.allowed_actions.includes("set_sharing") && <Sharing note={note} etag={given.etag} onChanged={given.onChanged} reload={given.reload} />}
      {may("amend") && <Fold title={w.amendTitle}>{() => <Amend {...given} />}</Fold>}
      {note.content_version > 1 && <Fold title={diffWords.title}>{() => <NoteChanges note={note} words={layout.words} />}</Fold>}
      {note.content_version > 1 && <Fold title={w.versions}>{() => <Versions note={note} layout={layout} />}</Fold>}
      <WhoSees kind="note" id={note.id} />
      {may("enter_in_error") && <Fold title={w.inError}>{() => <InError {...given} />}</Fold>}
    </>
  );
}
