'use client'

import Link from 'next/link'
import { pageHrefOf } from '@/components/shell/page-kind'
import { SHOW_SESSION } from '@/lib/text/sessions'

/** From an ephemeral znode to the session that it goes with. */
export default function OwnerLink({ cluster, session, words }: { cluster: string; session: string; words: string }) {
  return (
    <Link
      prefetch={false}
      href={pageHrefOf(cluster, 'sessions', { session })}
      title={SHOW_SESSION}
      className="inline-flex min-h-6 items-center rounded-[3px] underline decoration-line underline-offset-4 hover:text-ink hover:decoration-accent"
    >
      {words}
    </Link>
  )
}
