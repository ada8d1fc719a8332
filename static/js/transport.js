// The player's bar and its keys: play, step, scrub, speed, gear and loop over one playhead. templates/_player.html writes the bar.

import { setText } from "./format.js"
import { words } from "./words.js"

const KEYS = {
  " ": "play",
  ArrowRight: "forward",
  ArrowLeft: "back",
  PageDown: "forward",
  PageUp: "back",
  Home: "first",
  End: "last",
  g: "gear",
  h: "ahead",
  "?": "keys",
}

export class Transport {
  // `bar` finds the bar, which a morph may replace; its keys are those pressed in `places`, or while nothing has the focus.
  // `position` says where the playhead is. `seek` and `toggle` stand in for the player's own, `acts` adds buttons;
  // `isGoing` says whether there is something to pause.
  constructor({ bar, places, player, position, seek = (step) => player.seek(step), toggle = () => player.toggle(), isGoing = () => player.playing, acts = {} }) {
    Object.assign(this, { bar, places, player, position, isGoing })
    this.acts = {
      first: () => seek(0),
      back: () => seek(player.step - 1),
      play: toggle,
      forward: () => seek(player.step + 1),
      last: () => seek(player.last),
      speed: () => player.faster(),
      loop: () => this.loop(),
      ...acts,
    }
    this.leaving = new AbortController()
    const listen = (name, act) => document.addEventListener(name, act, { signal: this.leaving.signal })
    listen("click", ({ target }) => this.isInBar(target) && this.acts[target.closest("[data-do]")?.dataset.do]?.())
    listen("input", ({ target }) => target.matches("[data-scrubber]") && this.isInBar(target) && seek(Number(target.value)))
    listen("change", ({ target }) => target.matches("[data-pace]") && this.isInBar(target) && player.shift(target.value))
    listen("keydown", (event) => this.key(event))
  }

  close() {
    this.leaving.abort()
  }

  isInBar(target) {
    return this.bar()?.contains(target)
  }

  loop() {
    this.player.loop = !this.player.loop
    this.show()
  }

  // Whoever needs a key inside a plane has taken it before; a hidden bar has nothing to play.
  key(event) {
    const { target, key, altKey, ctrlKey, metaKey } = event
    const act = this.acts[KEYS[key] ?? KEYS[key.toLowerCase()]]
    if (!act || event.defaultPrevented || altKey || ctrlKey || metaKey || this.bar()?.hidden !== false) return
    if (!this.isOurs(target) || keepsKey(target, key)) return
    event.preventDefault()
    act()
  }

  isOurs(target) {
    return target === document.body || this.places.some((place) => place.contains(target))
  }

  show() {
    const { player } = this
    const bar = this.bar()
    const find = (name) => bar.querySelector(name)
    const [play, scrubber] = [find("[data-do=play]"), find("[data-scrubber]")]
    const isGoing = this.isGoing()
    const word = isGoing ? words.pause : words.play
    play.classList.toggle("playing", isGoing)
    play.setAttribute("aria-label", word)
    setText(find("[data-play-word]"), word)
    scrubber.max = player.last
    scrubber.value = player.step
    scrubber.style.setProperty("--played", `${(100 * player.step) / Math.max(player.last, 1)}%`)
    setText(find("[data-position]"), this.position())
    setText(find("[data-speed]"), `${player.speed}×`)
    this.showGear(find("[data-pace]"))
    find("[data-do=loop]")?.setAttribute("aria-pressed", player.loop)
    bar.hidden = false
  }

  // The gear that was chosen; the one that chooses by itself says which it is in.
  showGear(paces) {
    if (!paces) return
    const { player } = this
    paces.value = player.pace
    setText(paces.querySelector("[value=auto]"), player.pace === "auto" ? words.shifted(player.gear) : words.auto)
  }
}

// A control that has the focus keeps the keys that it has a use for.
function keepsKey(target, key) {
  if (target.closest?.("dialog, textarea, select, input:not([type=range])")) return true
  if (target.matches?.("button, a, summary")) return key === " "
  if (target.matches?.("[data-plane]")) return key.startsWith("Arrow")
  return target.matches?.("input[type=range]") && key.startsWith("Arrow")
}
