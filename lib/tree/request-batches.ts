/**
 * Characters of path and names in one request. Node answers 431 to a request whose line and headers are over 16 KiB
 * (http.maxHeaderSize), and a proxy in front often to one over 8 KiB; cookies and the rest need their part of it.
 */
export const MAX_REQUEST_CHARS = 6_000

/**
 * Cuts the names of children into runs that each fit into the query of one request: at most `maxNames`, and with `path`
 * at most {@link MAX_REQUEST_CHARS} as they are encoded, but never less than one name. A name of ZooKeeper's may be as
 * long as a packet, and what is not ASCII is up to nine characters for one.
 */
export function requestBatches(path: string, names: readonly string[], maxNames: number): string[][] {
  const room = MAX_REQUEST_CHARS - encodedLength('path', path)
  const batches: string[][] = []
  let batch: string[] = []
  let used = 0
  for (const name of names) {
    const length = encodedLength('name', name)
    if (batch.length > 0 && (batch.length === maxNames || used + length > room)) {
      batches.push(batch)
      batch = []
      used = 0
    }
    batch.push(name)
    used += length
  }
  if (batch.length > 0) batches.push(batch)
  return batches
}

/** As the query spells it, with its "&": "!" and its like are three characters there, but one to encodeURIComponent. */
function encodedLength(key: string, value: string): number {
  return new URLSearchParams([[key, value]]).toString().length + 1
}
