/** Server-sent events, by the rules of the HTML standard: fields, comments, and lines that are split anywhere. */

/** One event; its name is `message` if it has none. */
export interface ServerEvent {
  event: string;
  data: string;
  /** The last id that was given; empty if none was. */
  id: string;
}

const MAX_EVENT_CHARACTERS = 1_000_000;

/** Makes events of the bytes of a stream, however these are cut. */
export class EventReader {
  /** The pause before the next connection, if the server has named one. */
  retryMs: number | null = null;
  private readonly decoder = new TextDecoder(); // it passes over the byte order mark
  private line = "";
  private event = "";
  private id = "";
  private data: string[] = [];
  private size = 0;
  private endsInCr = false;

  /** Return the events that this part completes. Raises RangeError if one has no end. */
  feed(part: Uint8Array): ServerEvent[] {
    let text = this.decoder.decode(part, { stream: true });
    if (text === "") return [];
    if (this.endsInCr && text.startsWith("\n")) text = text.slice(1);
    this.endsInCr = text.endsWith("\r"); // a line feed that begins the next part belongs to it
    const lines = (this.line + text).split(/\r\n|\r|\n/);
    this.line = lines.pop()!;
    const found = lines.map((line) => this.take(line)).filter((event) => event !== null);
    if (this.line.length + this.size > MAX_EVENT_CHARACTERS) throw new RangeError("an event has no end");
    return found;
  }

  private take(line: string): ServerEvent | null {
    if (line === "") return this.dispatch();
    const [, name, value] = /^([^:]*):? ?(.*)$/s.exec(line) as unknown as [string, string, string];
    if (name === "data") {
      this.data.push(value);
      this.size += value.length + 1;
    } else if (name === "event") this.event = value;
    else if (name === "id" && !value.includes("\0")) this.id = value;
    else if (name === "retry" && /^\d{1,9}$/.test(value)) this.retryMs = Number(value);
    return null;
  }

  private dispatch(): ServerEvent | null {
    const { data, event, id } = this;
    this.data = [];
    this.event = "";
    this.size = 0;
    return data.length === 0 ? null : { event: event || "message", data: data.join("\n"), id };
  }
}
