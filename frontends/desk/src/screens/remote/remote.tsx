/** A dosing session at home: where help is sent, who is beside the patient, whether the links stand, and what the observer saw. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useAct, useLoaded, type Loaded } from "../../core/hooks.js";
import { withProof } from "../../core/proof.js";
import { endToken, issueToken, readRemote, recordLink, writeRemote, type Remote } from "../../core/remote.js";
import type { ObserverCheck, RemoteSession } from "../../core/types.js";
import { en } from "../../messages/en/remote.js";
import { momentOf, spoken, timeOf } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Ask, type Field, type Values } from "../../parts/ask.js";
import { Alert, SureButton } from "../../parts/basics.js";
import { Facts, Room, Table } from "../../parts/room.js";
import { Findings } from "../../parts/findings.js";

const w = spoken({ en });

const LINKS = ["video", "observer"] as const;
const isOver = ({ session }: Remote): boolean => session.state !== "planned" && session.state !== "in_progress";

/** The texts of the record by their place in it, with their labels. */
const TEXTS: [string, string][] = [
  ["emergency_address", w.address],
  ["local_emergency_number", w.number],
  ["phone", w.phone],
  ["observer.name", w.observerName],
  ["observer.relation", w.relation],
  ["observer.phone", w.observerPhone],
  ["medical_on_call.name", w.callName],
  ["medical_on_call.credential", w.credential],
  ["medical_on_call.phone", w.callPhone],
];
type Part = Record<string, unknown> | null | undefined;

function textAt(record: RemoteSession, place: string): string {
  const [one = "", other] = place.split(".");
  const found = (record as Part)?.[one];
  return String((other === undefined ? found : (found as Part)?.[other]) ?? "");
}

function fields(record: RemoteSession): Field[] {
  const check = (name: string, label: string, isOn: unknown): Field => ({ name, label, type: "check", value: isOn ? "yes" : "" });
  return [
    ...TEXTS.map(([name, label]): Field => ({ name, label, value: textAt(record, name), isOptional: name === "phone" })),
    check("adult", w.adult, record.observer?.is_adult),
    check("briefed", w.briefed, record.observer?.briefed_at),
  ];
}

function body({ adult, briefed, ...texts }: Values, before: RemoteSession) {
  const made: Record<string, unknown> = { observer: { is_adult: adult === "yes", briefed_at: briefed === "yes" ? (before.observer?.briefed_at ?? new Date().toISOString()) : null } };
  for (const [place, text] of Object.entries(texts)) {
    const [one = "", other] = place.split(".");
    if (other === undefined) made[one] = text || null;
    else made[one] = { ...(made[one] as Part), [other]: text };
  }
  return made;
}

function Code({ id, record, mayIssue, reload }: { id: string; record: RemoteSession; mayIssue: boolean; reload: () => Promise<void> }) {
  const [token, setToken] = useState("");
  const { message, act } = useAct();
  const isThere = record.token_issued_at !== null && record.token_revoked_at === null && new Date(record.token_expires_at ?? 0).getTime() > Date.now();
  const issue = async ({ minutes }: Values): Promise<void> => {
    setToken((await issueToken(id, Number(minutes))).token);
    await reload();
  };
  const end = (): Promise<void> =>
    act(async () => {
      await withProof(() => endToken(id));
      setToken("");
      await reload();
    });
  return (
    <section class="card">
      <h2>{w.code}</h2>
      <p role="status">{isThere ? w.codeUntil(momentOf(record.token_expires_at ?? 0)) : w.noCode}</p>
      {token && (
        <div class="shown">
          <p>{w.codeShown(`${location.host}/phone/#/observer`)}</p>
          <code data-token>{token}</code>
        </div>
      )}
      {mayIssue && (
        <div class="row">
          <Ask label={isThere ? w.newCode : w.issue} kind="small" send={w.issueGo} lead={w.issueLead} fields={[{ name: "minutes", label: w.minutes, type: "number", value: "480" }]} onSend={issue} />
          {isThere && <SureButton label={w.revoke} question={w.revokeSure} yes={w.revoke} onSure={() => void end()} />}
        </div>
      )}
      <Alert message={message} />
    </section>
  );
}

function Links({ id, remote, reload }: { id: string; remote: Remote; reload: () => Promise<void> }) {
  const { isBusy, message, act } = useAct();
  const { record, watch } = remote;
  const lostAt = { video: record.thing.video_lost_at, observer: record.thing.observer_lost_at };
  const events = [...(watch?.link_events ?? [])].sort((one, other) => (one.at < other.at ? 1 : -1));
  const say = (link: "video" | "observer", change: "connected" | "lost" | "restored"): Promise<void> =>
    act(async () => {
      await recordLink(id, link, change);
      await reload();
    });
  return (
    <section class="card">
      <h2>{w.links}</h2>
      {LINKS.map((link) => {
        const lost = lostAt[link];
        const isKnown = events.some((event) => event.link === link);
        const change = lost ? "restored" : isKnown ? "lost" : "connected";
        return (
          <div key={link} class="heading">
            <p class={lost ? "late" : ""} role="status">
              {lost ? w.lost(w.link[link], timeOf(lost)) : isKnown ? w.stands(w.link[link]) : w.unknownLink(w.link[link])}
            </p>
            {!isOver(remote) && (
              <button type="button" class="small" aria-label={w.say(w.change[change], w.link[link])} disabled={isBusy} onClick={() => void say(link, change)}>
                {w.change[change]}
              </button>
            )}
          </div>
        );
      })}
      <Alert message={message} />
      {events.length > 0 && (
        <details>
          <summary>{w.events(events.length)}</summary>
          <ul class="plain facts">
            {events.map((event) => (
              <li key={event.id}>
                <span>{w.say(w.change[event.change], w.link[event.link])}</span>
                <span class="hint">{momentOf(event.at)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

const numbers = (check: ObserverCheck): string =>
  [check.pulse !== null && w.pulse(check.pulse), check.spo2 !== null && `${check.spo2} %`, check.systolic !== null && `${check.systolic}/${check.diastolic} mmHg`, check.distress !== null && w.distress(check.distress)].filter(Boolean).join(", ");

function Checks({ remote }: { remote: Remote }) {
  const { watch } = remote;
  if (watch === null) return null;
  const checks = [...watch.checks].sort((one, other) => (one.taken_at < other.taken_at ? 1 : -1));
  const next = watch.next_check_at;
  return (
    <section class="card">
      <h2>{w.checks}</h2>
      {next && <p class={new Date(next).getTime() < Date.now() ? "late" : "lead"}>{w.next(timeOf(next))}</p>}
      {watch.findings.length > 0 && (
        <ul class="plain findings">
          {watch.findings.map((gap) => (
            <li key={gap.rule + gap.since} class={gap.until === null ? "late" : ""}>
              {gap.text} <span class="hint">{w.gap(momentOf(gap.since), gap.until && momentOf(gap.until))} {gap.rule}</span>
            </li>
          ))}
        </ul>
      )}
      {checks.length === 0 && <p class="hint">{w.noChecks}</p>}
      {checks.length > 0 && (
        <Table label={w.checks} heads={[w.time, w.responds, w.breathing, w.colour, w.position, w.numbers]}>
          {checks.map((check) => (
            <tr key={check.id}>
              <th scope="row">
                <time dateTime={check.taken_at}>{timeOf(check.taken_at)}</time> {check.minute !== null && <span class="hint">{w.minute(check.minute)}</span>}
              </th>
              <td>{plain(check.responds)}</td>
              <td>{plain(check.breathing)}</td>
              <td>{plain(check.colour)}</td>
              <td>
                {plain(check.position)}
                {check.vomiting && <span class="late"> {w.vomits}</span>}
              </td>
              <td>
                {numbers(check)}
                <Findings findings={check.findings} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

export function RemoteScreen({ id }: { id: string }) {
  const loaded: Loaded<Remote> = useLoaded(`remote ${id}`, () => readRemote(id), (change) => change.patient_id === loaded.value?.session.patient_id && change.kind === "remote_session");
  const remote = loaded.value;
  const record = remote?.record.thing;
  const edit = remote && record && !isOver(remote) && (
    <Ask label={record.version === 0 ? w.write : w.edit} kind="primary" send={w.keep} fields={fields(record)} onSend={async (values) => { await writeRemote(id, remote.record.etag, body(values, record) as never); await loaded.reload(); }} />
  );
  return (
    <Room title={w.title} patientId={remote?.session.patient_id} loaded={loaded} tools={edit} back={<a href={`#/dosing/${id}`}>{w.dosing}</a>}>
      {(found) => {
        const { lacking, observer } = found.record.thing;
        return (
          <>
            {lacking.length > 0 && (
              <section class="card warning">
                <h2>{w.lacks}</h2>
                <p>{w.lacksHint}</p>
                <ul>
                  {lacking.map((item) => (
                    <li key={item}>{w.item[item] ?? plain(item)}</li>
                  ))}
                </ul>
              </section>
            )}
            <section class="card">
              <h2>{w.record}</h2>
              <Facts facts={[...TEXTS.map(([place, label]): [string, ComponentChildren] => {
                const text = textAt(found.record.thing, place);
                return [label, text && place.endsWith("phone") ? <a href={`tel:${text}`} dir="ltr">{text}</a> : text];
              }), [w.briefed, observer && (observer.briefed_at ? momentOf(observer.briefed_at) : w.notBriefed)]]} />
            </section>
            {found.watch !== null && <Links id={id} remote={found} reload={loaded.reload} />}
            <Checks remote={found} />
            {found.watch !== null && <Code id={id} record={found.record.thing} mayIssue={!isOver(found)} reload={loaded.reload} />}
          </>
        );
      }}
    </Room>
  );
}
