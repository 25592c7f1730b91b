import { APP_NAME, NOT_FOUND, NOT_FOUND_HINT, TO_CLUSTERS } from '@/lib/text/shell'

/** An unknown cluster, or any other address that leads nowhere. */
export default function NotFound() {
  return (
    <main className="mx-auto flex max-w-lg flex-col gap-3 px-6 py-24">
      <title>{`${NOT_FOUND} · ${APP_NAME}`}</title>
      <h1 className="text-lg font-semibold">{NOT_FOUND}</h1>
      <p className="text-ink-2">{NOT_FOUND_HINT}</p>
      <a href="/" className="text-accent underline">
        {TO_CLUSTERS}
      </a>
    </main>
  )
}
