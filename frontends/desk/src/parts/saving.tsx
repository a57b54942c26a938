/** What autosave shows: where the words are, and two texts for one field side by side. */
import { useState } from "preact/hooks";
import type { Draft } from "../core/local.js";
import type { Conflict } from "../core/merge.js";
import { desk } from "../core/desk.js";
import type { Saver } from "../core/saver.js";
import type { SaverView } from "../core/saving.js";
import { t, timeOf } from "../messages/index.js";
import { SureButton, Words } from "./basics.js";

function stateWords(view: SaverView, isEmpty: boolean): string {
  const { state, isKept, savedAt } = view;
  if (state === "saved") return t.save.saved(savedAt === null ? "" : timeOf(savedAt));
  if (state === "kept") return isEmpty ? t.save.empty : isKept ? t.save.kept : t.save.keeping;
  return isKept || state === "opening" || state === "saving" ? t.save[state] : t.save.keeping;
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
        {view.taken.length > 0 && ` ${t.save.taken(view.taken.map(words).join(", "))}`}
        {view.replaced && ` ${t.save.replaced}`}
      </p>
      {view.replaced && (
        <button type="button" class="link" onClick={() => saver.undo()}>
          {t.save.undo}
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
    <section class="conflict" aria-label={t.conflict.title(label)}>
      <h2>{t.conflict.title(label)}</h2>
      <div class="beside">
        <div>
          <h3>{conflict.from === "saved" ? t.conflict.saved : t.conflict.computer}</h3>
          <Words>{conflict.theirs}</Words>
        </div>
        <div>
          <h3>{t.conflict.mine}</h3>
          <Words>{mine}</Words>
        </div>
      </div>
      <div class="row">
        <button type="button" onClick={() => refocus("theirs")}>
          {t.conflict.takeTheirs}
        </button>
        <button type="button" onClick={() => refocus("mine")}>
          {t.conflict.keepMine}
        </button>
        <button type="button" onClick={() => refocus("both")}>
          {t.conflict.both}
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
      <h2>{t.save.unsavedWords}</h2>
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
            label={t.save.discard}
            question={t.save.discardSure}
            yes={t.save.discardYes}
            onSure={() => void desk.local.remove(draft).then(() => { setGone([...gone, draft.writer]); return desk.readDrafts(); })}
          />
        </div>
      ))}
    </section>
  );
}
