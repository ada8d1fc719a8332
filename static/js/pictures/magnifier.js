// One place of the result: the numbers in its window, their products with the kernel, and the sum.

import { exact, setText, short } from "../format.js"

export class Magnifier {
  // `answer(place)` brings what the server says of a place; `shown(spot)` is called with it.
  constructor(root, { answer, shown }) {
    Object.assign(this, { root, answer, shown })
    this.link = root.querySelector("[data-open]")
    this.spot = null
    this.next = null
    this.isBusy = false
    this.channel = 0
    this.channels = root.querySelector("[data-channels]")
    this.channels.addEventListener("click", ({ target }) => target.dataset.channel && this.choose(Number(target.dataset.channel)))
  }

  // The last place that is asked for wins.
  async look(place, tile = 0) {
    this.next = { place, tile }
    if (this.isBusy) return
    this.isBusy = true
    while (this.next) {
      const { place, tile } = this.next
      this.next = null
      const spot = await this.answer(place).catch(() => null)
      if (spot) this.show(spot, tile)
    }
    this.isBusy = false
  }

  choose(channel) {
    this.channel = channel
    this.show(this.spot, this.tile)
  }

  show(spot, tile) {
    Object.assign(this, { spot, tile })
    const names = spot.parts ? [...new Set(spot.parts.map(({ channel }) => channel))] : spot.blocks.map((_, i) => (spot.blocks.length > 1 ? "RGB"[i] : ""))
    this.channel = Math.min(this.channel, names.length - 1)
    const part = spot.parts?.[tile * names.length + this.channel]
    this.fill("window", part?.window ?? spot.blocks[this.channel])
    this.fill("products", part?.products ?? [])
    this.root.querySelector(".product").hidden = !part
    this.root.querySelector(".tap").hidden = !part
    setText(this.root.querySelector("[data-place]"), spot.at.join(", "))
    setText(this.root.querySelector("[data-sum-label]"), part ? "Σ" : { max: "max", avg: "mean" }[spot.pool])
    setText(this.root.querySelector("[data-sum]"), short(part?.sum ?? spot.value[this.channel]))
    setText(this.root.querySelector("[data-then]"), spot.then ?? "")
    this.link.hidden = !spot.scene
    if (spot.scene) this.link.href = spot.scene
    this.offer(names)
    this.shown(spot)
  }

  offer(names) {
    if (names.length < 2) return this.channels.replaceChildren()
    this.channels.replaceChildren(...names.map((name, index) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: name })
      button.dataset.channel = index
      button.setAttribute("aria-pressed", String(index === this.channel))
      return button
    }))
  }

  fill(name, rows) {
    const size = Math.max(rows.length, rows[0]?.length ?? 0)
    const table = this.root.querySelector(`[data-numbers="${name}"]`)
    table.className = `numbers ${sizeName(size)}`
    table.replaceChildren(...rows.map((row) => {
      const line = document.createElement("tr")
      line.append(...row.map((value) => {
        const cell = Object.assign(document.createElement("td"), { textContent: short(value), title: exact(value) })
        cell.classList.toggle("negative", value < 0)
        return cell
      }))
      return line
    }))
  }
}

// How large the cells of a table can be: none has space for numbers of fifteen a side.
export const sizeName = (size) => (size > 7 ? "tiny" : size > 5 ? "small" : size > 3 ? "medium" : "")
