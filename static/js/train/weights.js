// A weight of a filter that one points at: its number, and the way to its scenes.

import { words } from "./words.js"

export class Weights {
  // `here()` is the checkpoint that is shown, `channel()` which of each filter's slices, `scene(of, filter, weight)` an
  // address; `pause()` is called when one is chosen.
  constructor(stage, filters, { here, channel, scene, say, pause }) {
    Object.assign(this, { here, channel, scene, say, pause })
    this.row = stage.querySelector("[data-opens]")
    this.links = [...this.row.querySelectorAll("[data-open]")]
    this.spot = Object.assign(document.createElement("span"), { className: "spot" })
    this.chosen = null
    this.renew(filters)
  }

  // The filters are other ones.
  renew(filters) {
    this.letGo()
    for (const [filter, element] of filters.entries()) if (element.matches("a")) this.listen(element, filter)
  }

  // A pointer chooses a weight; Enter follows the link.
  listen(element, filter) {
    element.addEventListener("click", (event) => {
      if (!this.here()) return event.preventDefault()
      if (event.detail === 0) {
        element.href = this.scene("gradient", filter, 0)
        return this.pause()
      }
      event.preventDefault()
      this.choose(element, filter, event)
    })
  }

  choose(element, filter, { clientX, clientY }) {
    const [, , rows, cols] = this.here().filters.shape
    const { left, top, width, height } = element.getBoundingClientRect()
    const row = clamp(Math.floor(((clientY - top) / height) * rows), rows)
    const col = clamp(Math.floor(((clientX - left) / width) * cols), cols)
    this.chosen = { filter, row, col }
    this.pause()
    element.append(this.spot)
    const style = { left: `${(100 * col) / cols}%`, top: `${(100 * row) / rows}%`, width: `${100 / cols}%`, height: `${100 / rows}%` }
    Object.assign(this.spot.style, style)
    this.show()
  }

  // Another step is shown: the weight stays chosen, unless the run plays.
  moved(isPlaying) {
    if (isPlaying) this.letGo()
    else if (this.chosen) this.show()
  }

  show() {
    const { filter, row, col } = this.chosen
    const { shape, values } = this.here().filters
    const [, channels, rows, cols] = shape
    const weight = row * cols + col
    const slice = filter * channels + this.channel()
    this.row.hidden = false
    for (const link of this.links) link.href = this.scene(link.dataset.open, filter, weight)
    const index = channels > 1 ? [this.channel(), row, col] : [row, col]
    this.say(words.weight(filter, index, values[slice * rows * cols + weight]))
  }

  letGo() {
    this.chosen = null
    this.row.hidden = true
    this.spot.remove()
  }
}

const clamp = (place, size) => Math.min(size - 1, Math.max(0, place))
