/** The clinic, its policies and its backups: every call about them. */
import { unwrap, type components } from "@integration-journal/client";
import { data } from "../../../shared/office/calls.js";
import { admin } from "./admin.js";

const { http } = admin.client;
type Schemas = components["schemas"];
export type Clinic = Schemas["Clinic"];
export type Backups = Schemas["Backups"];

export const readClinic = (): Promise<Clinic> => data(unwrap(http.GET("/v1/clinic", {})));
export const changeClinic = ({ version }: Clinic, body: Schemas["ClinicUpdate"]) =>
  data(unwrap(http.PATCH("/v1/clinic", { params: { header: { "If-Match": `"${version}"` } }, body })));
export const readBackups = (): Promise<Backups> => data(unwrap(http.GET("/v1/backups", {})));

const MAX_AGE_MS = 2 * 86_400_000; // our own choice
/** Whether the last backup asks for attention: there is none, or it is older than two days. */
export const isOld = (made: Backups["last_made"]): boolean => made === null || Date.now() - Date.parse(made.at) > MAX_AGE_MS;
