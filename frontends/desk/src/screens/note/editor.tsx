/** Writing a note. Every keystroke is kept; signing waits until the API has every word. */
import { Problem } from "@integration-journal/client";
import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import { desk } from "../../core/desk.js";
import { useAct, wordsFor } from "../../core/hooks.js";
import { withProof } from "../../core/proof.js";
import type { Saver } from "../../core/saver.js";
import type { Layout } from "../../core/layouts.js";
import { deleteNote, noteStore, signNote } from "../../core/things.js";
import type { Note } from "../../core/types.js";
import { useSaver } from "../../core/writing.js";
import { en as noteEn } from "../../messages/en/note.js";
import { en as savingEn } from "../../messages/en/saving.js";
import { momentOf, spoken, t } from "../../messages/index.js";
import { Alert, Area, Dialog, SureButton, Words } from "../../parts/basics.js";
import { Conflicts, SaveStatus } from "../../parts/saving.js";
import { go } from "../../route.js";
import type { NoteFacts } from "./note.js";
import { NoteFiles } from "../../parts/note-files.js";
import { useNaming } from "./names.js";
import { Sharing } from "./sharing.js";

const w = spoken({ en: noteEn });
const { save: saveWords } = spoken({ en: savingEn });

interface Given {
  layout: Layout;
  heading: ComponentChildren;
  id: string;
  note: Note | null;
  facts: NoteFacts;
  onRead: (note: Note, etag: string) => void;
  reload: () => Promise<void>;
}

export function NoteEditor({ layout, heading, id, note, facts, onRead, reload }: Given) {
  const store = useMemo(() => noteStore(id, facts, onRead), [id]);
  const found = useSaver(store, true);
  const [isSigning, setIsSigning] = useState(false);
  if (found === null || found.message) {
    return (
      <>
        {heading}
        <p role={found?.message ? "alert" : undefined}>{found?.message || t.loading}</p>
      </>
    );
  }
  const { saver, view } = found;
  const sections = layout.order.length > 0 ? layout.order : Object.keys(view.fields);
  const last = note?.returns.at(-1);
  const remove = async (): Promise<void> => {
    const etag = saver.base?.etag;
    if (etag) await desk.ask(() => withProof(() => deleteNote(id, etag)));
    await saver.discard();
    history.back();
  };
  return (
    <>
      {heading}
      {last && (
        <section class="card warning">
          <h2>{w.returned("", momentOf(last.at)).replace(" by ,", ",")}</h2>
          <Words>{last.reason}</Words>
        </section>
      )}
      <SaveStatus saver={saver} view={view} words={layout.words} />
      <div class="editor">
        {view.state !== "opening" &&
          sections.map((section) => (
            <div key={section} class="section">
              <Area name={section} label={layout.words(section)} hint={layout.hint(section)} value={view.fields[section] ?? ""} onInput={(text) => saver.write(section, text)} />
              <Conflicts saver={saver} view={view} field={section} words={layout.words} />
            </div>
          ))}
      </div>
      <div class="row end">
        <button type="button" class="primary" data-primary disabled={view.state === "opening"} onClick={() => setIsSigning(true)}>
          {w.sign}
        </button>
        {view.state === "refused" ? (
          <SureButton label={saveWords.discard} question={saveWords.discardSure} yes={saveWords.discardYes} onSure={() => void saver.discard().then(() => go())} />
        ) : (
          (note === null || note.allowed_actions.includes("delete")) && <SureButton label={w.delete} question={w.deleteSure} yes={w.deleteYes} onSure={() => void remove().catch(() => undefined)} />
        )}
      </div>
      {note !== null && <NoteFiles id={id} isOpen={note.author_id === desk.state.me?.id} />}
      {note !== null && <Sharing note={note} etag={saver.base?.etag ?? ""} onChanged={() => void saver.look()} reload={() => saver.look()} />}
      {isSigning && <SignDialog saver={saver} id={id} layout={layout} note={note} onClose={() => setIsSigning(false)} onSigned={(signed, etag) => { onRead(signed, etag); void desk.readTasks(); }} reload={reload} />}
    </>
  );
}

interface Signing {
  saver: Saver;
  id: string;
  layout: Layout;
  note: Note | null;
  onClose: () => void;
  onSigned: (note: Note, etag: string) => void;
  reload: () => Promise<void>;
}

function SignDialog({ saver, id, layout, note, onClose, onSigned }: Signing) {
  const [needsReason, setNeedsReason] = useState(false);
  const [reason, setReason] = useState("");
  const [isCosigned, setIsCosigned] = useState(note?.needs_cosign ?? false);
  const { isBusy, message, say, act } = useAct();
  const naming = useNaming();
  const sign = (): Promise<void> =>
    act(async () => {
      const missing = layout.required.filter((section) => (saver.view.fields[section] ?? "").trim() === "");
      if (missing.length > 0) return say(w.missing(missing.map(layout.words).join(", ")));
      let etag: string;
      try {
        etag = await saver.settled();
      } catch {
        return say(w.unsettled);
      }
      const body = { ...(reason.trim() ? { late_entry_reason: reason.trim() } : {}), ...(isCosigned ? { needs_cosign: true } : {}), ...naming.body };
      try {
        const signed = await withProof(() => signNote(id, etag, body));
        onSigned(signed.thing, signed.etag);
        onClose();
      } catch (error) {
        naming.look(error);
        if (error instanceof Problem && error.code === "late-entry-reason-needed") setNeedsReason(true);
        else if (error instanceof Problem && error.isStale) void saver.look();
        say(error instanceof Problem && error.body.errors.length > 0 ? w.missing(error.body.errors.map((one) => layout.words(one.field.split(".").at(-1) ?? "")).join(", ")) : wordsFor(error));
      }
    });
  return (
    <Dialog title={w.signTitle} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); void sign(); }}>
        <blockquote>{note?.allowed_actions.includes("sign") === false ? w.notEditable : w.attest}</blockquote>
        <p class="hint">{w.signHint}</p>
        {needsReason && <Area name="late-reason" label={w.lateReason} value={reason} onInput={setReason} isField={false} />}
        <label class="check">
          <input type="checkbox" checked={isCosigned} onChange={(event) => setIsCosigned(event.currentTarget.checked)} />
          {w.needsCosign}
        </label>
        {naming.box}
        <Alert message={message} />
        <div class="row">
          <button type="submit" class="primary" data-primary disabled={isBusy}>
            {w.sign}
          </button>
          <button type="button" class="quiet" onClick={onClose}>
            {t.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
