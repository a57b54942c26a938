import { newId, Problem } from "@integration-journal/client";
import { useMemo } from "preact/hooks";
import { desk } from "../../core/desk.js";
import { NotSent, useAct, useDesk, useLoaded } from "../../core/hooks.js";
import { localStore, readPrompts, readReflection, readReplies, readTeam, replyTo, reviewReflection } from "../../core/things.js";
import type { Reflection, Reply } from "../../core/types.js";
import { useSaver } from "../../core/writing.js";
import { en } from "../../messages/en/reflection.js";
import { momentOf, spoken } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Alert, Area, Pending, Words } from "../../parts/basics.js";
import { Conflicts, SaveStatus, saveWords } from "../../parts/saving.js";
import { ReflectionFiles } from "../../parts/note-files.js";
import { WhoSees } from "../../parts/who-sees.js";
import { Room } from "../../parts/room.js";
import { NewPlan } from "../chart/begin.js";

const w = spoken({ en });

function Ratings({ reflection }: { reflection: Reflection }) {
  const rated = Object.entries(reflection.ratings ?? {}).filter(([, value]) => value !== null) as [string, number][];
  if (rated.length === 0) return null;
  return (
    <dl class="ratings">
      {rated.map(([name, value]) => (
        <div key={name}>
          <dt>{plain(name)}</dt>
          <dd>
            <meter min={0} max={10} value={value} aria-label={plain(name)} /> {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Answers({ reflection }: { reflection: Reflection }) {
  const prompts = useLoaded("prompts", readPrompts);
  const set = prompts.value?.find((one) => one.id === reflection.prompt_set && one.version === reflection.prompt_set_version);
  return (
    <>
      {reflection.answers.map((answer) => (
        <div key={answer.prompt_id} class="answer">
          <h2>{set?.prompts.find((prompt) => prompt.id === answer.prompt_id)?.text ?? answer.prompt_id}</h2>
          <Words>{answer.text}</Words>
        </div>
      ))}
    </>
  );
}

function ReplyForm({ id, onSent }: { id: string; onSent: () => Promise<void> }) {
  const store = useMemo(() => localStore(`reply ${id}`), [id]);
  const found = useSaver(store, true);
  const { isBusy, message, act } = useAct();
  if (found === null) return null;
  const { saver, view } = found;
  const text = view.fields["text"] ?? "";
  const send = (): Promise<void> =>
    act(async () => {
      const sent = saver.view.fields;
      const isSent = await replyTo(id, (saver.facts["id"] ??= newId()), sent["text"] ?? "");
      const isAll = await saver.finish({ id: newId() }, isSent ? sent : {});
      await onSent();
      if (!isAll) throw new NotSent(saveWords.arrived);
    });
  return (
    <form data-part onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <Area name="text" label={w.reply} hint={w.replyHint} value={text} onInput={(value) => saver.write("text", value)} />
      {text !== "" && <SaveStatus saver={saver} view={view} words={() => w.reply} />}
      <Conflicts saver={saver} view={view} field="text" words={() => w.reply} />
      <Alert message={message} />
      <button type="submit" data-primary disabled={isBusy || text.trim() === "" || view.conflicts.length > 0}>
        {w.send}
      </button>
    </form>
  );
}

function Replies({ reflection }: { reflection: Reflection }) {
  const { me } = useDesk();
  const loaded = useLoaded<Reply[]>(`replies ${reflection.id}`, () => readReplies(reflection.id), (change) => change.id === reflection.id);
  const team = useLoaded(`team ${reflection.patient_id}`, () => readTeam(reflection.patient_id));
  const nameOf = (reply: Reply): string => (reply.is_patient ? w.patient : (team.value?.find((one) => one.account_id === reply.author_id)?.name ?? (reply.author_id === me?.id ? (me?.name ?? "") : "")));
  return (
    <section class="card">
      <h2>{w.replies}</h2>
      {loaded.value === null && <Pending loaded={loaded} />}
      {[...(loaded.value ?? [])].reverse().map((reply) => (
        <div key={reply.id} class={reply.is_patient ? "reply" : "reply staff"}>
          <p class="hint">
            {nameOf(reply)}, {momentOf(reply.created_at)}
          </p>
          <Words>{reply.text}</Words>
        </div>
      ))}
      {reflection.allowed_actions.includes("reply") && <ReplyForm id={reflection.id} onSent={loaded.reload} />}
    </section>
  );
}

export function ReflectionScreen({ id }: { id: string }) {
  const loaded = useLoaded(`reflection ${id}`, () => readReflection(id), (change) => change.id === id);
  const { isBusy, message, act } = useAct();
  const reflection = loaded.value?.thing ?? null;
  const review = (): Promise<void> =>
    act(async () => {
      try {
        loaded.set(await reviewReflection(id, loaded.value?.etag ?? ""));
        void desk.readTasks();
      } catch (error) {
        if (error instanceof Problem && error.isStale) await loaded.reload();
        throw error;
      }
    });
  return (
    <Room title={w.title} patientId={reflection?.patient_id} loaded={loaded} hint={reflection && w.written(momentOf(reflection.happened_at))}>
      {({ thing }) => <Whole reflection={thing} isBusy={isBusy} message={message} review={review} />}
    </Room>
  );
}

function Whole({ reflection, isBusy, message, review }: { reflection: Reflection; isBusy: boolean; message: string; review: () => Promise<void> }) {
  const isToReview = reflection.allowed_actions.includes("review") && (reflection.reviewed_at === null || reflection.edited_since_review);
  const isUnsafe = reflection.safety === "not_safe" || reflection.safety === "not_sure" || reflection.contact_me;
  return (
    <>
      {isUnsafe && (
        <section class="card warning">
          <p>
            <strong>{[reflection.safety && reflection.safety !== "safe" && w.safety[reflection.safety], reflection.contact_me && w.contactMe].filter(Boolean).join(". ")}</strong>
          </p>
        </section>
      )}
      <article class="card sheet">
        {reflection.text && <Words>{reflection.text}</Words>}
        <Answers reflection={reflection} />
        {!reflection.text && reflection.answers.length === 0 && <p class="hint">{w.noText}</p>}
        <Ratings reflection={reflection} />
        {reflection.insights.length > 0 && (
          <>
            <h2>{w.insights}</h2>
            <ul class="insights">
              {reflection.insights.map((insight) => (
                <li key={insight.id}>
                  <span dir="auto">{insight.text}</span> <NewPlan patientId={reflection.patient_id} insight={insight} />
                </li>
              ))}
            </ul>
          </>
        )}
        {reflection.monitoring && (
          <details>
            <summary>{w.told}</summary>
            <p>{reflection.monitoring.text}</p>
          </details>
        )}
      </article>
      <ReflectionFiles id={reflection.id} />
      <div class="row end" data-part>
        {reflection.reviewed_at && (
          <p role="status">
            {w.reviewed(momentOf(reflection.reviewed_at))} {reflection.edited_since_review && w.edited}
          </p>
        )}
        {isToReview && (
          <button type="button" class="primary" data-primary disabled={isBusy} onClick={() => void review()}>
            {w.review}
          </button>
        )}
      </div>
      <Alert message={message} />
      <Replies reflection={reflection} />
      <WhoSees kind="reflection" id={reflection.id} />
    </>
  );
}
