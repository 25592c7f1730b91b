import Link from 'next/link'
import { pageHrefOf } from '@/components/shell/page-kind'
import { VisibleName } from '@/components/ui/visible-name'
import type { LockView } from '@/lib/queries/lock-responses'
import { FOREIGN_EFFECT, FOREIGN_TITLE, MORE } from '@/lib/text/locks'
import { joinPath } from '@/lib/znode/path'
import { useLockScene } from './lock-scene'

const MOST = 8

/** Children that are no contenders, and what the library makes of them. */
export function ForeignList({ view: { path, foreign } }: { view: LockView }) {
  const { cluster } = useLockScene()
  if (foreign.length === 0) return null
  return (
    <section>
      <h2 className="pb-1 text-xs font-medium text-ink-2">{FOREIGN_TITLE}</h2>
      <ul className="text-xs">
        {foreign.slice(0, MOST).map(({ name, effect }) => (
          <li key={name} className="flex flex-wrap gap-x-2 border-b border-line-soft py-1">
            <Link
              prefetch={false}
              href={pageHrefOf(cluster, 'browse', { path: joinPath(path, name) })}
              title={name}
              className="min-w-0 font-mono wrap-anywhere hover:underline"
            >
              <VisibleName name={name} max={60} />
            </Link>
            <span className={effect === 'ignored' ? 'text-ink-3' : 'text-deleted'}>{FOREIGN_EFFECT[effect]}</span>
          </li>
        ))}
      </ul>
      {foreign.length > MOST && <p className="pt-1 text-[11.5px] text-ink-3">{MORE(foreign.length - MOST)}</p>}
    </section>
  )
}
