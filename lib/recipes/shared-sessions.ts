import { CHILDREN, type Contender, type Edge } from './recipe'

/**
 * A watch belongs to a session, not to a znode: where a session has several contenders, what it watches proves
 * something only if it is all that they should watch.
 */
export function onlyUnanimous(contenders: readonly Contender[]): readonly Contender[] {
  if (!contenders.some(({ waitsOn }) => waitsOn.some(({ proof }) => proof !== 'unknown'))) return contenders
  const several = new Set<bigint>()
  const once = new Set<bigint>()
  for (const { session } of contenders) {
    if (session === null) continue
    if (once.has(session)) several.add(session)
    else once.add(session)
  }
  if (several.size === 0) return contenders
  const doubtful = new Set<bigint>()
  for (const { session, waitsOn } of contenders) {
    if (session !== null && several.has(session) && waitsOn.some(isUnproven)) doubtful.add(session)
  }
  return contenders.map((contender) => {
    const { session, waitsOn } = contender
    if (session === null || !doubtful.has(session)) return contender
    return { ...contender, waitsOn: waitsOn.map(({ on }): Edge => ({ on, proof: 'unknown' })) }
  })
}

function isUnproven({ on, proof }: Edge): boolean {
  return on !== CHILDREN && proof !== 'confirmed'
}
