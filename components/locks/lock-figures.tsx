import type { LockView } from '@/lib/queries/lock-responses'
import { KINDS } from '@/lib/text/lock-kinds'
import {
  CREATES_FIGURE,
  HAND_OFFS_FIGURE,
  HELD_FIGURE,
  HOLDS_FIGURE,
  NEXT_FIGURE,
  PER_MINUTE,
  PERMITS_FIGURE,
  SPAN,
  UNKNOWN_FIGURE,
  WAIT_FIGURE,
  WAITED_FIGURE,
} from '@/lib/text/locks'
import { formatInteger } from '@/lib/znode/bytes'

/** The lock in numbers. What was not seen yet is a dash, never a nought. */
export function LockFigures({ view }: { view: LockView }) {
  const { figures, holding, waiting, permits, total } = view
  const { held, waited, handOffsPerMinute, createsPerMinute, nextSequence } = figures
  const present = total - holding - waiting
  return (
    <dl className="flex flex-wrap gap-x-7 gap-y-2 pt-3">
      {holding + waiting > 0 || present === 0 ? (
        <>
          <Figure value={formatInteger(holding)} name={HOLDS_FIGURE(holding)} />
          <Figure value={formatInteger(waiting)} name={WAIT_FIGURE(waiting)} />
        </>
      ) : (
        <Figure value={formatInteger(present)} name={KINDS[view.kind].contenders} />
      )}
      {permits !== null && permits > 1 && <Figure value={formatInteger(permits)} name={PERMITS_FIGURE} />}
      <Figure value={held.p50 === null ? UNKNOWN_FIGURE : SPAN(held.p50)} name={HELD_FIGURE(held.samples)} />
      <Figure value={waited.p95 === null ? UNKNOWN_FIGURE : SPAN(waited.p95)} name={WAITED_FIGURE(waited.samples)} />
      {handOffsPerMinute === null && createsPerMinute !== null ? (
        <Figure value={PER_MINUTE(createsPerMinute)} name={CREATES_FIGURE} />
      ) : (
        <Figure
          value={handOffsPerMinute === null ? UNKNOWN_FIGURE : PER_MINUTE(handOffsPerMinute)}
          name={HAND_OFFS_FIGURE}
        />
      )}
      <Figure value={nextSequence === null ? UNKNOWN_FIGURE : formatInteger(nextSequence)} name={NEXT_FIGURE} />
    </dl>
  )
}

function Figure({ value, name }: { value: string; name: string }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-[11.5px] text-ink-2">{name}</dt>
      <dd className="text-[17px] leading-tight font-semibold whitespace-nowrap">{value}</dd>
    </div>
  )
}
