/** A setting that cannot be used; the message names its key and what is wrong, never its value when it is a secret. */
export class BadSetting extends Error {
  constructor(key: string, problem: string) {
    super(`${key}: ${problem}`)
    this.name = 'BadSetting'
  }
}
