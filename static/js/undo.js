// The addresses that edits have led away from, and those that undoing has: what undo and redo go back to.

const MOST = 100

export class Undo {
  constructor() {
    this.past = []
    this.future = []
  }

  // An edit has led away from an address; what was undone before it cannot come again.
  remember(address) {
    this.past.push(address)
    this.future = []
    if (this.past.length > MOST) this.past.shift()
  }

  // The address before the one that is shown, or after it; undefined where there is none.
  back(shown) {
    return move(this.past, this.future, shown)
  }

  forward(shown) {
    return move(this.future, this.past, shown)
  }

  // The browser's own back and forward go the same way where they lead to the same place.
  arrive(address, shown) {
    if (this.past.at(-1) === address) this.back(shown)
    else if (this.future.at(-1) === address) this.forward(shown)
  }
}

function move(from, to, shown) {
  const address = from.pop()
  if (address !== undefined) to.push(shown)
  return address
}
