/** Writing a psychotherapy note, and signing it. */
import { useEffect, useState } from "preact/hooks";
import { NotSent, useAct } from "../../core/hooks.js";
import { deleteOwnNote, signOwnNote } from "../../core/own-notes.js";
import { leaveWriter, type OwnWriter } from "../../core/own-writer.js";
import { withProof } from "../../core/proof.js";
import { en } from "../../messages/en/own-notes.js";
import { spoken, t, timeOf } from "../../messages/index.js";
import { Alert, Dialog, SureButton, Words } from "../../parts/basics.js";
import { go } from "../../route.js";

const w = spoken({ en });

function words(writer: OwnWriter): string {
  const { state, savedAt, text, note } = writer;
  if (state === "refused") return `${w.save.refused} ${writer.problem}`;
  if (note !== null && text.trim() === "") return w.save.blank;
  if (state === "saved" && note === null && text.trim() === "") return w.save.empty;
  if (state === "saved") return savedAt === null ? w.save.asSaved : w.save.saved(timeOf(savedAt));
  return w.save[state];
}

function Status({ writer }: { writer: OwnWriter }) {
  const isAlarming = ["offline", "ended", "conflict", "refused"].includes(writer.state);
  return (
    <div class={isAlarming ? "save alarming" : "save"}>
      <p role="status">
        <span data-save={writer.state}>{words(writer)}</span>
      </p>
    </div>
  );
}

function Conflict({ writer }: { writer: OwnWriter }) {
  const { theirs } = writer;
  if (theirs === null) return null;
  const decide = (text: string): void => {
    writer.decide(text);
    document.getElementById("field-own")?.focus();
  };
  return (
    <section class="conflict" aria-label={w.conflict}>
      <h2>{w.conflict}</h2>
      <div class="beside">
        <div>
          <h3>{w.there}</h3>
          <Words>{theirs}</Words>
        </div>
        <div>
          <h3>{w.here}</h3>
          <Words>{writer.text}</Words>
        </div>
      </div>
      <div class="row">
        <button type="button" onClick={() => decide(theirs)}>
          {w.take}
        </button>
        <button type="button" onClick={() => decide(writer.text)}>
          {w.keep}
        </button>
        <button type="button" onClick={() => decide(`${theirs.trimEnd()}\n\n${writer.text}`)}>
          {w.both}
        </button>
      </div>
    </section>
  );
}

function SignDialog({ writer, onSigned, onClose }: { writer: OwnWriter; onSigned: () => Promise<void>; onClose: () => void }) {
  const { isBusy, message, act } = useAct();
  const sign = (): Promise<void> =>
    act(async () => {
      const note = await writer.settled().catch(() => {
        throw new NotSent(w.unsettled);
      });
      await withProof(() => signOwnNote(note));
      await onSigned();
    });
  return (
    <Dialog title={w.signTitle} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); void sign(); }}>
        <p>{w.signSure}</p>
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

export function OwnEditor({ writer, onSigned }: { writer: OwnWriter; onSigned: () => Promise<void> }) {
  const [, draw] = useState({});
  const [isSigning, setIsSigning] = useState(false);
  const { message, act } = useAct();
  useEffect(() => {
    const stop = writer.subscribe(() => draw({}));
    draw({});
    return () => {
      stop();
      void leaveWriter(writer);
    };
  }, [writer]);
  const { note } = writer;
  const remove = (): Promise<void> =>
    act(async () => {
      if (note !== null) await withProof(() => deleteOwnNote(note));
      writer.end();
      go("own-notes", writer.patientId);
    });
  return (
    <>
      <Status writer={writer} />
      <div class="editor own">
        <div class="field">
          <label for="field-own">{w.text}</label>
          {/* `off`: a browser that opens its last pages again keeps the fields of forms on the disk. */}
          <textarea id="field-own" dir="auto" maxLength={20000} autocomplete="off" value={writer.text} data-field onInput={(event) => { writer.write(event.currentTarget.value); draw({}); }} />
        </div>
      </div>
      <Conflict writer={writer} />
      <Alert message={message} />
      <div class="row end">
        <button type="button" class="primary" data-primary disabled={writer.text.trim() === ""} onClick={() => setIsSigning(true)}>
          {w.sign}
        </button>
        {writer.state === "refused" && (
          <SureButton label={w.discard} question={w.discardSure} yes={w.discard} onSure={() => { writer.end(); go("own-notes", writer.patientId); }} />
        )}
        {writer.state !== "refused" && note !== null && <SureButton label={w.delete} question={w.deleteSure} yes={w.deleteYes} onSure={() => void remove()} />}
      </div>
      {isSigning && <SignDialog writer={writer} onSigned={onSigned} onClose={() => setIsSigning(false)} />}
    </>
  );
}
