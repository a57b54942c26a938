/** A member of staff: facts, roles, codes, state, sign-ins. */
import { useState } from "preact/hooks";
import { Ask, chosen, type Field } from "../../../../shared/office/ask.js";
import { Alert, SureButton } from "../../../../shared/office/basics.js";
import { useAct, useLoaded, type Loaded } from "../../../../shared/office/hooks.js";
import { calendarDay, momentOf, spoken } from "../../../../shared/office/messages.js";
import { withProof } from "../../../../shared/office/proof.js";
import { Facts, Room } from "../../../../shared/office/room.js";
import { asChoices, readStaff, useNames } from "../../../../shared/office/staff.js";
import { useAdmin } from "../../core/admin.js";
import { isAdmin } from "../../core/pages.js";
import { changeAccount, endSignIn, endSignIns, invite, readAccount, readSignIns, resetPassword, STAFF_ROLES, type Account } from "../../core/people.js";
import { en } from "../../messages/en/people.js";
import { Once, type ShownOnce } from "../../parts/once.js";
import { SignIns } from "../../parts/sign-ins.js";

const w = spoken({ en });

type Props = { person: Account; loaded: Loaded<Account> };
const nobodyOr = (staff: Account[], but: string): [string, string][] => [["", w.nobody], ...asChoices(staff.filter((one) => one.id !== but))];

/** Those who may finish the drafts of another: active clinicians. Who is named now stays a choice. */
const successors = (staff: Account[], person: Account): Account[] =>
  staff.filter((one) => one.id === person.successor_id || (one.state === "active" && one.roles.some((role) => role === "therapist" || role === "prescriber")));

function factFields(person: Account): Field[] {
  return [
    { name: "name", label: w.name, value: person.name ?? "" },
    { name: "credential", label: w.credential, value: person.credential ?? "", isOptional: true },
    { name: "licence_region", label: w.licenceRegion, value: person.licence_region ?? "", isOptional: true },
    { name: "licence_ends_on", label: w.licenceEnds, type: "date", value: person.licence_ends_on ?? "", isOptional: true },
  ];
}

function accessFields(person: Account, staff: Account[]): Field[] {
  const supervisors = staff.filter((one) => (one.state === "active" && one.roles.includes("supervisor")) || one.id === person.supervised_by);
  return [
    { name: "roles", label: w.roles, type: "many", options: STAFF_ROLES.map((role) => [role, w.role[role] ?? role]), value: person.roles.join(" ") },
    { name: "supervised_by", label: w.supervisor, hint: w.supervisorHint, options: nobodyOr(supervisors, person.id), value: person.supervised_by ?? "" },
    { name: "successor_id", label: w.successor, hint: w.successorHint, options: nobodyOr(successors(staff, person), person.id), value: person.successor_id ?? "" },
  ];
}

function Buttons({ person, loaded }: Props) {
  const { me } = useAdmin();
  const staff = useLoaded("choices", readStaff);
  const [shown, setShown] = useState<ShownOnce | null>(null);
  const { isBusy, message, act } = useAct();
  const isMe = person.id === me?.id;
  const name = person.name ?? "";
  const keep = async (body: Parameters<typeof changeAccount>[1]): Promise<void> => loaded.set(await changeAccount(person, body));
  const showCode = (work: () => Promise<{ code: string; expires_at: string }>): Promise<void> =>
    act(async () => {
      const { code, expires_at } = await withProof(work);
      setShown({ title: w.codeTitle, lead: w.inviteLead(name), secret: code, until: w.until(momentOf(expires_at)) });
      await loaded.reload(); // a new code makes a new version of the account
    });
  return (
    <>
      {isMe && <p class="hint">{w.you}</p>}
      <div class="row">
        {person.state === "invited" && (
          <button type="button" class="primary" disabled={isBusy} onClick={() => void showCode(() => invite(person.id))}>
            {w.invite}
          </button>
        )}
        <Ask
          label={w.change}
          send={w.changeGo}
          fields={factFields(person)}
          onSend={({ name: given = "", credential, licence_region, licence_ends_on }) =>
            keep({ name: given, credential: credential || null, licence_region: licence_region || null, licence_ends_on: licence_ends_on || null })}
        />
        {!isMe && staff.value && (
          <Ask
            label={w.access}
            send={w.changeGo}
            lead={w.accessLead}
            fields={accessFields(person, staff.value)}
            onSend={({ roles, supervised_by, successor_id }) =>
              keep({ roles: chosen(roles) as never, supervised_by: supervised_by || null, successor_id: successor_id || null })}
          />
        )}
        {person.state === "active" && !isMe && (
          <SureButton label={w.reset} question={w.resetSure(name)} yes={w.resetGo} onSure={() => void showCode(() => resetPassword(person.id))} />
        )}
        {person.state !== "disabled" && !isMe && staff.value && (
          <Ask
            label={w.disable}
            kind="quiet"
            send={w.disable}
            lead={w.disableLead}
            fields={[{ name: "successor_id", label: w.successor, hint: w.successorHint, options: nobodyOr(successors(staff.value, person), person.id), value: person.successor_id ?? "" }]}
            onSend={({ successor_id }) => keep({ state: "disabled", successor_id: successor_id || null })}
          />
        )}
        {person.state === "disabled" && (
          <SureButton label={w.enable} question={w.enableSure} yes={w.enable} onSure={() => void act(() => keep({ state: "active" }))} />
        )}
      </div>
      <Alert message={message} />
      <Once shown={shown} onClose={() => setShown(null)} />
    </>
  );
}

function TheirSignIns({ person }: { person: Account }) {
  const loaded = useLoaded(`sign-ins ${person.id} ${person.version}`, () => readSignIns(person.id));
  return <SignIns loaded={loaded} onEnd={(id) => endSignIn(person.id, id)} onEndAll={() => endSignIns(person.id)} />;
}

export function Person({ id }: { id: string }) {
  const { me } = useAdmin();
  const names = useNames();
  const loaded = useLoaded(`person ${id}`, () => readAccount(id));
  return (
    <Room title={loaded.value?.name ?? w.title} loaded={loaded} back={<a href="#/people">{w.back}</a>}>
      {(person) => (
        <>
          <section class="card">
            <Facts
              facts={[
                [w.roles, person.roles.map((role) => w.role[role] ?? role).join(", ")],
                [w.email, person.email],
                [w.credential, person.credential],
                [w.licenceRegion, person.licence_region],
                [w.licenceEnds, person.licence_ends_on && calendarDay(person.licence_ends_on)],
                [w.supervisor, names(person.supervised_by)],
                [w.successor, names(person.successor_id)],
              ]}
            />
            <p class="lead">{w.state[person.state]}</p>
            {isAdmin(me) && <Buttons person={person} loaded={loaded} />}
          </section>
          {isAdmin(me) && <TheirSignIns person={person} />}
        </>
      )}
    </Room>
  );
}
