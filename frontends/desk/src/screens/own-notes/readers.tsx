/** The supervisors who may read one note, until when, and why. */
import { useAct, useDesk, useLoaded } from "../../core/hooks.js";
import { addGrant, readGrants, revokeGrant, type Grant } from "../../core/own-notes.js";
import { asChoices, readStaff, useNames } from "../../core/staff.js";
import { en } from "../../messages/en/own-notes.js";
import { momentOf, spoken } from "../../messages/index.js";
import { Ask } from "../../parts/ask.js";
import { Alert, Pending, SureButton } from "../../parts/basics.js";

const w = spoken({ en });
const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;

const endOf = (grant: Grant): string => grant.revoked_at ?? grant.until;
const stands = (grant: Grant): boolean => grant.revoked_at === null && Date.parse(grant.until) > Date.now();
const dayAfter = (days: number): string => new Date(Date.now() + days * DAY_MS).toLocaleDateString("sv");

export function Readers({ noteId }: { noteId: string }) {
  const { me } = useDesk();
  const names = useNames();
  const loaded = useLoaded(`grants ${noteId}`, () => readGrants(noteId));
  const staff = useLoaded("choices", readStaff);
  const { message, act } = useAct();
  const supervisors = (staff.value ?? []).filter((one) => one.id !== me?.id && one.roles.includes("supervisor"));
  const grants = loaded.value;
  return (
    <section class="card" data-part>
      <h2>{w.readers}</h2>
      {grants === null && <Pending loaded={loaded} />}
      {grants !== null && !grants.some(stands) && <p>{w.nobody}</p>}
      <ul class="plain parts">
        {grants?.map((grant) => (
          <li key={grant.id}>
            <div class="given">
              <strong dir="auto">{names(grant.account_id)}</strong>
              <span class="hint">{(stands(grant) ? w.mayRead : w.ended)(momentOf(endOf(grant)))}</span>
              {stands(grant) && (
                <SureButton label={w.revoke} title={w.revokeTitle(names(grant.account_id))} question={w.revokeSure(names(grant.account_id))} yes={w.revoke} onSure={() => void act(async () => { await revokeGrant(noteId, grant.id); await loaded.reload(); })} />
              )}
            </div>
            <p dir="auto">{grant.reason}</p>
          </li>
        ))}
      </ul>
      <Alert message={message} />
      {staff.value !== null && supervisors.length === 0 && <p class="hint">{w.noSupervisor}</p>}
      {supervisors.length > 0 && (
        <div class="row steps">
          <Ask label={w.grant} send={w.grantGo} lead={w.grantLead} fields={[{ name: "who", label: w.who, options: asChoices(supervisors) }, { name: "last", label: w.last, type: "date", value: dayAfter(DEFAULT_DAYS) }, { name: "why", label: w.why, type: "area" }]} onSend={async ({ who = "", last = "", why = "" }) => {
            await addGrant(noteId, { account_id: who, until: new Date(`${last}T23:59:59`).toISOString(), reason: why });
            await loaded.reload();
          }} />
        </div>
      )}
    </section>
  );
}
