/** What autosave shows: where the words are, and two texts for one field side by side. */
import { useState } from "preact/hooks";
import type { Draft } from "../core/local.js";
import type { Conflict } from "../core/merge.js";
import { desk } from "../core/desk.js";
import type { Saver } from "../core/saver.js";
import type { SaverView } from "../core/saving.js";
import { en } from "../messages/en/saving.js";
import { spoken, timeOf } from "../messages/index.js";
import { SureButton, Words } from "./basics.js";

const words = spoken({ en });
const { conflict: conflictWords } = words;
export const saveWords = words.save;

function stateWords(view: SaverView, isEmpty: boolean): string {
  const { state, isKept, savedAt } = view;
  if (state === "saved") return saveWords.saved(savedAt === null ? "" : timeOf(savedAt));
  if (state === "kept") return isEmpty ? saveWords.empty : isKept ? saveWords.kept : saveWords.keeping;
  return isKept || state === "opening" || state === "saving" ? saveWords[state] : saveWords.keeping;
}

/** One line: what is saved, what is kept here. */
export function SaveStatus({ saver, view, words }: { saver: Saver; view: SaverView; words: (field: string) => string }) {
  const isEmpty = Object.values(view.fields).every((text) => text === "");
  const isAlarming = ["conflict", "refused", "ended", "offline"].includes(view.state);
  return (
    <div class={isAlarming ? "save alarming" : "save"}>
      <p role="status">
        <span data-save={view.state} data-kept={view.isKept}>{stateWords(view, isEmpty)}</span>
        {view.problem && ` ${view.problem.detail}`}
        {view.taken.length > 0 && ` ${saveWords.taken(view.taken.map(words).join(", "))}`}
        {view.replaced && ` ${saveWords.replaced}`}
      </p>
      {view.replaced && (
        <button type="button" class="link" onClick={() => saver.undo()}>
          {saveWords.undo}
        </button>
      )}
    </div>
  );
}

/** The other texts for one field. */
export function Conflicts({ saver, view, field, words }: { saver: Saver; view: SaverView; field: string; words: (field: string) => string }) {
  const found = view.conflicts.filter((one) => one.field === field);
  return (
    <>
      {found.map((conflict) => (
        <OneConflict key={conflict.theirs} saver={saver} conflict={conflict} mine={view.fields[field] ?? ""} label={words(field)} />
      ))}
    </>
  );
}

function OneConflict({ saver, conflict, mine, label }: { saver: Saver; conflict: Conflict; mine: string; label: string }) {
  const refocus = (choice: "mine" | "theirs" | "both"): void => {
    saver.decide(conflict, choice);
    document.getElementById(`field-${conflict.field}`)?.focus();
  };
  return (
    <section class="conflict" aria-label={conflictWords.title(label)}>
      <h2>{conflictWords.title(label)}</h2>
      <div class="beside">
        <div>
          <h3>{conflict.from === "saved" ? conflictWords.saved : conflictWords.computer}</h3>
          <Words>{conflict.theirs}</Words>
        </div>
        <div>
          <h3>{conflictWords.mine}</h3>
          <Words>{mine}</Words>
        </div>
      </div>
      <div class="row">
        <button type="button" onClick={() => refocus("theirs")}>
          {conflictWords.takeTheirs}
        </button>
        <button type="button" onClick={() => refocus("mine")}>
          {conflictWords.keepMine}
        </button>
        <button type="button" onClick={() => refocus("both")}>
          {conflictWords.both}
        </button>
      </div>
    </section>
  );
}

/** Words that were written here for a thing that can be changed no more. They go when a person says so. */
export function Unsaved({ drafts, words }: { drafts: Draft[]; words: (field: string) => string }) {
  const [gone, setGone] = useState<string[]>([]);
  const left = drafts.filter((draft) => !gone.includes(draft.writer));
  if (left.length === 0) return null;
  return (
    <section class="card warning">
      <h2>{saveWords.unsavedWords}</h2>
      {left.map((draft) => (
        <div key={draft.writer}>
          {Object.entries(draft.fields)
            .filter(([field, text]) => text !== "" && text !== (draft.base?.fields[field] ?? ""))
            .map(([field, text]) => (
              <div key={field}>
                <h3>{words(field)}</h3>
                <Words>{text}</Words>
              </div>
            ))}
          <SureButton
            label={saveWords.discard}
            question={saveWords.discardSure}
            yes={saveWords.discardYes}
            onSure={() => void desk.local.remove(draft).then(() => { setGone([...gone, draft.writer]); return desk.readDrafts(); })}
          />
        </div>
      ))}
    </section>
  );
}
