// Which digit is shown, which layer's filters, and which of their channels. Each choice is a link: the parts that differ are
// taken from the page that it leads to, and that page's address becomes ours.

import { field, withField, without } from "../live/address.js"

export const NAMES = ["sample", "layer", "channel"]

// Our address with what the other one chooses.
export function chosen(ours, other) {
  let address = without(ours, ...NAMES)
  for (const name of NAMES) {
    const value = field(other, name)
    if (value !== null) address = withField(address, name, value)
  }
  return address
}

export class Choices {
  // `here()` is the page's address now; `prepare(address)` ends once what the parts will show is here, and `taken(address)` is
  // called when they are.
  constructor(page, { here, prepare, taken, fetch = (...request) => globalThis.fetch(...request) }) {
    Object.assign(this, { page, here, prepare, taken, fetch })
    this.latest = null
    page.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-choice]")
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      this.choose(link)
    })
  }

  async choose(link) {
    const address = chosen(this.here(), link.getAttribute("href"))
    this.latest = address
    const prepared = this.prepare(address)
    const response = await this.fetch(address).catch(() => null)
    if (!response && origin !== "null") return // the server is away, which the stream says
    if (!response?.ok) return location.assign(address) // in a sandboxed frame pages cannot be read
    const text = await response.text()
    await prepared
    if (this.latest !== address) return // the reader has gone on
    this.swap(new DOMParser().parseFromString(text, "text/html"))
    this.taken(address)
  }

  // What the reader has in hand stays there.
  swap(fresh) {
    const focused = document.activeElement?.getAttribute("aria-label")
    for (const part of this.page.querySelectorAll("[data-swap]")) {
      const other = fresh.querySelector(`[data-swap="${part.dataset.swap}"]`)
      if (!other) continue
      const held = part.contains(document.activeElement)
      part.replaceChildren(...other.childNodes)
      if (held) part.querySelector(`[aria-label="${focused}"]`)?.focus()
    }
  }
}
