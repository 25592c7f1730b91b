import type { Session } from '@/lib/zookeeper/session'

/** One request may have 1 MB; a thousand creates are a tenth of that. */
const PER_REQUEST = 1_000
const AT_ONCE = 8

/** Creates a znode for each path, all with the same data. Their parents exist already, as the requests overlap. */
export async function createAll(session: Session, paths: readonly string[], data: Buffer | null): Promise<void> {
  const requests = Array.from({ length: Math.ceil(paths.length / PER_REQUEST) }, (_, i) =>
    paths.slice(i * PER_REQUEST, (i + 1) * PER_REQUEST),
  )
  const worker = async (): Promise<void> => {
    for (let request = requests.shift(); request; request = requests.shift()) {
      const operations = request.map((path) => ({ type: 'create' as const, path, data }))
      await session.multi(operations, { timeoutMs: 60_000 })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

/** "<prefix>0000", ... */
export function numbered(prefix: string, count: number, digits: number): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${String(i).padStart(digits, '0')}`)
}
