// The changes of numbers that the page has not brought yet: text of the address's grammar, written behind a grid.

export class Edits {
  constructor() {
    this.changes = new Map() // grid and index → the change, the last one of a cell
    this.version = 0
  }

  get isEmpty() {
    return this.changes.size === 0
  }

  add(change) {
    const key = `${change.grid}!${change.index}:`
    this.changes.delete(key)
    this.changes.set(key, change)
    this.version += 1
  }

  get all() {
    return [...this.changes.values()]
  }

  get grids() {
    return new Set(this.all.map(({ grid }) => grid))
  }

  // The page has brought all changes.
  clear() {
    this.changes.clear()
  }

  // The text of a grid with its changes.
  spell(grid, text) {
    const own = this.all.filter((change) => change.grid === grid)
    return own.reduce((spelled, { index, text: number }) => without(spelled, index) + `!${index}:${number}`, text)
  }
}

// An earlier change of the same cell would only make the address longer.
function without(text, index) {
  return text.split("!").filter((edit, i) => i === 0 || !edit.startsWith(`${index}:`)).join("!")
}
