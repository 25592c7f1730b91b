import Link from 'next/link'
import { pageHrefOf } from '@/components/shell/page-kind'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import { VisibleName } from '@/components/ui/visible-name'
import type { LockView } from '@/lib/queries/lock-responses'
import { contenderPath } from '@/lib/recipes/contender-path'
import type { Finding } from '@/lib/recipes/finding'
import { findingInWords } from '@/lib/text/lock-findings'
import { ABOUT, CERTAINTY, FINDINGS_TITLE, SEVERITY, SUBJECTS_MORE, WHAT_TO_DO } from '@/lib/text/locks'
import { DeadlockRing } from './deadlock-ring'
import { useLockScene } from './lock-scene'
import { shortName } from './short-name'

const TONES = { danger: 'deleted', warning: 'changed', note: 'quiet' } as const
const BOXES = {
  danger: 'border-deleted/30 bg-deleted-bg',
  warning: 'border-changed/30 bg-changed-bg',
  note: 'border-line bg-bg',
} as const

/** Subjects that are named; the others are a number. */
const MOST_NAMED = 6

/** What is wrong, or may be: the worst first, each with what it rests on and what to do about it. */
export function FindingsPanel({ view }: { view: LockView }) {
  const { findings, deadlocks } = view
  if (findings.length === 0 && deadlocks.length === 0) return null
  return (
    <section className="grid gap-2 pb-4">
      <h2 className="text-xs font-medium text-ink-2">{FINDINGS_TITLE}</h2>
      {findings.map((finding) => (
        <FindingBox key={`${finding.code} ${finding.subjects.join(' ')}`} finding={finding} view={view} />
      ))}
      {deadlocks.map((deadlock) => (
        <DeadlockRing key={deadlock.steps.map(({ session }) => session).join(' ')} deadlock={deadlock} />
      ))}
    </section>
  )
}

function FindingBox({ finding, view }: { finding: Finding; view: LockView }) {
  const { severity, certainty, subjects, count } = finding
  const { title, sentence, advice } = findingInWords(finding)
  return (
    <article className={cn('rounded-lg border px-3 py-2', BOXES[severity])}>
      <h3 className="flex flex-wrap items-center gap-x-2">
        <Badge tone={TONES[severity]} className="-ml-1 font-normal">
          {SEVERITY[severity]} · {CERTAINTY[certainty]}
        </Badge>
        <span className="font-semibold wrap-anywhere">{title}</span>
      </h3>
      <p className="pt-0.5 text-ink-2 wrap-anywhere">{sentence}</p>
      {advice !== '' && (
        <p className="text-ink-2 wrap-anywhere">
          <span className="font-medium text-ink">{WHAT_TO_DO}:</span> {advice}
        </p>
      )}
      {subjects.length > 0 && <Subjects subjects={subjects} count={count} directory={view.path} />}
    </article>
  )
}

function Subjects({ subjects, count, directory }: { subjects: readonly string[]; count: number; directory: string }) {
  const { cluster } = useLockScene()
  const named = subjects.slice(0, MOST_NAMED)
  return (
    <p className="text-[11.5px] text-ink-2">
      {ABOUT}{' '}
      {named.map((name) => {
        const path = contenderPath(directory, name)
        return (
          <span key={name} className="mr-2 font-mono">
            {path === null ? (
              <VisibleName name={shortName(name)} />
            ) : (
              <Link prefetch={false} href={pageHrefOf(cluster, 'browse', { path })} title={name} className="underline">
                <VisibleName name={shortName(name)} />
              </Link>
            )}
          </span>
        )
      })}
      {count > named.length && SUBJECTS_MORE(count - named.length)}
    </p>
  )
}
