import type { Extension } from '@codemirror/state'

export type TextFormat = 'json' | 'yaml' | 'xml' | 'properties' | 'text'

/** Each grammar is a chunk of its own, loaded when the first value of its kind is opened. */
export async function loadLanguage(format: TextFormat): Promise<Extension> {
  switch (format) {
    case 'json':
      return (await import('@codemirror/lang-json')).json()
    case 'yaml':
      return (await import('@codemirror/lang-yaml')).yaml()
    case 'xml':
      return (await import('@codemirror/lang-xml')).xml()
    case 'properties': {
      const [{ StreamLanguage }, { properties }] = await Promise.all([
        import('@codemirror/language'),
        import('@codemirror/legacy-modes/mode/properties'),
      ])
      return StreamLanguage.define(properties)
    }
    case 'text':
      return []
  }
}
