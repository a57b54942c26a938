/** The clinic's consent documents: what is in force, what was; admins publish versions. */
import { publishDocument, readDocument, readDocuments, retireDocument } from "../../core/consents.js";
import { useAct, useDesk, useLoaded } from "../../core/hooks.js";
import type { ConsentDocumentItem } from "../../core/types.js";
import { en } from "../../messages/en/consents.js";
import { dayOf, spoken } from "../../messages/index.js";
import { Ask, type Field, type Values } from "../../parts/ask.js";
import { Alert, Pending, SureButton, Words } from "../../parts/basics.js";
import { Fold } from "../../parts/fold.js";
import { Room } from "../../parts/room.js";

const w = spoken({ en });
const isTwo = (values: Values): boolean => values["two"] === "yes";
const FIELDS: Field[] = [
  { name: "purpose", label: w.purposeField, options: Object.entries(w.purpose) },
  { name: "language", label: w.languageField, value: document.documentElement.lang },
  { name: "title", label: w.titleField },
  { name: "text", label: w.textField, type: "area" },
  { name: "two", label: w.again, type: "check" },
  { name: "language2", label: w.languageField, isFor: isTwo },
  { name: "title2", label: w.titleField, isFor: isTwo },
  { name: "text2", label: w.textField, type: "area", isFor: isTwo },
  { name: "fresh", label: w.fresh, type: "check" },
];

function textsOf(values: Values): { language: string; title: string; text: string }[] {
  const one = (end: string) => ({ language: values[`language${end}`] ?? "", title: values[`title${end}`] ?? "", text: values[`text${end}`] ?? "" });
  return isTwo(values) ? [one(""), one("2")] : [one("")];
}

function Texts({ id }: { id: string }) {
  const loaded = useLoaded(`document ${id}`, () => readDocument(id));
  if (loaded.value === null) return <Pending loaded={loaded} />;
  return (
    <>
      {loaded.value.texts.map((text) => (
        <div key={text.language} lang={text.language}>
          <h3 dir="auto">{text.title}</h3>
          <Words>{text.text}</Words>
        </div>
      ))}
    </>
  );
}

function Item({ item, isAdmin, reload }: { item: ConsentDocumentItem; isAdmin: boolean; reload: () => Promise<void> }) {
  const { message, act } = useAct();
  const purpose = w.purpose[item.purpose] ?? item.purpose;
  return (
    <section class="card" aria-labelledby={item.id}>
      <div class="heading">
        <h2 id={item.id}>{purpose}</h2>
        {isAdmin && item.retired_at === null && <SureButton label={w.retire} title={w.retireOf(purpose, item.number)} question={w.retireSure} yes={w.retire} onSure={() => void act(async () => { await retireDocument(item); await reload(); })} />}
      </div>
      <p class="hint">
        {w.published(item.number, dayOf(item.created_at), item.languages.join(", "))} {item.needs_new_signature && w.freshNote} {item.retired_at && w.retiredAt(dayOf(item.retired_at))}
      </p>
      <Alert message={message} />
      <Fold title={w.text}>{() => <Texts id={item.id} />}</Fold>
    </section>
  );
}

function Retired() {
  const loaded = useLoaded("retired documents", () => readDocuments(true), (change) => change.kind === "consent_document");
  if (loaded.value === null) return <Pending loaded={loaded} />;
  return (
    <>
      {loaded.value.filter((one) => one.retired_at !== null).map((item) => (
        <Item key={item.id} item={item} isAdmin={false} reload={loaded.reload} />
      ))}
    </>
  );
}

export function Documents() {
  const { me } = useDesk();
  const loaded = useLoaded("documents", () => readDocuments(false), (change) => change.kind === "consent_document");
  const isAdmin = me?.roles.includes("clinic_admin") ?? false;
  const publish = isAdmin && <Ask label={w.publish} kind="primary" send={w.publishGo} lead={w.publishLead} fields={FIELDS} onSend={async (values, id) => { await publishDocument({ id, purpose: values["purpose"] as never, needs_new_signature: values["fresh"] === "yes", texts: textsOf(values) }); await loaded.reload(); }} />;
  return (
    <Room title={w.documents} loaded={loaded} tools={publish} back={<a href="#/clinic">{w.clinic}</a>} hint={w.documentsLead}>
      {(items) => (
        <>
          {items.length === 0 && <p class="card empty">{w.none}</p>}
          {items.map((item) => (
            <Item key={item.id} item={item} isAdmin={isAdmin} reload={loaded.reload} />
          ))}
          <Fold title={w.retired}>{() => <Retired />}</Fold>
        </>
      )}
    </Room>
  );
}
