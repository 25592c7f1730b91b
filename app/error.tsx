'use client'

import { Button } from '@/components/ui/button'
import { PAGE_FAILED, PAGE_FAILED_HINT, TRY_AGAIN } from '@/lib/text/shell'

/** A page that failed for a reason nobody foresaw; the digest finds it in the server's log. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="mx-auto max-w-lg px-6 py-24">
      <div role="alert" className="flex flex-col gap-3">
        <h1 className="text-lg font-semibold">{PAGE_FAILED}</h1>
        <p className="text-ink-2">{PAGE_FAILED_HINT(error.digest ?? null)}</p>
        <div>
          <Button variant="primary" onClick={reset}>
            {TRY_AGAIN}
          </Button>
        </div>
      </div>
    </main>
  )
}
