/** One call of a path: its address, query and body by the document's types. `openapi-fetch` gives the types alone. */
import type { Client as PathsClient } from "openapi-fetch";
import type { paths } from "./generated/api.js";

/** Every path with its types: `http.GET("/v1/me/home")`. */
export type Http = Pick<PathsClient<paths>, "GET" | "POST" | "PUT" | "PATCH" | "DELETE">;

interface Init extends Omit<RequestInit, "body" | "headers" | "method"> {
  params?: { path?: Record<string, unknown>; query?: Record<string, unknown>; header?: Record<string, unknown> };
  headers?: Record<string, unknown>;
  body?: unknown;
  parseAs?: "json" | "text" | "blob" | "arrayBuffer" | "stream";
}

function addressOf(root: string, path: string, { path: names = {}, query = {} }: NonNullable<Init["params"]>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) if (one !== undefined && one !== null) search.append(name, String(one));
  }
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(names[name])));
  return `${root}${filled}${search.size > 0 ? `?${search}` : ""}`;
}

/** Return the calls of an API at `root`, each sent by `send`. A refusal is `error`, never raised. */
export function httpOf(root: string, send: (request: Request) => Promise<Response>): Http {
  const by = (method: string) => async (path: string, { params = {}, headers: given, body, parseAs = "json", ...init }: Init = {}) => {
    const headers = new Headers(body === undefined ? {} : { "Content-Type": "application/json" });
    for (const [name, value] of Object.entries({ ...given, ...params.header })) {
      if (value !== undefined && value !== null) headers.set(name, String(value));
    }
    const response = await send(new Request(addressOf(root, path, params), { ...init, method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }));
    if (response.status === 204) return { response };
    if (response.ok) return { response, data: parseAs === "stream" ? response.body : await response[parseAs]() };
    const text = await response.text();
    try {
      return { response, error: JSON.parse(text) as unknown };
    } catch {
      return { response, error: text };
    }
  };
  return { GET: by("GET"), POST: by("POST"), PUT: by("PUT"), PATCH: by("PATCH"), DELETE: by("DELETE") } as unknown as Http;
}
