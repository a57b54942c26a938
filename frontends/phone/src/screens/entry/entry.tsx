import { Problem } from "@integration-journal/client";
import { useEffect } from "preact/hooks";
import { FileList } from "../../../../shared/files.js";
import { heldUntil, nextEtag, type JournalEntry } from "../../journal/entries.js";
import { useDraft, useEntries, useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import type { Prompt, PromptSet, ReflectionCreate } from "../../journal/types.js";
import { momentOf, t } from "../../messages/index.js";
import { r } from "../../messages/rooms.js";
import { SureButton, TextField, Title, Words } from "../../parts/basics.js";
import { fragmentWords } from "../../parts/fragment.js";
import { Statement } from "../../parts/statement.js";
import { go } from "../../route.js";
import { isShared, unshare } from "../share/share.js";

/** The content of an entry, for reading. */
export function Content({ content, prompts }: { content: ReflectionCreate; prompts: PromptSet[] }) {
  const set = prompts.find((one) => one.id === content.prompt_set && one.version === content.prompt_set_version);
  const questions = new Map<string, Prompt>(set?.prompts.map((prompt) => [prompt.id, prompt]));
  const ratings = Object.entries(content.ratings ?? {}).filter(([, value]) => typeof value === "number");
  return (
    <>
      {content.fragment && <p class="moment">{fragmentWords(content.fragment)}</p>}
      {content.text && <Words>{content.text}</Words>}
      {content.answers?.map((answer) => (
        <div key={answer.prompt_id}>
          <p class="eyebrow">{questions.get(answer.prompt_id)?.text ?? answer.prompt_id}</p>
          <Words>{answer.text}</Words>
        </div>
      ))}
      {content.insights?.map((insight) => <Words key={insight.text}>{insight.text}</Words>)}
      {ratings.length > 0 && (
        <dl class="ratings">
          {ratings.map(([name, value]) => (
            <div key={name}>
              <dt>{t.ratings[name]?.[0] ?? name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

function Replies({ entry }: { entry: JournalEntry }) {
  const { replies, waiting } = useJournal();
  const draft = useDraft<string>(`reply ${entry.id}`, () => "");
  const found = replies[entry.id] ?? [];
  const mine = waiting.filter((write) => write.operation === "reply_reflection" && write.thing_id === entry.id);
  useEffect(() => {
    if (entry.stored) void journal.reader.readReplies(entry.id);
  }, [entry.id, entry.stored?.reply_count]);
  const send = async (): Promise<void> => {
    await journal.write("reply_reflection", { path: { reflection_id: entry.id }, body: { text: draft.value ?? "" }, thingId: entry.id });
    await draft.clear();
  };
  return (
    <section aria-labelledby="replies">
      <h2 id="replies">{t.entry.replies}</h2>
      {found.length + mine.length === 0 && <p class="hint">{t.entry.noReplies}</p>}
      {[...found].reverse().map((reply) => (
        <article key={reply.id} class={reply.is_patient ? "reply mine" : "reply"}>
          <p class="hint">
            {reply.is_patient ? t.entry.you : t.entry.team} · {momentOf(reply.created_at)}
          </p>
          <Words>{reply.text}</Words>
        </article>
      ))}
      {mine.map((write) => (
        <article key={write.key} class="reply mine">
          <p class="hint">{t.entry.replyWaits}</p>
          <Words>{(write.body as { text: string }).text}</Words>
        </article>
      ))}
      {entry.stored?.allowed_actions.includes("reply") && draft.value !== null && (
        <>
          <TextField name="reply" label={t.entry.reply} rows={3} value={draft.value} onInput={draft.set} />
          <button type="button" disabled={draft.value.trim() === ""} onClick={() => void send()}>
            {t.entry.sendReply}
          </button>
        </>
      )}
    </section>
  );
}

/** A promised answer that did not come: since when, and the new time. */
function Promise({ entry }: { entry: JournalEntry }) {
  const promise = entry.stored?.reply_promise;
  if (promise?.state !== "missed" || promise.answered_at !== null) return null;
  return (
    <p class="card" role="status">
      {t.entry.late(momentOf(promise.promised_for), momentOf(promise.reply_by))}
    </p>
  );
}

/** The other text, if this entry was changed in two places at once. Deleting either entry decides it. */
function OtherText({ entry }: { entry: JournalEntry }) {
  const { prompts } = useJournal();
  const meant = entry.stored?.conflict_of_id;
  const other = useEntries().find((one) => (meant ? one.id === meant : one.stored?.conflict_of_id === entry.id));
  if (other === undefined) return null;
  return (
    <section class="card warning" aria-labelledby="other-text">
      <h2 id="other-text">{t.entry.otherText}</h2>
      <p>{t.entry.bothKept}</p>
      <Content content={other.content} prompts={prompts} />
      <a class="button" href={`#/entry/${other.id}`}>
        {t.entry.openOther}
      </a>
    </section>
  );
}

const FILES = {
  client: journal.client,
  words: r.files,
  when: momentOf,
  wordsFor: (error: unknown): string => (error instanceof Problem && error.body.detail) || r.files.other,
  Sure: SureButton,
};
const parentOf = (reflection_id: string) => ({ reflection_id });

/** One entry: its words, where it is, who has read it, what can be done. */
export function EntryScreen({ id }: { id: string }) {
  const { prompts, inbox, reflections } = useJournal();
  const entry = useEntries().find((one) => one.id === id);
  const unread = inbox.find((item) => item.subject_id === id && item.read_at === null);
  useEffect(() => {
    if (unread) void journal.write("mark_inbox_read", { path: { item_id: unread.id } });
  }, [unread?.id]);
  if (entry === undefined) return <Title>{t.entry.gone}</Title>;
  const { stored } = entry;
  const held = heldUntil(reflections, Date.now());
  const earlier = stored?.elaborates_id ?? entry.content.elaborates_id;
  const allows = (action: string): boolean => stored === null || (stored.allowed_actions as string[]).includes(action);
  const remove = async (): Promise<void> => {
    const after = entry.waiting.map((write) => write.key);
    await journal.write("delete_reflection", { path: { reflection_id: id }, ifMatch: nextEtag(entry), after, thingId: id });
    go("entries");
  };
  return (
    <>
      <Title>{t.entry.writtenAt(momentOf(entry.at))}</Title>
      <p class={`where ${entry.where}`}>{entry.where === "read" && stored?.first_read_at ? t.entry.readAt(momentOf(stored.first_read_at)) : entry.where === "shared-later" && stored?.release_at ? t.entry.releaseAt(momentOf(stored.release_at)) : t.where[entry.where]}</p>
      {entry.where === "needs-you" && <a href="#/waiting">{t.status.look}</a>}
      <article class="card">
        <Content content={entry.content} prompts={prompts} />
      </article>
      {earlier && <a href={`#/entry/${earlier}`}>{t.entry.earlier}</a>}
      <OtherText entry={entry} />
      <div class="row">
        {entry.content.kind === "fragment" && (
          <a class="button" href={`#/write/more-${id}`}>
            {t.entry.sayMore}
          </a>
        )}
        {allows("update") && (
          <a class="button" href={`#/write/${id}`}>
            {t.entry.edit}
          </a>
        )}
        {!isShared(entry) && (
          <a class="button" href={`#/share/${id}`}>
            {t.entry.share}
          </a>
        )}
        {isShared(entry) && (allows("unshare") || entry.where === "phone") && (
          <button type="button" onClick={() => void unshare(entry)}>
            {t.entry.unshare}
          </button>
        )}
      </div>
      <p>
        <a href={`#/who/entry/${id}`}>{t.entry.who}</a>
      </p>
      {stored !== null && <FileList {...FILES} parent={parentOf(id)} isOpen={!isShared(entry) && allows("update")} />}
      {held !== null && <p class="hint">{t.entry.held(momentOf(held))}</p>}
      <Statement entry={entry} />
      <Promise entry={entry} />
      {stored !== null && <Replies entry={entry} />}
      {!isShared(entry) && allows("delete") && <SureButton label={t.entry.remove} question={t.entry.removeSure} yes={t.entry.removeYes} onSure={() => void remove()} />}
    </>
  );
}
