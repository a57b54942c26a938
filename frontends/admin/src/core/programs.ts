/** Programs of the clinic and their webhooks: every call about them. */
import { each, unwrap, type components } from "@integration-journal/client";
import { all, data } from "../../../shared/office/calls.js";
import { admin } from "./admin.js";

const { http } = admin.client;
type Schemas = components["schemas"];
export type Program = Schemas["ServiceAccount"];
export type Scope = Schemas["ServiceScope"];
export type Webhook = Schemas["Webhook"];
export type WebhookKind = Webhook["kinds"][number];
export type Delivery = Schemas["Delivery"];

export const ACTIONS = ["clinic:read", "account:list", "account:read", "invitation:create", "patient:list", "patient:search", "patient:read", "patient:update", "care_team:list", "care_team:add", "care_team:end"] as const satisfies readonly Scope[];
export const KINDS = ["patient", "care_team", "course", "session", "medicine", "note", "reflection", "plan", "practice"] as const satisfies readonly WebhookKind[];
export const FHIR = ["Patient", "Organization", "Practitioner", "PractitionerRole", "CareTeam", "EpisodeOfCare", "Condition", "Encounter", "Procedure", "MedicationAdministration", "MedicationRequest", "MedicationStatement", "AdverseEvent", "Observation", "QuestionnaireResponse", "DocumentReference", "Composition", "Provenance", "Consent"] as const;

const ofProgram = ({ id, version }: Program) => ({ path: { account_id: id }, header: { "If-Match": `"${version}"` } });
export const readPrograms = (): Promise<Program[]> => all(each((page) => http.GET("/v1/service-accounts", { params: { query: { ...page, limit: 100 } } })), 500);
export const addProgram = (body: Schemas["ServiceAccountCreate"]) => data(unwrap(http.POST("/v1/service-accounts", { body })));
export const changeProgram = (program: Program, body: Schemas["ServiceAccountUpdate"]) => data(unwrap(http.PATCH("/v1/service-accounts/{account_id}", { params: ofProgram(program), body })));
export const rotateProgram = (program: Program) => data(unwrap(http.POST("/v1/service-accounts/{account_id}/rotate-secret", { params: ofProgram(program) })));

const ofWebhook = ({ id, version }: Webhook) => ({ path: { webhook_id: id }, header: { "If-Match": `"${version}"` } });
const named = (webhook_id: string) => ({ path: { webhook_id } });
export const readWebhooks = (): Promise<Webhook[]> => all(each((page) => http.GET("/v1/webhooks", { params: { query: { ...page, limit: 100 } } })), 500);
export const addWebhook = (body: Schemas["WebhookCreate"]) => data(unwrap(http.POST("/v1/webhooks", { body })));
export const changeWebhook = (webhook: Webhook, body: Schemas["WebhookUpdate"]) => data(unwrap(http.PATCH("/v1/webhooks/{webhook_id}", { params: ofWebhook(webhook), body })));
export const rotateWebhook = (webhook: Webhook) => data(unwrap(http.POST("/v1/webhooks/{webhook_id}/rotate-secret", { params: ofWebhook(webhook) })));
export const testWebhook = (id: string) => unwrap(http.POST("/v1/webhooks/{webhook_id}/test", { params: named(id) }));
export const replayWebhook = (id: string, position: number) => unwrap(http.POST("/v1/webhooks/{webhook_id}/replay", { params: named(id), body: { position } }));
export const readDeliveries = (id: string, cursor: string | null) =>
  data(unwrap(http.GET("/v1/webhooks/{webhook_id}/deliveries", { params: { ...named(id), query: { limit: 25, ...(cursor === null ? {} : { cursor }) } } })));
