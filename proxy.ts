import { type NextRequest, NextResponse } from 'next/server'

/**
 * Gives every page a Content-Security-Policy of its own: scripts and style elements run by nonce only. Style attributes
 * stay allowed, because rows are placed by them; they cannot run anything. Authorisation is not here: each route and
 * action does its own.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = crypto.randomUUID().replaceAll('-', '')
  // React rebuilds server stacks with eval while developing; a production build never evaluates text.
  const development = process.env.NODE_ENV === 'development'
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('referrer-policy', 'no-referrer')
  response.headers.set('x-content-type-options', 'nosniff')
  return response
}

// Pages and their server actions only; a body that passes through here would be buffered.
export const config = {
  matcher: [{ source: '/((?!api/|_next/static|icon).*)', missing: [{ type: 'header', key: 'next-action' }] }],
}
