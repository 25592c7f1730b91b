import type { LockView } from '@/lib/queries/lock-responses'

export function HowItWorks(_: { view: LockView }) {
  return null
}
