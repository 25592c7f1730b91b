import { isIPv6 } from 'node:net'

/**
 * "host:port" of what Java writes for a socket's address: "/10.0.0.7:5123", "name/10.0.0.7:5123", "/[0:0:0:0:0:0:0:1]:5123"
 * since JDK 14 and "/0:0:0:0:0:0:0:1:5123" before, and in JSON the same without the slash (InetSocketAddress.toString;
 * Jackson's InetSocketAddressSerializer). IPv6 gets its brackets and its shortest form. null when it has no port.
 */
export function clientAddress(text: string): string | null {
  const [, host, port] = /^(?:.*\/)?\[?([^[\]]+)\]?:(\d{1,5})$/.exec(text) ?? []
  if (host === undefined || port === undefined) return null
  const [address = '', ...zone] = host.split('%')
  if (!isIPv6(address)) return `${host}:${port}`
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1)
  return `[${[short, ...zone].join('%')}]:${port}`
}
