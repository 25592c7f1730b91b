import type { Recipe, RecipeKind } from './recipe'

type Known = 'contenders' | 'foreign' | 'orElse' | 'permits' | 'findings' | 'unknowable' | 'payload' | 'application'

/** A recipe with nothing in it but what is given: most have no findings, no payload and no number of permits. */
export function makeRecipe(kind: RecipeKind, library: string, known: Partial<Pick<Recipe, Known>> = {}): Recipe {
  return {
    kind,
    library,
    orElse: [],
    application: null,
    contenders: [],
    foreign: [],
    permits: null,
    findings: [],
    unknowable: [],
    payload: [],
    ...known,
  }
}
