/** Colleagues by their names. */
import { each } from "@integration-journal/client";
import type { Account } from "./types.js";
import { desk } from "./desk.js";
import { useDesk, useLoaded } from "./hooks.js";
import { all } from "./things.js";

const { http } = desk.client;

/** Every account of staff, as far as a clinic has them. */
export const readStaff = (): Promise<Account[]> => all(each((page) => http.GET("/v1/accounts", { params: { query: { ...page, limit: 100 } } })), 500);

/** Return how to call an account; one that cannot be read by the end of its id. */
export function useNames(): (id: string | null) => string {
  const { me } = useDesk();
  const staff = useLoaded("staff", readStaff);
  return (id) => (id === null ? "" : id === me?.id ? (me.name ?? "") : (staff.value?.find((one) => one.id === id)?.name ?? `…${id.slice(-6)}`));
}

/** Those who may be asked to do something, as choices of a form. */
export const asChoices = (staff: Account[]): [string, string][] =>
  staff.filter((one) => one.state === "active").map((one) => [one.id, [one.name, one.credential].filter(Boolean).join(", ")]);
