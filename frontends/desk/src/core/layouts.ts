/** The sections of notes: of the nine formats, and of the clinic's own templates. */
import { each, unwrap, type components } from "@integration-journal/client";
import { useEffect, useState } from "preact/hooks";
import { formatWords, SECTIONS, sectionWords } from "../messages/words.js";
import { desk } from "./desk.js";
import { all, data } from "./things.js";
import type { NoteTemplate } from "./types.js";

const { http } = desk.client;

export const readTemplates = (state?: NoteTemplate["state"]): Promise<NoteTemplate[]> =>
  all(each((page) => http.GET("/v1/note-templates", { params: { query: { ...(state ? { state } : {}), ...page, limit: 100 } } })), 200);
export const writeTemplate = (body: components["schemas"]["NoteTemplateCreate"]) => unwrap(http.POST("/v1/note-templates", { body }));
export const retireTemplate = ({ id, version }: NoteTemplate) =>
  unwrap(http.POST("/v1/note-templates/{note_template_id}/retire", { params: { path: { note_template_id: id }, header: { "If-Match": `"${version}"` } } }));

/** How a note is laid out. */
export interface Layout {
  title: string;
  /** The keys of its sections; empty while a template is not there. */
  order: string[];
  /** Those without which nobody signs it. */
  required: string[];
  words: (key: string) => string;
  hint: (key: string) => string;
}
const none = (): string => "";
const ofFormat = (format: string): Layout => {
  const order = SECTIONS[format] ?? [];
  return { title: formatWords(format), order, required: order, words: sectionWords, hint: none };
};
function ofTemplate({ title, sections }: NoteTemplate): Layout {
  const found = (key: string) => sections.find((one) => one.key === key);
  const words = (key: string): string => found(key)?.title ?? sectionWords(key);
  return { title, order: sections.map((one) => one.key), required: sections.filter((one) => one.is_required).map((one) => one.key), words, hint: (key) => found(key)?.hint ?? "" };
}

/** A version never changes, so one reading is enough for a page. */
const templates = new Map<string, Promise<NoteTemplate>>();
function readTemplate(id: string): Promise<NoteTemplate> {
  const found = templates.get(id) ?? data(unwrap(http.GET("/v1/note-templates/{note_template_id}", { params: { path: { note_template_id: id } } })));
  templates.set(id, found);
  found.catch(() => templates.delete(id));
  return found;
}

/** Return the layout of a note; without a connection, one of a template is drawn by its keys alone. */
export function useLayout(format: string, templateId: string): Layout {
  const [template, setTemplate] = useState<NoteTemplate | null>(null);
  useEffect(() => {
    if (templateId) void readTemplate(templateId).then(setTemplate, () => undefined);
  }, [templateId]);
  return template === null ? ofFormat(format) : ofTemplate(template);
}
