import type { Family } from './family'
import type { SeenChild } from './layout'
import { contenderOf } from './line-up'
import { makeRecipe } from './make-recipe'

/** Kafka's notices, wherever its chroot is, and the tasks of ClickHouse that every server reads for itself. */
const KAFKA = /^(?:config_change|isr_change|log_dir_event|acl_changes?|delegation_token_change)_(\d{10})$/
const CLICKHOUSE = /^query-(\d{10})$/

/**
 * Numbered messages that everybody reads and somebody clears away after a while. Nobody takes them from the front, so they
 * are no queue. Sources: ZkNodeChangeNotificationListener.scala, DDLWorker.cpp.
 */
export const notifications: Family = {
  id: 'notifications',
  recognise({ children }) {
    for (const [library, pattern] of [
      ['Kafka', KAFKA],
      ['ClickHouse', CLICKHOUSE],
    ] as const) {
      if (children.length === 0 || !children.every((child) => isNotice(child, pattern))) continue
      const notices = children
        .map((child) => ({ child, sequence: Number(pattern.exec(child.name)?.[1]), lane: null }))
        .sort((a, b) => a.sequence - b.sequence)
      return makeRecipe('notifications', library, {
        contenders: notices.map((notice) => ({ ...contenderOf(notice, 'present'), claims: null })),
      })
    }
    return null
  },
}

function isNotice({ name, stat }: SeenChild, pattern: RegExp): boolean {
  return (stat === null || stat.ephemeralOwner === 0n) && pattern.test(name)
}
