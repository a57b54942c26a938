/** Sending a file in parts, each kept before the next: what broke off goes on where it was, also with the file chosen anew. */
import { Problem, unwrap, type Client, type components } from "@integration-journal/client";

export type Attachment = components["schemas"]["Attachment"];
export type MediaType = Attachment["content_type"];
/** What a file belongs to. */
export type Parent = { note_id: string } | { reflection_id: string };
/** What may be chosen; the API looks at the first bytes too. */
export const TYPES: MediaType[] = ["image/jpeg", "image/png", "image/webp", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/webm", "audio/wav", "application/pdf"];
const OTHER_NAMES: Record<string, MediaType> = { "audio/x-m4a": "audio/mp4", "audio/x-wav": "audio/wav", "video/webm": "audio/webm" };
const RANGE_BYTES = 2 ** 21; // each range is one answer, which the client waits 30 seconds for

/** Return the media type of a file; null if no such file is taken. */
export function mediaType(file: File): MediaType | null {
  const name = file.type.split(";")[0] ?? "";
  return TYPES.find((one) => one === name) ?? OTHER_NAMES[name] ?? null;
}

export async function digestOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function base64(part: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(part);
  });
}

export class Files {
  constructor(private readonly client: Client, private readonly parent: Parent) {}

  async list(): Promise<Attachment[]> {
    const query = { ...this.parent, limit: 100 };
    return [...(await unwrap(this.client.http.GET("/v1/attachments", { params: { query } }))).data.items].reverse();
  }

  async announce(file: File, content_type: MediaType, id: string): Promise<Attachment> {
    const body = { id, content_type, size_bytes: file.size, sha256: await digestOf(file) };
    const call = "note_id" in this.parent
      ? this.client.http.POST("/v1/notes/{note_id}/attachments", { params: { path: this.parent }, body })
      : this.client.http.POST("/v1/reflections/{reflection_id}/attachments", { params: { path: this.parent }, body });
    return (await unwrap(call)).data;
  }

  /** Send what the API does not have yet. `onPart` is told after each part. Raises NoAnswer if the network fails. */
  async send(file: File, begun: Attachment, onPart: (now: Attachment) => void): Promise<void> {
    let now = begun;
    while (now.received_bytes < file.size) {
      try {
        const data = await base64(file.slice(now.received_bytes, now.received_bytes + now.part_bytes));
        now = (await unwrap(this.client.http.POST("/v1/attachments/{attachment_id}/parts", { params: this.of(now), body: { data } }))).data;
      } catch (error) {
        if (!(error instanceof Problem) || !error.isStale) throw error;
        now = await this.read(now.id); // the part had come, and its answer was lost
      }
      onPart(now);
    }
    await unwrap(this.client.http.POST("/v1/attachments/{attachment_id}/complete", { params: this.of(now) }));
  }

  async read(attachment_id: string): Promise<Attachment> {
    return (await unwrap(this.client.http.GET("/v1/attachments/{attachment_id}", { params: { path: { attachment_id } } }))).data;
  }

  async remove(one: Attachment): Promise<void> {
    await unwrap(this.client.http.DELETE("/v1/attachments/{attachment_id}", { params: this.of(one) }));
  }

  /** Read the whole file, range by range. Raises Error if less came than there is. */
  async content(one: Attachment): Promise<Blob> {
    const parts: Blob[] = [];
    for (let from = 0; from < one.size_bytes; from += RANGE_BYTES) {
      const Range = `bytes=${from}-${Math.min(from + RANGE_BYTES, one.size_bytes) - 1}`;
      const params = { path: { attachment_id: one.id }, header: { Range } };
      parts.push((await unwrap(this.client.http.GET("/v1/attachments/{attachment_id}/content", { params, parseAs: "blob" }))).data as unknown as Blob);
    }
    const whole = new Blob(parts, { type: one.content_type });
    if (whole.size !== one.size_bytes) throw new Error("the file is not whole");
    return whole;
  }

  private of({ id, version }: Attachment) {
    return { path: { attachment_id: id }, header: { "If-Match": `"${version}"` } };
  }
}
