import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata } from 'next'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { LiveProvider } from '@/components/live/live-provider'
import { readTheme, THEME_COOKIE } from '@/components/shell/theme'
import { NonceProvider } from '@/components/ui/nonce'
import { Toasts } from '@/components/ui/toast'
import { APP_NAME } from '@/lib/text/shell'
import './globals.css'

export const metadata: Metadata = { title: APP_NAME, description: 'A live inspector for Apache ZooKeeper' }

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value)
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <html
      lang="en"
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      {...(theme === 'system' ? {} : { 'data-theme': theme })}
    >
      <body>
        <NonceProvider nonce={nonce}>
          <LiveProvider>{children}</LiveProvider>
          <Toasts />
        </NonceProvider>
      </body>
    </html>
  )
}
