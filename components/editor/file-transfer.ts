/** Hands exactly these bytes to the person as a file. octet-stream: the browser must not interpret what a znode holds. */
export function downloadBytes(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Revoked at once, some browsers have not begun to read it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/**
 * A file name that every system takes, from the last segment of a path: without separators, reserved and invisible
 * characters, leading dots (hidden files) and trailing ones (Windows), at most 100 characters.
 */
export function fileNameOf(path: string): string {
  const name = path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/[\p{C}\p{Z}\\/:*?"<>|%]+/gu, '_')
    .replace(/^\.+|\.+$/g, '')
    .slice(0, 100)
  return name === '' ? 'znode' : /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name) ? `_${name}` : name
}

export async function readFile(file: File): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer())
}
