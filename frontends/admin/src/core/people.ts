/** Members of staff: every call about them. */
import { each, unwrap, type components } from "@integration-journal/client";
import { all, data } from "../../../shared/office/calls.js";
import { admin } from "./admin.js";

const { http } = admin.client;
type Schemas = components["schemas"];
export type Account = Schemas["Account"];
export type Device = Schemas["Device"];
export type StaffRole = Schemas["StaffRole"];
export const STAFF_ROLES = ["clinic_admin", "therapist", "prescriber", "supervisor", "auditor", "privacy_officer"] as const satisfies readonly StaffRole[];

const of = (account_id: string) => ({ path: { account_id } });
const change = ({ id, version }: Account) => ({ ...of(id), header: { "If-Match": `"${version}"` } });

export const readAccount = (id: string): Promise<Account> => data(unwrap(http.GET("/v1/accounts/{account_id}", { params: of(id) })));
export const addAccount = (body: Schemas["AccountCreate"]) => data(unwrap(http.POST("/v1/accounts", { body })));
export const changeAccount = (account: Account, body: Schemas["AccountUpdate"]) => data(unwrap(http.PATCH("/v1/accounts/{account_id}", { params: change(account), body })));
export const invite = (account_id: string) => data(unwrap(http.POST("/v1/invitations", { body: { account_id } })));
export const resetPassword = (id: string) => data(unwrap(http.POST("/v1/accounts/{account_id}/password-reset", { params: of(id) })));
export const readSignIns = (id: string): Promise<Device[]> =>
  all(each((page) => http.GET("/v1/accounts/{account_id}/sign-ins", { params: { ...of(id), query: { ...page, limit: 100 } } })));
export const endSignIn = (account_id: string, sign_in_id: string) =>
  unwrap(http.DELETE("/v1/accounts/{account_id}/sign-ins/{sign_in_id}", { params: { path: { account_id, sign_in_id } } }));
export const endSignIns = (id: string) => unwrap(http.DELETE("/v1/accounts/{account_id}/sign-ins", { params: of(id) }));

export const readOwnSignIns = (): Promise<Device[]> => all(each((page) => http.GET("/v1/me/sign-ins", { params: { query: { ...page, limit: 100 } } })));
export const endOwnSignIn = (sign_in_id: string) => unwrap(http.DELETE("/v1/me/sign-ins/{sign_in_id}", { params: { path: { sign_in_id } } }));

const SOON_MS = 30 * 86_400_000;
/** Whether the licence has ended, or ends within 30 days. */
export const endsSoon = ({ licence_ends_on }: Account): boolean => licence_ends_on !== null && Date.parse(licence_ends_on) - Date.now() < SOON_MS;
