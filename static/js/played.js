// An element that plays: its player, the bar that drives it, and their end. What a new moment looks like, its own
// `moved()` says.

import { Clock } from "./clock.js"
import { Player } from "./player.js"
import { Transport } from "./transport.js"

export class Played extends HTMLElement {
  // `position` says where the playhead is; what listens beside the bar ends with the signal.
  connect({ position, speed = 1, toggle }) {
    this.player = new Player({ clock: new Clock(), change: () => this.moved(), speed })
    this.transport = new Transport({ bar: () => this.querySelector("[data-player]"), places: [this], player: this.player, position, toggle })
    this.leaving = new AbortController()
    return this.leaving.signal
  }

  disconnectedCallback() {
    this.leaving.abort()
    this.transport.close()
    this.player.stop()
  }
}
