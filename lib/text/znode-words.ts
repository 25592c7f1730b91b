import { formatInteger } from '@/lib/znode/bytes'
import type { ZnodeKind } from '@/lib/znode/kind'
import { LAST_SEQUENCE, nextSequence, sequenceSuffix, sequencesLeft } from '@/lib/znode/sequence'
import { serverIdOf } from '@/lib/znode/session-id'
import { toHex } from '@/lib/znode/stat'
import { zxidParts } from '@/lib/znode/zxid'

/** "epoch 26, change 3,137". */
export function zxidInWords(zxid: bigint): string {
  if (zxid === 0n) return 'made with the ensemble, before its first change'
  const { epoch, counter } = zxidParts(zxid)
  return `epoch ${formatInteger(epoch)}, change ${formatInteger(counter)}`
}

/** "session 0x3000a21f0040002, opened at server 3". The session may be connected to another server by now. */
export function sessionInWords(sessionId: bigint): string {
  if (sessionId === 0n) return 'no session'
  return `session ${toHex(sessionId)}, opened at server ${serverIdOf(sessionId)}`
}

/** The ephemeral owner of a Stat. */
export function ownerInWords(ephemeralOwner: bigint): string {
  return ephemeralOwner === 0n
    ? 'persistent, or container or TTL: servers hide which'
    : `ephemeral, goes with ${sessionInWords(ephemeralOwner)}`
}

/** "ephemeral, sequential by its name". */
export function kindInWords({ kind, sequential }: ZnodeKind): string {
  return sequential ? `${kind}, sequential by its name` : kind
}

/** The next sequence number as ZooKeeper writes it, and how many are left after it. */
export function nextSequenceInWords(stat: { readonly cversion: number; readonly numChildren: number }): {
  readonly number: string
  readonly words: string
} {
  const next = nextSequence(stat)
  return {
    number: sequenceSuffix(next),
    words:
      next === LAST_SEQUENCE
        ? 'the last one: from now on sequential creates here fail or repeat a number'
        : `${formatInteger(sequencesLeft(stat))} left before names stop being unique`,
  }
}
