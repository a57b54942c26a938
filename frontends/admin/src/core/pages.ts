/** The pages, the rooms behind them, and who may see which. The API decides: this only leaves out what it would refuse. */
import type { PageLink } from "../../../shared/office/frame.js";
import type { Me } from "../../../shared/office/office.js";
import { t } from "../messages/index.js";

export type Role = Me["roles"][number];

const ADMIN: Role[] = ["clinic_admin"];
const REVIEWERS: Role[] = ["auditor", "privacy_officer"];
/** Those for whom this app is. Others of the staff may read some of it, and have the desk. */
export const OFFICE: Role[] = [...ADMIN, ...REVIEWERS];

/** The rooms that stand on a page of rooms, and who may see each. */
export const ROOMS = {
  clinic: { policies: OFFICE, instruments: OFFICE, prompts: OFFICE },
  records: { ledger: OFFICE, backups: OFFICE, notices: OFFICE, holds: ADMIN, research: OFFICE },
  programs: { accounts: ADMIN, webhooks: ADMIN },
} satisfies Record<string, Record<string, Role[]>>;
export type Hub = keyof typeof ROOMS;

/** The room or thing that stands behind another: `person` behind `people`. */
const BEHIND: Record<string, string> = { person: "people", hold: "records", study: "records", webhook: "programs", instrument: "clinic" };
for (const [hub, rooms] of Object.entries(ROOMS)) for (const room of Object.keys(rooms)) BEHIND[room] = hub;

export const has = (me: Me | null, roles: Role[]): boolean => me?.roles.some((role) => roles.includes(role)) ?? false;
export const isAdmin = (me: Me | null): boolean => has(me, ADMIN);
/** Those who take research exports. Who is an admin too may read of them, and gets none. */
export const takesExports = (me: Me | null): boolean => has(me, ["privacy_officer"]);
export const readsLedger = (me: Me | null): boolean => has(me, REVIEWERS);

/** The page that a room belongs to. */
export const pageOf = (room: string): string => BEHIND[room] ?? room;

export function pagesFor(me: Me | null): PageLink[] {
  const { nav } = t;
  const all: [string, string, Role[]][] = [
    ["", nav.overview, OFFICE],
    ["people", nav.people, OFFICE],
    ["roster", nav.roster, OFFICE],
    ["clinic", nav.clinic, OFFICE],
    ["records", nav.records, OFFICE],
    ["programs", nav.programs, ADMIN],
  ];
  return [...all.filter(([, , roles]) => has(me, roles)).map(([path, words]): PageLink => [path, words]), ["you", nav.you]];
}
