import { joinPath, nameOf, parentOf } from '@/lib/znode/path'
import { type Stat, toHex } from '@/lib/znode/stat'
import type { RequestOptions, Session } from '@/lib/zookeeper/session'
import type { Creation } from '@/lib/zookeeper/session-operations'
import { isUntouched, type Outcome, type Sent, sameData } from './outcome'
import { find } from './read-back'

/** A directory with more children is not searched: that costs the ensemble more than the answer is worth. */
const MOST_CHILDREN = 10_000
/** The server has given them the highest numbers of all, so that ours is among the last ones. */
const MOST_CANDIDATES = 64
const NUMBER = /^-?\d{10,}$/
/** In the words of an error. */
const MOST_NAMED = 3

type Made = { readonly path: string; readonly stat: Stat }

/**
 * A sequential znode has a name that only the lost answer told. An ephemeral one is found by its owner, which is our
 * session; of a persistent one nobody can say whether it is ours or was made by another client in the same moment, so
 * that the error only tells where to look.
 */
export async function sequentialOutcome(
  session: Session,
  options: RequestOptions,
  creation: Creation,
  sent: Sent,
): Promise<Outcome<Made>> {
  const directory = parentOf(creation.path)
  const parent = await session.exists(directory, options)
  if (isUntouched(parent, sent)) return { applied: false }
  const made = parent && parent.numChildren <= MOST_CHILDREN ? await candidates(session, options, creation, sent) : null
  const [only, another] = made ?? []
  if (creation.mode === 'ephemeral-sequential' && only !== undefined && another === undefined) {
    return { applied: true, value: only }
  }
  return { applied: null, detail: whereToLook(creation.path, made, sent) }
}

/** Made since we asked, with our bytes and, if ephemeral, by our session. */
async function candidates(session: Session, options: RequestOptions, creation: Creation, sent: Sent): Promise<Made[]> {
  const directory = parentOf(creation.path)
  const prefix = creation.path.slice(creation.path.lastIndexOf('/') + 1)
  const { names } = await session.getChildren(directory, options)
  const number = (name: string) => Number(name.slice(prefix.length))
  const numbered = names
    .filter((name) => name.startsWith(prefix) && NUMBER.test(name.slice(prefix.length)))
    .sort((one, other) => number(other) - number(one))
    .slice(0, MOST_CANDIDATES)
  const owner = creation.mode === 'ephemeral-sequential' ? sent.sessionId : 0n
  const found = await Promise.all(
    numbered.map(async (name) => {
      const path = joinPath(directory, name)
      return { path, found: await find(session, path, options) }
    }),
  )
  return found.flatMap(({ path, found }) => {
    if (found === null || found.stat.czxid <= sent.after || found.stat.ephemeralOwner !== owner) return []
    const ours = found.stat.version === 0 && found.data !== undefined && sameData(found.data, creation.data)
    return ours ? [{ path, stat: found.stat }] : []
  })
}

function whereToLook(prefix: string, made: readonly Made[] | null, sent: Sent): string {
  const since = `made after zxid ${toHex(sent.after)}`
  if (made === null || made.length === 0) return `look for a znode ${prefix}… ${since}`
  const names = made.slice(0, MOST_NAMED).map(({ path }) => nameOf(path))
  const more = made.length > names.length ? ` and ${made.length - names.length} more` : ''
  return `it may be ${names.join(', ')}${more}, ${since} with the same data`
}
