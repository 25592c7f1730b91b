/** The name in the address of who is meant, as long as nobody has shown them yet. */
let wanted: { readonly href: string; readonly name: string | null } | null = null

/** The address `?path=...&contender=...` shows one who takes part: true once, for the first that bears the name. */
export const linkedContender = {
  take(name: string): boolean {
    if (typeof window === 'undefined') return false
    const { href, search } = window.location
    if (wanted?.href !== href) wanted = { href, name: new URLSearchParams(search).get('contender') }
    if (wanted.name !== name) return false
    wanted = { href, name: null }
    return true
  },
}
