/** Split care of a chart: who outside is shown what, since when and until when; who decides on what. */
import { agree, endAgreement, readAgreements, type Agreement, type AgreementsOf } from "../../core/split-care.js";
import { useDesk, useLoaded } from "../../core/hooks.js";
import type { Account } from "../../core/types.js";
import { en } from "../../messages/en/split-care.js";
import { momentOf, spoken } from "../../messages/index.js";
import { Ask, chosen, type Field } from "../../parts/ask.js";
import { Words } from "../../parts/basics.js";
import { Facts, Room } from "../../parts/room.js";

const w = spoken({ en });
const DEFAULT_DAYS = 180;
const DAY_MS = 86_400_000;
const DECISIONS = Object.keys(w.decision) as (keyof typeof w.decision)[];
const isOutside = (one: Account): boolean => one.state === "active" && one.roles.includes("outside_therapist");

/** When an agreement begins: the field tells a minute, and the consent can be signed within it. */
function beginning(from: string, signedAt: string): string {
  const minuteOf = (at: string): number => Math.floor(Date.parse(at) / 60_000);
  return minuteOf(from) === minuteOf(signedAt) ? signedAt : from;
}

function fields({ consents, staff }: AgreementsOf): Field[] {
  const parties = Object.entries(w.party);
  return [
    { name: "account", label: w.therapist, options: staff.filter(isOutside).map((one) => [one.id, one.name ?? ""]) },
    { name: "clinic", label: w.clinic },
    { name: "reference", label: w.referenceField, hint: w.referenceHint },
    { name: "consent", label: w.consent, options: consents.map((one) => [one.id, w.consentOf(momentOf(one.signed_at))]) },
    { name: "shares", label: w.shares, type: "many", options: Object.entries(w.shareNames), value: Object.keys(w.shareNames).join(" ") },
    { name: "from", label: w.from, type: "instant", value: new Date().toISOString() },
    { name: "until", label: w.until, type: "instant", value: new Date(Date.now() + DEFAULT_DAYS * DAY_MS).toISOString() },
    ...DECISIONS.map((one): Field => ({ name: one, label: `${w.decides}: ${w.decision[one].toLowerCase()}`, options: parties, value: "prescriber_clinic" })),
  ];
}

function One({ one, nameOf, isOwn, mayEnd, reload }: { one: Agreement; nameOf: (id: string | null) => string; isOwn: boolean; mayEnd: boolean; reload: () => Promise<void> }) {
  const who = w.who(nameOf(one.outside_account_id), one.therapist_clinic);
  const isOpen = one.state === "active" || one.state === "upcoming";
  return (
    <section class="card" aria-labelledby={one.id}>
      <div class="heading">
        <h2 id={one.id} dir="auto">
          {who}
        </h2>
        <span class={isOpen ? "tag" : "tag bad"}>{w.state[one.state]}</span>
      </div>
      <Facts
        facts={[
          [w.from, momentOf(one.valid_from)],
          [w.until, momentOf(one.valid_until)],
          [w.reference, one.reference],
          [w.by, nameOf(one.prescriber_id)],
        ]}
      />
      <h3>{w.sees}</h3>
      <ul>
        {one.shares.map((part) => (
          <li key={part}>{part === "visit_notes" && !isOwn ? w.partsOf(nameOf(one.prescriber_id)) : w.parts[part]}</li>
        ))}
      </ul>
      <h3>{w.decides}</h3>
      <Facts facts={DECISIONS.map((name): [string, string] => [w.decision[name], w.party[one.decides[name]]])} />
      {one.ended_at && (
        <div class="addendum">
          <p class="hint">{w.endedBy(momentOf(one.ended_at), nameOf(one.ended_by_id))}</p>
          <Words>{one.ended_reason ?? ""}</Words>
        </div>
      )}
      {isOpen && mayEnd && (
        <div class="row steps">
          <Ask label={w.end} title={w.endTitle(who)} kind="small" send={w.end} lead={w.endLead} fields={[{ name: "reason", label: w.reason, type: "area" }]} onSend={async ({ reason }) => { await endAgreement(one, reason ?? ""); await reload(); }} />
        </div>
      )}
    </section>
  );
}

export function SplitCare({ id }: { id: string }) {
  const { me } = useDesk();
  const loaded = useLoaded<AgreementsOf>(`split care ${id}`, () => readAgreements(id), (change) => (change.kind === "split_care" || change.kind === "consent") && change.patient_id === id);
  const isPrescriber = me?.roles.includes("prescriber") ?? false;
  const mayEnd = isPrescriber || (me?.roles.includes("therapist") ?? false);
  const found = loaded.value;
  const canAgree = found !== null && isPrescriber && found.consents.length > 0 && found.staff.some(isOutside);
  const add = found !== null && (
    <Ask label={w.add} kind="primary" send={w.addGo} lead={w.addLead} fields={() => fields(found)} onSend={async (values, made) => {
      const party = (name: string) => values[name] as "prescriber_clinic";
      await agree({
        id: made,
        patient_id: id,
        outside_account_id: values["account"] ?? "",
        consent_id: values["consent"] ?? "",
        therapist_clinic: values["clinic"] ?? "",
        reference: values["reference"] ?? "",
        shares: chosen(values["shares"]) as Agreement["shares"],
        valid_from: beginning(values["from"] ?? "", found.consents.find((one) => one.id === values["consent"])?.signed_at ?? ""),
        valid_until: values["until"] ?? "",
        decides: { dose: party("dose"), hold: party("hold"), monitoring: party("monitoring"), discharge: party("discharge"), out_of_hours: party("out_of_hours") },
      });
      await loaded.reload();
    }} />
  );
  return (
    <Room title={w.title} patientId={id} loaded={loaded} tools={canAgree && add} hint={w.hint}>
      {({ agreements, consents, staff }) => {
        const nameOf = (account: string | null): string => staff.find((one) => one.id === account)?.name ?? (account === null ? "" : `…${account.slice(-6)}`);
        return (
          <>
            {agreements.length === 0 && <p class="card empty">{w.none}</p>}
            {consents.length === 0 ? (
              <p>
                {w.noConsent} <a href={`#/consents/${id}`}>{w.toConsents}</a>
              </p>
            ) : !staff.some(isOutside) ? <p>{w.noAccount}</p> : !isPrescriber && <p class="hint">{w.needsPrescriber}</p>}
            {agreements.map((one) => (
              <One key={one.id} one={one} nameOf={nameOf} isOwn={one.prescriber_id === me?.id} mayEnd={mayEnd} reload={loaded.reload} />
            ))}
          </>
        );
      }}
    </Room>
  );
}
