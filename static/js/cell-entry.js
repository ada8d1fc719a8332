// A number for the cells of a board or of a lesson: typed into a field over one of them, or painted over several.

import { CellField } from "./edit.js"

export const NUMBER = /^-?(\d+\/\d+|(\d+\.?\d*|\.\d+)(e-?\d+)?)$/i

// What a brush paints: the brightest value there is, or zero over cells that have it already.
export function brush(values, value) {
  const brightest = values.reduce((most, each) => Math.max(most, Math.abs(each)), 0) || 9
  return value === brightest ? 0 : brightest
}

// `keep(place, cells, text)` takes what was typed.
export class CellEntry {
  constructor(keep) {
    this.keep = keep
  }

  // At once: what is typed next is for the field.
  open({ plane, role, cell }, text) {
    this.field?.finish()
    this.field = new CellField({ keep: (_, typed) => this.keep({ plane, role }, [cell], typed) })
    this.field.open({ plane, cell, ...text })
  }
}
