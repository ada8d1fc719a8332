// The player of any page, by its bar: what it shows, and its buttons. A page without one has nothing to play.

const all = () => [...document.querySelectorAll("[data-player]")]

export class Bar {
  get element() {
    return all().find((bar) => bar.matches("[data-common]")) ?? all()[0] ?? null
  }

  find(selector) {
    return this.element?.querySelector(selector) ?? null
  }

  // The bar is shown when what it plays has come; where there is none, at once.
  get isReady() {
    return this.element === null || !this.element.hidden
  }

  ready() {
    if (this.isReady) return Promise.resolve()
    return new Promise((resolve) => {
      const watch = new MutationObserver(() => this.isReady && (watch.disconnect(), resolve()))
      watch.observe(document.body, { attributeFilter: ["hidden"], subtree: true })
    })
  }

  get playing() {
    return this.find("[data-do=play]")?.classList.contains("playing") ?? false
  }

  get step() {
    return Number(this.find("[data-scrubber]")?.value ?? 0)
  }

  get last() {
    return Number(this.find("[data-scrubber]")?.max ?? 0)
  }

  press(name) {
    this.find(`[data-do=${name}]`)?.click()
  }

  play() {
    if (!this.playing) this.press("play")
  }

  pause() {
    if (this.playing) this.press("play")
  }

  seek(step) {
    const scrubber = this.find("[data-scrubber]")
    if (!scrubber) return
    scrubber.value = step
    scrubber.dispatchEvent(new Event("input", { bubbles: true }))
  }

  // One step on or back; false at the end that lies there.
  move(by) {
    const isEnd = by > 0 ? this.step >= this.last : this.step <= 0
    if (isEnd && !this.playing) return false
    this.press(by > 0 ? "forward" : "back")
    return true
  }

  // The speed of its button that comes nearest: it goes round.
  hurry(speed) {
    const read = () => parseFloat(this.find("[data-speed]")?.textContent)
    const seen = []
    while (this.find("[data-speed]") && !seen.includes(read())) seen.push(read()), this.press("speed")
    const nearest = seen.toSorted((a, b) => Math.abs(Math.log(a / speed)) - Math.abs(Math.log(b / speed)))[0]
    while (seen.length && read() !== nearest) this.press("speed")
  }

  shift(pace) {
    const paces = this.find("[data-pace]")
    if (!paces) return
    paces.value = pace
    paces.dispatchEvent(new Event("change", { bubbles: true }))
  }

  // Calls `changed` whenever the bar shows something else. → what ends that
  watch(changed) {
    const watch = new MutationObserver(changed)
    watch.observe(document.body, { attributes: true, characterData: true, childList: true, subtree: true, attributeFilter: ["class", "aria-label"] })
    return () => watch.disconnect()
  }
}
