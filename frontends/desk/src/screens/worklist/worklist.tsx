import { useState } from "preact/hooks";
import { desk } from "../../core/desk.js";
import { useAct, useDesk } from "../../core/hooks.js";
import type { Draft } from "../../core/local.js";
import { completeTask } from "../../core/things.js";
import type { Task, Urgency } from "../../core/types.js";
import { agoOf, momentOf, t } from "../../messages/index.js";
import { formatWords, plain, stateWords } from "../../messages/words.js";
import { Alert, Title, useRowFocus } from "../../parts/basics.js";

const ORDER: Urgency[] = ["critical", "high", "moderate", "routine"];
const BY_STEP = ["reflection_to_review", "plan_to_answer", "note_to_sign", "note_to_cosign"];

/** Where a task leads. */
export function taskHref(task: Task): string {
  const { kind, subject_id: id, patient_id: patient } = task;
  if (kind.startsWith("note") || kind.startsWith("withholding")) return `#/note/${id}`;
  if (kind.startsWith("reflection") || kind.startsWith("reply")) return `#/reflection/${id}`;
  if (kind.startsWith("plan")) return `#/plan/${id}`;
  if (kind.startsWith("safety_plan")) return `#/safety-plan/${patient}`;
  if (kind.startsWith("measure_response")) return `#/answer/${id}`;
  if (kind.startsWith("flag")) return `#/flag/${id}`;
  if (kind.startsWith("consent")) return `#/consents/${patient}`;
  if (kind.startsWith("summary")) return `#/summary/${id}`;
  if (kind.startsWith("goal")) return `#/goals/${patient}`;
  if (kind.startsWith("home_count") || kind.startsWith("refill")) return `#/supply/${patient}`;
  if (kind.startsWith("observer") || kind.startsWith("link")) return `#/remote/${id}`;
  if (kind.startsWith("record_request")) return `#/copy/${id}`;
  if (kind.startsWith("amendment_request")) return `#/request/${id}`;
  if (kind.startsWith("disagreement")) return `#/note/${id}`;
  if (kind.startsWith("rems_form") || kind.startsWith("readiness")) return `#/dosing/${id}`;
  return `#/chart/${patient}`;
}

function detailWords(task: Task): string {
  if (task.detail === null) return "";
  if (task.kind.startsWith("note")) return formatWords(task.detail);
  return task.kind.startsWith("plan") ? stateWords(task.detail) : "";
}

/** One row: who, what, until when. */
export function TaskRow({ task, hasName = true }: { task: Task; hasName?: boolean }) {
  const { isBusy, message, act } = useAct();
  const isLate = new Date(task.due_at).getTime() < Date.now();
  const what = t.worklist.kind[task.kind] ?? plain(task.kind);
  const name = task.patient_name ?? t.worklist.noName;
  const canEnd = !BY_STEP.includes(task.kind) || task.urgency !== "routine";
  const detail = [detailWords(task), task.title ?? ""].filter(Boolean).join(" · ");
  return (
    <li class={`task ${task.urgency}`}>
      <a data-row href={taskHref(task)}>
        {hasName && <strong dir="auto">{name}</strong>}
        <span class="what">{what}</span>
        {detail && (
          <span class="hint detail" dir="auto">
            {detail}
          </span>
        )}
      </a>
      <time class={isLate ? "due late" : "due"} dateTime={task.due_at} title={momentOf(task.due_at)}>
        {isLate ? t.worklist.overdue(agoOf(task.due_at)) : t.worklist.due(agoOf(task.due_at))}
      </time>
      <span class="acts">
        {canEnd && (
          <button type="button" class="quiet small" disabled={isBusy} aria-label={t.worklist.doneFor(`${what}, ${name}`)} onClick={() => void act(async () => { await completeTask(task.id); await desk.readTasks(); })}>
            {t.worklist.done}
          </button>
        )}
      </span>
      {message && <Alert message={message} />}
    </li>
  );
}

/** Texts that this computer alone has. */
function Drafts({ drafts }: { drafts: Draft[] }) {
  const things = [...new Map(drafts.map((draft) => [draft.thing, draft])).values()];
  if (things.length === 0) return null;
  return (
    <section class="card warning" aria-labelledby="unsent">
      <h2 id="unsent">{t.worklist.drafts}</h2>
      <p class="hint">{t.worklist.draftsHint}</p>
      <ul class="plain">
        {things.map((draft) => {
          const [kind = "", id = ""] = draft.thing.split(" ");
          const screen = kind === "addendum" || kind === "amendment" ? "note" : kind === "reply" ? "reflection" : kind;
          return (
            <li key={draft.thing}>
              <a data-row href={`#/${screen}/${id}`}>
                {t.worklist.draftOf[kind] ?? kind}
                {draft.facts["format"] ? `, ${formatWords(draft.facts["format"])}` : ""}, {t.worklist.keptAt(momentOf(draft.savedAt))}
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function Worklist() {
  const { tasks, waiting, tasksCursor, drafts, isReached } = useDesk();
  const [isMore, setIsMore] = useState(false);
  useRowFocus(tasks !== null);
  return (
    <>
      <Title label={waiting > 0 ? `(${waiting}) ${t.worklist.title}` : t.worklist.title}>{t.worklist.title}</Title>
      <Drafts drafts={drafts} />
      {tasks === null && <p class="hint">{isReached ? t.loading : t.problem.noAnswer}</p>}
      {tasks !== null && tasks.length > 0 && <p class="hint">{t.worklist.waiting(waiting)}</p>}
      {tasks?.length === 0 && (
        <div class="card empty">
          <p>{t.worklist.empty}</p>
          <p class="hint">{t.worklist.emptyHint}</p>
        </div>
      )}
      {ORDER.map((urgency) => {
        const found = (tasks ?? []).filter((task) => task.urgency === urgency);
        if (found.length === 0) return null;
        return (
          <section key={urgency} aria-labelledby={`urgency-${urgency}`}>
            <h2 id={`urgency-${urgency}`} class={`urgency ${urgency}`}>
              {t.worklist.urgency[urgency]} <span class="count">{found.length}</span>
            </h2>
            <ul class="plain tasks">
              {found.map((task) => (
                <TaskRow key={task.id} task={task} />
              ))}
            </ul>
          </section>
        );
      })}
      {tasksCursor !== null && (
        <button type="button" disabled={isMore} onClick={() => { setIsMore(true); void desk.moreTasks().finally(() => setIsMore(false)); }}>
          {t.more}
        </button>
      )}
    </>
  );
}
