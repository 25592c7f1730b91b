import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { notFound } from 'next/navigation'
import { SessionsPage } from '@/components/sessions/sessions-page'
import { readTheme, THEME_COOKIE } from '@/components/shell/theme'
import { pageClusters } from '@/lib/server/page-clusters'
import { SESSIONS_TITLE } from '@/lib/text/sessions'
import { APP_NAME } from '@/lib/text/shell'

export async function generateMetadata({ params }: PageProps<'/c/[cluster]/sessions'>): Promise<Metadata> {
  const { cluster } = await params
  const found = (await pageClusters()).find(({ id }) => id === cluster)
  return { title: found ? SESSIONS_TITLE(found.name) : APP_NAME }
}

/** Sessions: all that anything is known of; which one is shown is in the URL. */
export default async function Sessions({ params }: PageProps<'/c/[cluster]/sessions'>) {
  const { cluster } = await params
  const clusters = await pageClusters()
  const current = clusters.find(({ id }) => id === cluster)
  if (!current) notFound()
  const jar = await cookies()
  return <SessionsPage cluster={current} clusters={clusters} theme={readTheme(jar.get(THEME_COOKIE)?.value)} />
}
