/** What every call of the API gives, without its envelope. */
const MAX_ROWS = 100;

export async function all<T>(items: AsyncIterable<T>, most = MAX_ROWS): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) {
    found.push(item);
    if (found.length >= most) break;
  }
  return found;
}

export const data = async <T,>(call: Promise<{ data: T }>): Promise<T> => (await call).data;
