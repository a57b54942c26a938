/** A file that is fetched in ranges, and kept by the browser. */
const RANGE_BYTES = 4_194_304;

/** Return the file of so many bytes; `part` fetches one range of it. Raises Error if it is not whole. */
export async function inRanges(size: number, part: (range: string) => Promise<Blob>): Promise<Blob> {
  const parts: Blob[] = [];
  for (let from = 0; from < size; from += RANGE_BYTES) parts.push(await part(`bytes=${from}-${Math.min(from + RANGE_BYTES, size) - 1}`));
  const whole = new Blob(parts, { type: "application/zip" });
  if (whole.size !== size) throw new Error("the file is not whole");
  return whole;
}

/** Let the browser keep a file under a name. */
export function keepFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
