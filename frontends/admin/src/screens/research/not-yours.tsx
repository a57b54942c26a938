/** What stands in the place of research exports for who may not have one: why, and whom to ask. */
import { useLoaded } from "../../../../shared/office/hooks.js";
import { spoken } from "../../../../shared/office/messages.js";
import { Room } from "../../../../shared/office/room.js";
import { readStaff } from "../../../../shared/office/staff.js";
import { en } from "../../messages/en/research.js";

const w = spoken({ en });

export function NotYours() {
  const loaded = useLoaded("research staff", readStaff);
  return (
    <Room title={w.title} hint={w.hint} loaded={loaded} back={<a href="#/records">{w.back}</a>}>
      {(staff) => {
        const officers = staff.filter((one) => one.state === "active" && one.roles.includes("privacy_officer"));
        return (
          <section class="card">
            <p class="lead">{w.notYours}</p>
            <p>{w.why}</p>
            <p>{officers.length === 0 ? w.noOfficer : w.askThem}</p>
            <ul>
              {officers.map((one) => <li key={one.id}><bdi>{one.name}</bdi></li>)}
            </ul>
          </section>
        );
      }}
    </Room>
  );
}
