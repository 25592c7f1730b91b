import type { Page } from '@playwright/test'

/**
 * Collects whatever a page does that it never should: throw, open a dialog, try what the content security policy
 * forbids, load something from elsewhere. Call it before the page is opened; the list grows.
 */
export async function watchForTrouble(page: Page): Promise<readonly string[]> {
  const trouble: string[] = []
  await page.exposeFunction('reportViolation', (what: string) => void trouble.push(`forbidden by the policy: ${what}`))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      const { reportViolation } = window as unknown as { reportViolation: (what: string) => void }
      reportViolation(`${violatedDirective} ${blockedURI} ${sample}`)
    })
  })
  page.on('pageerror', (error) => trouble.push(`uncaught: ${error.message}`))
  page.on('dialog', async (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`)
    await dialog.dismiss()
  })
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== new URL(page.url()).origin && page.url() !== 'about:blank')
      trouble.push(`request to ${origin}`)
  })
  return trouble
}
