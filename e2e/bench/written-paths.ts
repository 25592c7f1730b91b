/** The folders that writer.ts changes the children of. */
export function folderPath(root: string, folder: number): string {
  return `${root}/folder-${folder}`
}

export function childPath(root: string, folder: number, child: number): string {
  return `${folderPath(root, folder)}/child-${String(child).padStart(4, '0')}`
}
