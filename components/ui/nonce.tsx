'use client'

import { CSPProvider } from '@base-ui/react/csp-provider'
import { createContext, type ReactNode, useContext } from 'react'

const NonceContext = createContext<string | undefined>(undefined)

/** The page's Content-Security-Policy nonce, for the code that must make its own style elements (CodeMirror, Base UI). */
export function NonceProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <NonceContext value={nonce}>
      <CSPProvider {...(nonce === undefined ? { disableStyleElements: true } : { nonce })}>{children}</CSPProvider>
    </NonceContext>
  )
}

export function useNonce(): string | undefined {
  return useContext(NonceContext)
}
