/** Fetching the file of an export, part by part as it comes: what broke off goes on where it stopped. */
import { NoAnswer, Problem, type Client } from "@integration-journal/client";
import type { ChartExport } from "../../journal/types.js";

/** What is held as one piece, so that a large file need not lie in memory as a list of a hundred thousand. */
const PIECE_BYTES = 2 ** 23;

export class Download {
  private pieces: Blob[] = [];
  private loose: BlobPart[] = [];
  private looseBytes = 0;
  private got = 0;

  constructor(
    private readonly client: Client,
    private readonly accountId: string,
    private readonly of: Pick<ChartExport, "id" | "size_bytes">,
    private readonly folder = "me/exports",
  ) {}

  /**
   * Go on until it is whole; `onPart` is told how much of a hundred is there. Raises NoAnswer if the connection breaks off.
   *
   * Called again, it asks for the rest.
   */
  async whole(onPart: (percent: number) => void): Promise<Blob> {
    const size = this.of.size_bytes ?? 0;
    const headers = this.got > 0 ? { Range: `bytes=${this.got}-` } : undefined;
    const request = new Request(`${this.client.root}/v1/${this.folder}/${this.of.id}/content`, headers && { headers });
    const response = await this.client.open(request, this.accountId);
    if (response.status === 416) this.drop();
    if (!response.ok) throw new Problem(await response.json(), response.headers);
    if (response.status !== 206) this.drop(); // it is the whole from its beginning
    const reader = response.body!.getReader();
    try {
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        this.keep(part.value);
        if (this.got > size) break;
        onPart(Math.floor((100 * this.got) / size));
      }
    } catch (error) {
      throw new NoAnswer("the file broke off", { cause: error });
    }
    if (this.got > size) {
      this.drop();
      void reader.cancel().catch(() => undefined);
    }
    if (this.got !== size) throw new NoAnswer("the file is not whole");
    this.bind();
    return new Blob(this.pieces, { type: "application/zip" });
  }

  private drop(): void {
    this.pieces = [];
    this.loose = [];
    this.looseBytes = this.got = 0;
  }

  private keep(part: Uint8Array<ArrayBuffer>): void {
    this.loose.push(part);
    this.looseBytes += part.length;
    this.got += part.length;
    if (this.looseBytes >= PIECE_BYTES) this.bind();
  }

  private bind(): void {
    this.pieces.push(new Blob(this.loose));
    this.loose = [];
    this.looseBytes = 0;
  }
}

/** Let the browser keep a file under a name. */
export function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
