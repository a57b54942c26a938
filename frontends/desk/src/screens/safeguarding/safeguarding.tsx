/** Report a concern about staff; the lead and the deputy find here what they received. Others see neither that nor how much. */
import { useState } from "preact/hooks";
import { useAct, useDesk, useLoaded } from "../../core/hooks.js";
import { designate, handOver, readReport, readReports, sendReport, updateReport, type Reports } from "../../core/safeguarding.js";
import { asChoices, readStaff, useNames } from "../../core/staff.js";
import type { Account, SafeguardingDesignation, SafeguardingReport, SafeguardingReportItem, SafeguardingReportSent } from "../../core/types.js";
import { en } from "../../messages/en/safeguarding.js";
import { momentOf, spoken } from "../../messages/index.js";
import { Ask, chosen, type Field } from "../../parts/ask.js";
import { Alert, Pending, SureButton, Words } from "../../parts/basics.js";
import { Fold } from "../../parts/fold.js";
import { Facts, Room } from "../../parts/room.js";

const w = spoken({ en });
type Names = (id: string | null) => string;

const reportFields = (staff: Account[]): Field[] => [
  { name: "about", label: w.about, options: Object.entries(w.subject) },
  { name: "text", label: w.text, type: "area" },
  ...(staff.length > 0 ? [{ name: "named", label: w.named, hint: w.namedHint, type: "many" as const, options: asChoices(staff) }] : []),
  { name: "danger", label: w.danger, type: "check" },
  { name: "contact", label: w.contact, type: "check" },
  { name: "safe", label: w.safe, isOptional: true, isFor: (values) => values["contact"] === "yes" },
  { name: "anonymous", label: `${w.anonymous}. ${w.anonymousHint}`, type: "check" },
];

function Sent({ sent }: { sent: SafeguardingReportSent }) {
  return (
    <section class="card" role="status">
      <h2>{w.sent}</h2>
      <p>{w.told[sent.told] ?? ""}</p>
      {sent.outside_contact && <p dir="auto">{w.outside(sent.outside_contact)}</p>}
      <h3>{w.lines}</h3>
      <ul class="plain facts">
        {sent.crisis_resources.map((one) => (
          <li key={one.name + one.contact}>
            <span>{one.name}</span>
            <strong dir="ltr">{one.contact}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Readers({ designation, names }: { designation: SafeguardingDesignation; names: Names }) {
  const { lead_id, deputy_id, introduction, outside_contact } = designation;
  return (
    <section class="card">
      <h2>{w.readers}</h2>
      {introduction && <Words>{introduction}</Words>}
      {lead_id && <p dir="auto">{w.leadIs(names(lead_id))}</p>}
      {deputy_id && <p dir="auto">{w.deputyIs(names(deputy_id))}</p>}
      {!lead_id && !deputy_id && <p class="late">{w.nobody}</p>}
      {outside_contact && <p dir="auto">{w.outside(outside_contact)}</p>}
    </section>
  );
}

function Handling({ one, onDone }: { one: SafeguardingReport; onDone: () => Promise<void> }) {
  const { message, act } = useAct();
  return (
    <>
      {one.handling && (
        <>
          <h3>{w.notes}</h3>
          <Words>{one.handling}</Words>
        </>
      )}
      <div class="row steps">
        <Ask
          key={one.version}
          label={w.move}
          kind="primary"
          send={w.moveGo}
          fields={[{ name: "state", label: w.stateField, options: Object.entries(w.state), value: one.state }, { name: "handling", label: w.notes, type: "area", value: one.handling ?? "", isOptional: true }]}
          onSend={async ({ state, handling }) => { await updateReport(one, { ...(state === one.state ? {} : { state: state as never }), handling: handling || null }); await onDone(); }}
        />
        <SureButton label={w.handOver} question={w.handOverSure} yes={w.handOver} onSure={() => void act(async () => { await handOver(one); await onDone(); })} />
      </div>
      <Alert message={message} />
    </>
  );
}

function Whole({ id, names, isHandled, reload }: { id: string; names: Names; isHandled: boolean; reload: () => Promise<void> }) {
  const loaded = useLoaded<SafeguardingReport>(`report ${id}`, () => readReport(id));
  const one = loaded.value;
  if (one === null) return <Pending loaded={loaded} />;
  return (
    <>
      <Words>{one.text}</Words>
      <Facts
        facts={[
          [w.named, one.named_account_ids.map(names).join(", ") || w.namedNone],
          [w.from, isHandled && (one.reporter_id === null ? w.fromNobody : names(one.reporter_id))],
          [isHandled ? w.safeWay : w.safe, one.safe_contact],
        ]}
      />
      {one.wants_contact && <p>{w.wantsContact}</p>}
      {isHandled && <Handling one={one} onDone={async () => { await loaded.reload(); await reload(); }} />}
    </>
  );
}

function List({ title, items, names, isHandled, reload }: { title: string; items: SafeguardingReportItem[]; names: Names; isHandled: boolean; reload: () => Promise<void> }) {
  if (items.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {items.map((one) => (
        <div key={one.id}>
          {isHandled && one.immediate_danger && <p class="late">{w.inDanger}</p>}
          <Fold title={`${w.of(w.subject[one.about] ?? one.about, momentOf(one.created_at))}: ${w.state[one.state] ?? one.state}`}>{() => <Whole id={one.id} names={names} isHandled={isHandled} reload={reload} />}</Fold>
        </div>
      ))}
    </section>
  );
}

function designationFields(designation: SafeguardingDesignation, staff: Account[]): Field[] {
  const options: [string, string][] = [["", w.none], ...asChoices(staff)];
  return [
    { name: "lead_id", label: w.leadField, options, value: designation.lead_id ?? "" },
    { name: "deputy_id", label: w.deputyField, options, value: designation.deputy_id ?? "" },
    { name: "introduction", label: w.introduction, type: "area", value: designation.introduction ?? "", isOptional: true },
    { name: "outside_contact", label: w.outsideField, value: designation.outside_contact ?? "", isOptional: true },
  ];
}

export function Safeguarding() {
  const { me } = useDesk();
  const loaded = useLoaded<Reports>("safeguarding", readReports, (change) => change.kind === "safeguarding_report" || change.kind === "clinic");
  const staff = useLoaded("choices", readStaff);
  const names = useNames();
  const [sent, setSent] = useState<SafeguardingReportSent | null>(null);
  const designation = loaded.value?.designation;
  const orNull = (value: string | undefined): string | null => value || null;
  return (
    <Room title={w.title} loaded={loaded} back={<a href="#/clinic">{w.clinic}</a>} hint={w.lead}>
      {({ own, received }) => (
        <>
          {sent && <Sent sent={sent} />}
          {designation && <Readers designation={designation} names={names} />}
          <div class="row">
            <Ask label={w.report} kind="primary" send={w.reportGo} lead={w.reportLead} fields={reportFields(staff.value ?? [])} onSend={async ({ about, text = "", named, danger, contact, anonymous, safe }) => { setSent(await sendReport({ about: about as never, text, named_account_ids: chosen(named), immediate_danger: danger === "yes", wants_contact: contact === "yes", is_anonymous: anonymous === "yes", safe_contact: orNull(safe) })); await loaded.reload(); }} />
            {designation && me?.roles.includes("clinic_admin") && staff.value && (
              <Ask label={w.designate} send={w.designateGo} lead={w.designateLead} fields={designationFields(designation, staff.value)} onSend={async (values) => { await designate(designation, { lead_id: orNull(values["lead_id"]), deputy_id: orNull(values["deputy_id"]), introduction: orNull(values["introduction"]), outside_contact: orNull(values["outside_contact"]) }); await loaded.reload(); }} />
            )}
          </div>
          <List title={w.received} items={received} names={names} isHandled reload={loaded.reload} />
          <List title={w.own} items={own} names={names} isHandled={false} reload={loaded.reload} />
        </>
      )}
    </Room>
  );
}
