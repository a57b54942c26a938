/** The screens of who is signed in, in a file of their own: the first visit, which is a sign-in, does not wait for it. */
import { useEffect, useState } from "preact/hooks";

/** Return a hook that gives what is loaded: null while it comes, "missing" if it could not be had. */
export function later<T>(loading: Promise<T>): () => T | null | "missing" {
  let loaded: T | null = null;
  const first = loading.then(
    (found) => (loaded = found),
    () => null,
  );
  return () => {
    const [found, setFound] = useState<T | null | "missing">(loaded);
    useEffect(() => {
      void first.then((one) => setFound(one ?? "missing"));
    }, []);
    return found;
  };
}
