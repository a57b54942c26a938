import { newId } from "@integration-journal/client";
import { useState } from "preact/hooks";
import { nextEtag } from "../../journal/entries.js";
import { useDraft, useEntries, useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import type { Ratings, ReflectionCreate } from "../../journal/types.js";
import { t } from "../../messages/index.js";
import { Choice, Scale, TextField, Title } from "../../parts/basics.js";
import { Crisis } from "../../parts/crisis.js";
import { FragmentField, NO_FRAGMENT, fragmentOf, missingIn, type FragmentDraft } from "../../parts/fragment.js";
import { go } from "../../route.js";

type Safe = NonNullable<ReflectionCreate["safety"]>;

interface WriteDraft {
  text: string;
  ratings: Partial<Record<keyof Ratings, number | null>>;
  answers: Record<string, string>;
  safety: Safe | null;
  contact: boolean;
  fragment: FragmentDraft;
  /** When the first word was written, by this phone's clock. */
  began_at: string;
}

const RATINGS = ["mood", "anxiety", "energy", "sleep", "connection", "distress"] as const;

function draftOf(content: ReflectionCreate | undefined): WriteDraft {
  return {
    text: content?.text ?? "",
    ratings: { ...content?.ratings },
    answers: Object.fromEntries((content?.answers ?? []).map((answer) => [answer.prompt_id, answer.text])),
    safety: content?.safety ?? null,
    contact: content?.contact_me ?? false,
    fragment: NO_FRAGMENT,
    began_at: new Date().toISOString(),
  };
}

const MORE = "more-";

/**
 * Write an entry, or change one: a moment, words, numbers, answers.
 *
 * `id` is `new`, `ratings`, an entry's, or `more-` and that of an entry that a new one says more about.
 */
export function Write({ id }: { id: string }) {
  const { prompts } = useJournal();
  const elaborated = id.startsWith(MORE) ? id.slice(MORE.length) : null;
  const isNew = id === "new" || id === "ratings" || elaborated !== null;
  const entry = useEntries().find((one) => one.id === id);
  const draft = useDraft<WriteDraft>(isNew && elaborated === null ? "write" : `write ${id}`, () => draftOf(entry?.content));
  const [message, setMessage] = useState("");
  const value = draft.value;
  if (value === null) return <p class="hint">{t.loading}</p>;

  const moment = value.fragment ?? NO_FRAGMENT; // a draft of an earlier version has none
  const set = (changes: Partial<WriteDraft>): void => draft.set({ ...value, ...changes });
  const wanted = entry?.content.prompt_set;
  const version = entry?.content.prompt_set_version;
  const set_ = prompts.find((one) => one.id === wanted && one.version === version) ?? [...prompts].sort((a, b) => b.version - a.version)[0];
  const questions = set_?.prompts.filter((prompt) => prompt.area !== "safety_check") ?? [];

  const keep = async (): Promise<void> => {
    const answers = Object.entries(value.answers).filter(([, text]) => text.trim() !== "").map(([prompt_id, text]) => ({ prompt_id, text }));
    const hasRatings = RATINGS.some((name) => value.ratings[name] !== null && value.ratings[name] !== undefined);
    const missing = isNew ? missingIn(moment) : null;
    if (missing !== null) return setMessage(missing);
    const fragment = isNew ? fragmentOf(moment) : null;
    if (value.text.trim() === "" && answers.length === 0 && !hasRatings && value.safety === null && fragment === null) return setMessage(t.write.nothing);
    const isPrompted = answers.length > 0 && set_ !== undefined;
    const kind = isNew ? (fragment ? "fragment" : isPrompted ? "prompted" : "text") : (entry?.content.kind ?? "text");
    const content = {
      text: value.text.trim() === "" ? null : value.text,
      ratings: hasRatings ? value.ratings : null,
      safety: value.safety,
      contact_me: value.contact,
      ...(kind === "prompted" && set_ ? { answers, prompt_set: set_.id, prompt_set_version: set_.version } : {}),
    };
    const thing = isNew ? newId() : id;
    if (isNew) {
      await journal.write("create_reflection", { body: { id: thing, kind, captured_at: value.began_at, ...content, ...(fragment ? { fragment } : {}), ...(elaborated ? { elaborates_id: elaborated } : {}) }, thingId: thing });
    } else {
      const after = entry?.waiting.map((write) => write.key) ?? [];
      await journal.write("update_reflection", { path: { reflection_id: id }, body: content, ifMatch: nextEtag(entry), after, thingId: id, keepBoth: true });
    }
    await draft.clear();
    if (isNew) go("share", thing);
    else go("entry", thing);
  };

  const ratings = (
    <details open={id === "ratings" || RATINGS.some((name) => value.ratings[name] != null)}>
      <summary>{t.write.ratings}</summary>
      <p class="hint">{t.write.ratingsHint}</p>
      {RATINGS.map((name) => {
        const [label, low, high] = t.ratings[name]!;
        return <Scale key={name} name={name} label={label} low={low} high={high} value={value.ratings[name]} onChange={(number) => set({ ratings: { ...value.ratings, [name]: number } })} />;
      })}
    </details>
  );

  return (
    <>
      <Title>{isNew ? t.write.titleNew : t.write.titleEdit}</Title>
      {isNew && elaborated === null && <FragmentField value={moment} onChange={(fragment) => set({ fragment })} />}
      {id === "ratings" && ratings}
      <TextField name="text" label={t.write.text} hint={t.write.textHint} rows={id === "ratings" ? 3 : 8} value={value.text} onInput={(text) => set({ text })} />
      {id !== "ratings" && ratings}
      {questions.length > 0 && moment.form === null && (isNew || entry?.content.kind === "prompted") && (
        <details open={Object.values(value.answers).some((text) => text !== "")}>
          <summary>{t.write.questions}</summary>
          {questions.map((prompt) => (
            <TextField key={prompt.id} name={prompt.id} label={prompt.text} {...(prompt.help ? { hint: prompt.help } : {})} rows={2} value={value.answers[prompt.id] ?? ""} onInput={(text) => set({ answers: { ...value.answers, [prompt.id]: text } })} />
          ))}
        </details>
      )}
      <Choice name="safety" label={t.write.safe} hint={t.write.safeHint} options={t.write.safety} value={value.safety} onChange={(safety) => set({ safety })} />
      <label class="check">
        <input type="checkbox" checked={value.contact} onChange={(event) => set({ contact: event.currentTarget.checked })} />
        <span>
          {t.write.contact} <span class="hint">{t.write.contactHint}</span>
        </span>
      </label>
      {(value.safety === "not_safe" || value.safety === "not_sure") && (
        <>
          <Crisis />
          <p>
            <a class="button help wide" href="#/help">
              {t.help.ask}
            </a>
          </p>
        </>
      )}
      <p role="alert" class="message">
        {message}
      </p>
      <button type="button" class="primary wide" onClick={() => void keep()}>
        {isNew ? t.write.keep : t.write.keepChange}
      </button>
      <p class="hint" role="status">
        {draft.isKept ? t.write.kept : t.write.keeping}
      </p>
    </>
  );
}
