import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { notFound } from 'next/navigation'
import { BrowsePage } from '@/components/browse/browse-page'
import { PANES_COOKIE, readPanes } from '@/components/browse/panes'
import { readTheme, THEME_COOKIE } from '@/components/shell/theme'
import { pageClusters } from '@/lib/server/page-clusters'
import { APP_NAME, PAGE_TITLE } from '@/lib/text/shell'

/** Names the znode too: the browser's tab must say it before any script runs, and keeps it when the page is hydrated. */
export async function generateMetadata({ params, searchParams }: PageProps<'/c/[cluster]'>): Promise<Metadata> {
  const { cluster } = await params
  const { path = '/' } = await searchParams
  const found = (await pageClusters()).find(({ id }) => id === cluster)
  return { title: found ? PAGE_TITLE([path].flat()[0] ?? '/', found.name) : APP_NAME }
}

/** Browse: the tree on the left, the znode on the right; path and tab are in the URL. */
export default async function Browse({ params }: PageProps<'/c/[cluster]'>) {
  const { cluster } = await params
  const clusters = await pageClusters()
  const current = clusters.find(({ id }) => id === cluster)
  if (!current) notFound()
  const jar = await cookies()
  return (
    <BrowsePage
      cluster={current}
      clusters={clusters}
      panes={readPanes(jar.get(PANES_COOKIE)?.value)}
      theme={readTheme(jar.get(THEME_COOKIE)?.value)}
    />
  )
}
