/** One flag: until when, who does what, and its whole history. */
import { desk } from "../../core/desk.js";
import { acknowledgeFlag, addRemark, dismissFlag, escalateFlag, readFlag, recordContact, resolveFlag, reviewFlag, type FlagWithHistory } from "../../core/flags.js";
import { useDesk, useLoaded } from "../../core/hooks.js";
import { useNames } from "../../core/staff.js";
import type { Flag, FlagEvent } from "../../core/types.js";
import { en } from "../../messages/en/flags.js";
import { momentOf, spoken } from "../../messages/index.js";
import { Ask, type Field } from "../../parts/ask.js";
import { Words } from "../../parts/basics.js";
import { Facts, Room } from "../../parts/room.js";

const w = spoken({ en });
const choices = (words: Record<string, string>): [string, string][] => Object.entries(words);
const text = (label: string, isOptional = false): Field => ({ name: "text", label, type: "area", isOptional });
const CONTACT: Field[] = [{ name: "channel", label: w.channel, options: choices(w.channels) }, { name: "reached", label: w.result, options: choices(w.results) }, text(w.words, true)];

function Steps({ flag, reload }: { flag: Flag; reload: () => Promise<void> }) {
  const { me } = useDesk();
  const isClinician = me?.roles.some((role) => role === "therapist" || role === "prescriber") ?? false;
  const may = (step: Flag["allowed_actions"][number]): boolean => flag.allowed_actions.includes(step);
  const done = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work;
    } finally {
      await reload();
      void desk.readTasks();
    }
  };
  return (
    <div class="row steps" data-part>
      {may("acknowledge") && <Ask label={w.acknowledge} kind="primary" send={w.acknowledge} lead={w.acknowledgeLead} fields={[{ name: "episode", label: w.episode, type: "check" }]} onSend={({ episode }) => done(acknowledgeFlag(flag, episode === "yes"))} />}
      {may("review") && flag.proposed_by_id !== me?.id && (
        <Ask label={w.review} kind="primary" send={w.reviewGo} fields={[{ name: "agrees", label: w.decision, options: [["yes", w.agree], ["no", w.giveBack]] }, text(w.why, true)]} onSend={({ agrees, text }) => done(reviewFlag(flag, agrees === "yes", text || null))} />
      )}
      {may("contact") && <Ask label={w.contact} kind={may("acknowledge") ? "" : "primary"} send={w.contactGo} fields={CONTACT} onSend={({ channel, reached, text }) => done(recordContact(flag, { channel: channel as never, reached: reached as never, happened_at: new Date().toISOString(), text: text || null }))} />}
      {may("resolve") && isClinician && <Ask label={w.resolve} send={w.resolve} lead={w.resolveLead} fields={[{ name: "disposition", label: w.disposition, options: choices(w.dispositions) }, text(w.words)]} onSend={({ disposition, text = "" }) => done(resolveFlag(flag, { disposition: disposition as never, text }))} />}
      {may("dismiss") && isClinician && <Ask label={w.dismiss} send={w.dismissGo} lead={w.resolveLead} fields={[text(w.why)]} onSend={({ text = "" }) => done(dismissFlag(flag, text))} />}
      {may("escalate") && <Ask label={w.escalate} send={w.escalate} lead={w.escalateLead} fields={[text(w.why)]} onSend={({ text = "" }) => done(escalateFlag(flag, text))} />}
      <Ask label={w.remark} kind="quiet" send={w.remarkGo} fields={[text(w.words)]} onSend={({ text = "" }) => done(addRemark(flag, text))} />
    </div>
  );
}

const endWords = (is_false: boolean | null, disposition: string | null): string => (is_false ? (w.state["false_positive"] ?? "") : disposition === null ? "" : (w.dispositions[disposition] ?? disposition));

function Event({ event, names }: { event: FlagEvent; names: (id: string | null) => string }) {
  const details = [event.channel && w.channels[event.channel], event.reached && w.results[event.reached], event.disposition && w.dispositions[event.disposition], event.kind === "raised" || event.kind === "re_alerted" ? w.severity[event.severity] : ""];
  return (
    <li class="addendum">
      <strong>{[w.event[event.kind] ?? event.kind, ...details].filter(Boolean).join(", ")}</strong>
      {event.text && <Words>{event.text}</Words>}
      <p class="hint">{w.byWhen(event.by_id === null ? w.clock : names(event.by_id), momentOf(event.happened_at))}</p>
    </li>
  );
}

export function FlagScreen({ id }: { id: string }) {
  const { me } = useDesk();
  const loaded = useLoaded<FlagWithHistory>(`flag ${id}`, () => readFlag(id), (change) => change.id === id);
  const names = useNames();
  const flag = loaded.value?.flag;
  const when = (at: string | null, who: string | null = null): string => (at === null ? "" : w.byWhen(names(who), momentOf(at)));
  return (
    <Room title={flag?.title ?? w.one} patientId={flag?.patient_id} loaded={loaded} tools={flag && <span class={`tag ${flag.severity === "critical" || flag.severity === "high" ? "bad" : ""}`}>{w.severity[flag.severity]}</span>} hint={flag && w.state[flag.state]}>
      {({ flag: one, events }) => (
        <>
          <section class={one.is_overdue ? "card warning" : "card"}>
            {one.is_overdue && <p class="late">{w.overdue}</p>}
            {one.state === "awaiting_review" && <p class="lead">{one.proposed_by_id === me?.id ? w.proposedByYou : w.proposed(names(one.proposed_by_id))}</p>}
            <Facts
              facts={[
                [w.raised, when(one.alerted_at)],
                [w.origin, w.originOf[one.origin] ?? one.origin],
                [w.rule, one.rule === "hand" ? "" : one.rule],
                [w.acknowledgeBy, one.acknowledged_at === null && one.closed_at === null && momentOf(one.acknowledge_due_at)],
                [w.acknowledged, when(one.acknowledged_at, one.acknowledged_by_id)],
                [w.reachBy, one.contacted_at === null && one.closed_at === null && momentOf(one.contact_due_at)],
                [w.reached, when(one.contacted_at)],
                [w.escalations, one.escalations > 0 && w.timesOver(one.escalations)],
                [w.end, endWords(one.is_false, one.disposition)],
              ]}
            />
            <Steps flag={one} reload={loaded.reload} />
          </section>
          <section class="card">
            <h2>{w.history}</h2>
            <ul class="plain">
              {events.map((event) => (
                <Event key={event.id} event={event} names={names} />
              ))}
            </ul>
          </section>
        </>
      )}
    </Room>
  );
}
