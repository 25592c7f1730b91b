'use client'

import { lazy, type ReactNode, Suspense } from 'react'
import { CopyButton } from '@/components/ui/copy-button'
import { loadPart } from '@/components/ui/load-part'
import {
  aversionWords,
  childrenWords,
  copyField,
  cversionWords,
  FIELD_NAMES,
  NEVER_FOR_EPHEMERAL,
  NEXT_SEQUENCE,
  STAT_TITLE,
  versionWords,
} from '@/lib/text/node'
import { nextSequenceInWords, ownerInWords, zxidInWords } from '@/lib/text/znode-words'
import { formatBytes, formatExactBytes } from '@/lib/znode/bytes'
import { fromHex, type StatJson } from '@/lib/znode/stat'
import { formatAbsolute, formatAgo, formatExact } from '@/lib/znode/times'
import { useNow } from './use-now'

const OwnerLink = lazy(() => loadPart(() => import('./owner-link')))

/** Every field that ZooKeeper keeps about the znode, raw and in words. */
export function StatTab({ cluster, stat }: { cluster: string; stat: StatJson }) {
  const now = useNow(1000)
  const time = (ms: number) => <time title={formatExact(ms)}>{`${formatAbsolute(ms)} · ${formatAgo(ms, now)}`}</time>
  const next = nextSequenceInWords(stat)
  const ephemeral = fromHex(stat.ephemeralOwner) !== 0n
  const ownerWords = ownerInWords(fromHex(stat.ephemeralOwner))
  const owner = ephemeral ? (
    <Suspense fallback={ownerWords}>
      <OwnerLink cluster={cluster} session={stat.ephemeralOwner} words={ownerWords} />
    </Suspense>
  ) : (
    ownerWords
  )
  const fields: readonly (readonly [keyof StatJson, ReactNode])[] = [
    ['czxid', zxidInWords(fromHex(stat.czxid))],
    ['ctime', time(stat.ctime)],
    ['mzxid', zxidInWords(fromHex(stat.mzxid))],
    ['mtime', time(stat.mtime)],
    ['version', versionWords(stat.version)],
    ['pzxid', zxidInWords(fromHex(stat.pzxid))],
    ['cversion', cversionWords(stat.cversion)],
    ['aversion', aversionWords(stat.aversion)],
    ['ephemeralOwner', owner],
    [
      'dataLength',
      `${formatExactBytes(stat.dataLength)}${stat.dataLength < 1024 ? '' : ` · ${formatBytes(stat.dataLength)}`}`,
    ],
    ['numChildren', childrenWords(stat.numChildren)],
  ]
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label={STAT_TITLE} tabIndex={0} className="min-h-0 flex-1 overflow-auto -outline-offset-2">
      <dl className="grid grid-cols-[minmax(9rem,13rem)_minmax(10rem,14rem)_1fr] px-4 py-3">
        {fields.map(([field, words]) => (
          <Row key={field} name={FIELD_NAMES[field]} code={field} raw={String(stat[field])} words={words} />
        ))}
        <Row
          name={NEXT_SEQUENCE}
          raw={ephemeral ? '–' : next.number}
          words={ephemeral ? NEVER_FOR_EPHEMERAL : next.words}
        />
      </dl>
    </section>
  )
}

function Row({ name, code, raw, words }: { name: string; code?: string; raw: string; words: ReactNode }) {
  const cell = 'flex min-h-7 items-center border-b border-line-soft'
  return (
    <>
      <dt className={`${cell} pr-3 text-ink-2`}>
        {name}
        {code !== undefined && <span className="ml-2 font-mono text-[11px] text-ink-3">{code}</span>}
      </dt>
      <dd className={`${cell} group gap-1 pr-2 font-mono text-xs`}>
        <span className="min-w-0 wrap-anywhere">{raw}</span>
        <CopyButton
          text={raw}
          label={copyField(code ?? name)}
          className="opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
        />
      </dd>
      <dd className={`${cell} text-ink-2`}>{words}</dd>
    </>
  )
}
