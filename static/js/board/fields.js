// The form beside a board: what a reader changes is asked for, one request at a time, and the last value wins.

import { patiently } from "../patience.js"
import { words } from "./words.js"

export class Fields {
  constructor(form, { arrived, refused, signal }) {
    Object.assign(this, { form, arrived, refused })
    this.version = 0
    this.asks = false
    form.addEventListener("input", ({ target }) => target.matches("[type=range]") && this.ask(), { signal })
    form.addEventListener("change", ({ target }) => target.matches("[type=checkbox], select") && this.ask(), { signal })
    addEventListener("popstate", () => location.reload(), { signal })
  }

  // Whether a reader may change the grid of this name: not where the frame around the page is locked.
  has(name) {
    return !document.documentElement.dataset.lock?.includes("all") && name !== "" && this.form.querySelector(`textarea[name="${name}"]`) !== null
  }

  // Appends edits of cells to the text of a grid.
  edit(name, edits) {
    const field = this.form.elements[name]
    field.value = (field.value || field.placeholder) + edits
    this.ask({ isNew: true })
  }

  get address() {
    const given = [...new FormData(this.form)].filter(([, value]) => value !== "")
    return `${new URL(this.form.action).pathname}.json?${new URLSearchParams(given)}`
  }

  async ask({ isNew = false } = {}) {
    this.version += 1
    for (const output of this.form.querySelectorAll("[data-of]")) output.textContent = this.form.elements[output.dataset.of].value.replace("-", "−")
    if (this.asks) return
    this.asks = true
    let version
    do {
      version = this.version
      try {
        const data = await this.read(this.address)
        if (version === this.version) this.adopt(data, isNew)
      } catch (error) {
        if (version === this.version) this.refused(error.message)
      }
    } while (version !== this.version)
    this.asks = false
  }

  adopt(data, isNew) {
    for (const [name, text] of Object.entries(data.fields)) {
      const field = this.form.elements[name]
      if (field?.matches?.("textarea")) field.value = text
    }
    history[isNew ? "pushState" : "replaceState"](null, "", data.address)
    this.arrived(data)
  }

  async read(address) {
    const response = await patiently(address)
    const data = await response.json().catch(() => null)
    if (!response.ok) throw new Error(data?.detail?.[0]?.msg ?? words.answered(response.status))
    return data
  }
}
