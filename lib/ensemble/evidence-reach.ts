/** Who told, of whom there may be more. */
export interface Reach {
  /** Ids of the servers by /zookeeper/config: none on a standalone one; null when it cannot be read, or is unknown (3.4). */
  readonly members: readonly string[] | null
  /** Those that were asked; `id` when it is known. */
  readonly asked: readonly { readonly id: string | null; readonly told: boolean }[]
  /** Of a server that leads, or stands alone, how many follow or observe it at this moment; null when none says. */
  readonly learners: number | null
}

/**
 * Every server that clients can be connected to has told. Either each member of the ensemble did; or as many as the leader
 * has with it now, itself included, so that a server that is down does not hide what the others know: it has no clients.
 */
export function reachesAll({ members, asked, learners }: Reach): boolean {
  const told = asked.filter((server) => server.told)
  if (told.length === 0) return false
  const ids = new Set(told.map(({ id }) => id))
  if (members?.length === 0 && told.length === asked.length) return true
  if (members !== null && members.length > 0 && members.every((id) => ids.has(id))) return true
  // Two names of one server would count twice.
  return learners !== null && !ids.has(null) && ids.size === learners + 1
}
