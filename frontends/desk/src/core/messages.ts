/** How people are told beyond this desk: own choices and channels, and the admins' log. */
import { unwrap, type components } from "@integration-journal/client";
import { desk } from "./desk.js";
import { data } from "./things.js";
import type { Notification, NotificationChannel, NotificationSettings } from "./types.js";

const { http } = desk.client;
type Schemas = components["schemas"];

export interface OwnMessages {
  settings: NotificationSettings;
  channels: NotificationChannel[];
}
export async function readOwn(): Promise<OwnMessages> {
  const [settings, channels] = await Promise.all([data(unwrap(http.GET("/v1/me/notification-settings", {}))), data(unwrap(http.GET("/v1/me/channels", {})))]);
  return { settings, channels: channels.items };
}
export const writeChoices = ({ version }: NotificationSettings, body: Schemas["NotificationChoices"]) =>
  unwrap(http.PUT("/v1/me/notification-settings", { params: { header: { "If-Match": `"${version}"` } }, body }));
export const addWebhook = (url: string): Promise<Schemas["NotificationChannelMade"]> => data(unwrap(http.POST("/v1/me/channels", { body: { kind: "webhook", url } })));
export const removeChannel = (channel_id: string) => unwrap(http.DELETE("/v1/me/channels/{channel_id}", { params: { path: { channel_id } } }));

export const readLog = async (failed: boolean, cursor: string | null): Promise<{ items: Notification[]; next_cursor: string | null }> =>
  data(unwrap(http.GET("/v1/notifications", { params: { query: { ...(failed ? { failed } : {}), limit: 50, ...(cursor === null ? {} : { cursor }) } } })));
