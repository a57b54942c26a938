/** Colleagues by their names. */
import { each, type components } from "@integration-journal/client";
import { all } from "./calls.js";
import { useLoaded, useOffice } from "./hooks.js";
import { office } from "./office.js";

export type Account = components["schemas"]["Account"];

/** Every account of staff, as far as a clinic has them. */
export const readStaff = (): Promise<Account[]> => all(each((page) => office.client.http.GET("/v1/accounts", { params: { query: { ...page, limit: 100 } } })), 500);

const MAX_AGE_MS = 60_000;
let names: { account: string | null; at: number; staff: Promise<Account[]> } | null = null;

/** Everybody's names, read once a minute at most however many parts of a screen ask: each reading is a row of the ledger. */
function readNames(): Promise<Account[]> {
  const account = office.state.me?.id ?? null;
  if (names?.account === account && Date.now() - names.at < MAX_AGE_MS) return names.staff;
  const staff = readStaff();
  names = { account, at: Date.now(), staff };
  staff.catch(() => {
    names = null;
  });
  return staff;
}

/** Return how to call an account; one that cannot be read by the end of its id. */
export function useNames(): (id: string | null) => string {
  const { me } = useOffice(office);
  const staff = useLoaded("staff", readNames);
  return (id) => (id === null ? "" : id === me?.id ? (me.name ?? "") : (staff.value?.find((one) => one.id === id)?.name ?? `…${id.slice(-6)}`));
}

/** Those who may be asked to do something, as choices of a form. */
export const asChoices = (staff: Account[]): [string, string][] =>
  staff.filter((one) => one.state === "active").map((one) => [one.id, [one.name, one.credential].filter(Boolean).join(", ")]);
