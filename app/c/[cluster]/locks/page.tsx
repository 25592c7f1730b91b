import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { notFound } from 'next/navigation'
import { PANES_COOKIE, readPanes } from '@/components/browse/panes'
import { LocksPage } from '@/components/locks/locks-page'
import { readTheme, THEME_COOKIE } from '@/components/shell/theme'
import { pageClusters } from '@/lib/server/page-clusters'
import { LOCKS_TITLE } from '@/lib/text/locks'
import { APP_NAME, PAGE_TITLE } from '@/lib/text/shell'

/** The browser's tab says which lock of which ensemble this is, before any script runs. */
export async function generateMetadata({ params, searchParams }: PageProps<'/c/[cluster]/locks'>): Promise<Metadata> {
  const { cluster } = await params
  const path = [(await searchParams).path].flat()[0]
  const found = (await pageClusters()).find(({ id }) => id === cluster)
  if (!found) return { title: APP_NAME }
  return { title: path === undefined ? LOCKS_TITLE(found.name) : PAGE_TITLE(path, found.name) }
}

/** Locks: all of them on the left, one of them on the right; its path is in the URL. */
export default async function Locks({ params }: PageProps<'/c/[cluster]/locks'>) {
  const { cluster } = await params
  const clusters = await pageClusters()
  const current = clusters.find(({ id }) => id === cluster)
  if (!current) notFound()
  const jar = await cookies()
  return (
    <LocksPage
      cluster={current}
      clusters={clusters}
      panes={readPanes(jar.get(PANES_COOKIE)?.value)}
      theme={readTheme(jar.get(THEME_COOKIE)?.value)}
    />
  )
}
