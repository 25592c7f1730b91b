/** How a client of another language is run, with all that it needs already installed. */
export interface ClientProgram {
  /** "Curator 5.9.0" */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}
